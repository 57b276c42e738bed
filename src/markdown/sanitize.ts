// The allowlist that raw HTML in a post is held to (`markdown.rawHtml: safe`), documented in docs/writing.md. It
// also passes what this generator makes itself. What is missing in it is reported, never dropped in silence.
import { defaultSchema, type Schema } from 'hast-util-sanitize';

const elements = [
  'abbr',
  'aside',
  'audio',
  'bdi',
  'bdo',
  'center',
  'cite',
  'col',
  'colgroup',
  'caption',
  'dfn',
  'figcaption',
  'figure',
  'font',
  'mark',
  'small',
  'time',
  'track',
  'u',
  'video',
  'wbr',
  'big',
  'address',
  'article',
  'header',
  'footer',
  'main',
  'nav',
  'hgroup',
  'meter',
  'progress',
  'data',
  'nobr',
];

/** Elements whose content is not prose: it goes with them. */
const strip = ['script', 'style', 'template', 'noscript', 'title', 'object', 'applet'];

/** Schemes a link may have; everything else could run code or read files. */
export const linkSchemes = [
  'http',
  'https',
  'mailto',
  'tel',
  'sms',
  'xmpp',
  'irc',
  'ircs',
  'doi',
  'magnet',
  'ftp',
  'news',
  'geo',
];

const everywhere = [
  'className',
  'ariaLabel',
  'ariaLabelledBy',
  'ariaDescribedBy',
  'ariaHidden',
  'role',
  'translate',
];

/** `embeds`: an `<iframe>` has been checked before, so where there are any it may pass. */
export function schema(embeds: boolean): Schema {
  const attributes = defaultSchema.attributes ?? {};
  return {
    ...defaultSchema,
    // Ids are ours: those of an author's HTML are few, and our scripts read no global names.
    clobberPrefix: '',
    clobber: [],
    strip,
    tagNames: [...(defaultSchema.tagNames ?? []), ...elements, ...(embeds ? ['iframe'] : [])],
    attributes: {
      '*': [
        ...(attributes['*'] ?? []).filter((name) => name !== 'action' && name !== 'tabIndex'),
        ...everywhere,
      ],
      a: ['href', 'dataFootnoteRef', 'dataFootnoteBackref', 'target', 'rel', 'download'],
      audio: ['src', 'controls', 'loop', 'muted', 'preload'],
      blockquote: ['cite'],
      code: ['dataLang'],
      data: ['value'],
      del: ['cite', 'dateTime'],
      div: ['tabIndex'],
      iframe: ['src', 'allowFullScreen', 'loading', 'sandbox', 'referrerPolicy'],
      img: ['src', 'loading', 'decoding'],
      input: [['disabled', true], ['type', 'checkbox'], 'checked', 'ariaLabel'],
      ins: ['cite', 'dateTime'],
      li: ['value'],
      ol: ['start', 'reversed', 'type'],
      pre: ['tabIndex'],
      q: ['cite'],
      source: ['src', 'type'],
      track: ['src', 'kind', 'srcLang', 'default'],
      video: ['src', 'controls', 'loop', 'muted', 'preload', 'poster', 'playsInline'],
      meter: ['min', 'max', 'low', 'high', 'optimum', 'value'],
      progress: ['max', 'value'],
    },
    protocols: {
      cite: ['http', 'https'],
      href: linkSchemes,
      src: ['http', 'https', 'data'],
      poster: ['http', 'https'],
    },
  };
}
