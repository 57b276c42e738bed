// The allowlist that raw HTML in a post is held to (`markdown.rawHtml: safe`), documented in docs/writing.md. It
// also passes what this generator makes itself. What is missing in it is reported, never dropped in silence.
import { defaultSchema, type Schema } from 'hast-util-sanitize';
import { linkSchemes } from '../schemes.js';

/** Beside those that GitHub allows. */
const elements = (
  'abbr address article aside audio bdi bdo big caption center cite col colgroup data dfn figcaption figure font ' +
  'footer header hgroup main mark meter nav nobr progress small time track u video wbr'
).split(' ');

/** Elements whose content is not prose: it goes with them. */
export const strip = ['script', 'style', 'template', 'noscript', 'title', 'object', 'applet'];

const aria = ['ariaLabel', 'ariaLabelledBy', 'ariaDescribedBy', 'ariaHidden', 'role'];

/** Of those that GitHub allows everywhere. A `name` on a frame would hide properties of the document from scripts. */
const notEverywhere = new Set(['action', 'name', 'tabIndex']);

/** The only style that passes. */
const ratio: [string, RegExp] = ['style', /^aspect-ratio: [\d.]+ \/ [\d.]+$/];

/** What may stand in a post. */
export const schema = schemaWith([]);

/** An `<iframe>` has been checked before, so where there are any it may pass. */
export const schemaWithEmbeds = schemaWith(['iframe']);

function schemaWith(more: readonly string[]): Schema {
  const everywhere = (defaultSchema.attributes?.['*'] ?? []).filter(
    (name) => !notEverywhere.has(String(name)),
  );
  return {
    ...defaultSchema,
    // Ids are ours: those of an author's HTML are few, and our scripts read no global names.
    clobberPrefix: '',
    clobber: [],
    strip,
    tagNames: [...(defaultSchema.tagNames ?? []), ...elements, ...more],
    attributes: {
      '*': [...everywhere, ...aria, 'className', 'translate'],
      a: ['href', 'name', 'dataFootnoteRef', 'dataFootnoteBackref', 'target', 'rel', 'download'],
      audio: ['src', 'controls', 'loop', 'muted', 'preload'],
      blockquote: ['cite'],
      data: ['value'],
      del: ['cite', 'dateTime'],
      details: ['name'],
      div: ['tabIndex'],
      iframe: ['src', 'allowFullScreen', 'loading', 'sandbox', 'referrerPolicy', ratio],
      img: ['src', 'loading', 'decoding'],
      input: [['disabled', true], ['type', 'checkbox'], 'checked'],
      ins: ['cite', 'dateTime'],
      li: ['value'],
      meter: ['min', 'max', 'low', 'high', 'optimum', 'value'],
      ol: ['start', 'reversed', 'type'],
      pre: ['tabIndex'],
      progress: ['max', 'value'],
      q: ['cite'],
      source: ['src', 'type'],
      span: ['tabIndex'],
      track: ['src', 'kind', 'srcLang', 'default'],
      video: ['src', 'controls', 'loop', 'muted', 'preload', 'poster', 'playsInline'],
    },
    protocols: {
      cite: ['http', 'https'],
      href: [...linkSchemes],
      src: ['http', 'https'],
      poster: ['http', 'https'],
    },
  };
}
