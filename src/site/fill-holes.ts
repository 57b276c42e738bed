// HTML with its holes filled, once it is known where everything lies: links, references, images.
import { escapeHtml } from '../escape.js';
import { toMathml } from '../math/mathml.js';
import { referenceText } from '../math/reference-commands.js';
import { withWords } from '../open-text.js';
import { isImageAddress } from '../schemes.js';
import type {
  Body,
  FormulaHole,
  Hole,
  Html,
  ImageHole,
  Named,
  Post,
  PostRecord,
  ReferenceHole,
  Targets,
  TextHole,
} from '../types.js';
import { imageHtml } from './image-html.js';
import { href, resolve, resolveNamed } from './references.js';

/**
 * HTML with its holes filled. `feedOrigin` in front of every address makes the form that feeds need: absolute links,
 * formulas as MathML alone.
 */
export function fillHoles(html: Html, from: Post, targets: Targets, feedOrigin?: string): string {
  const fill = filler(from, targets, feedOrigin);
  return html.map((part) => (typeof part === 'string' ? part : fill(part))).join('');
}

/** What comes into those of its holes that other posts and files decide: most texts have none. */
export function openParts(html: Html, from: Post, targets: Targets): string[] {
  const open = html.filter(
    (part) => typeof part !== 'string' && (part.type !== 'formula' || part.references.length > 0),
  );
  return open.length === 0 ? [] : (open as Hole[]).map(filler(from, targets));
}

/** What comes into the holes of a body, in their order. */
export function fillings({ post, holes }: PostRecord, targets: Targets, feedOrigin?: string): string[] {
  return holes.map(filler(post, targets, feedOrigin));
}

/** A post's body with what `fillings` gave. */
export function filledBody({ html, holesAt }: Body, filled: readonly string[]): string {
  if (filled.length === 0) return html;
  let end = 0;
  const parts = filled.map((filling, index) => {
    const start = end;
    end = holesAt[index] ?? html.length;
    return html.slice(start, end) + filling;
  });
  return parts.join('') + html.slice(end);
}

/** The same, with the body as bytes. */
export function filledPieces(pieces: readonly Uint8Array[], filled: readonly string[]): Uint8Array[] {
  return pieces.flatMap((piece, index) => {
    const filling = filled[index];
    return filling === undefined ? [piece] : [piece, Buffer.from(filling)];
  });
}

/** The same for a feed, with `fillings` made for one. */
export function filledFeedBody(body: Body, filled: readonly string[]): string {
  const { html, holesAt, formulas } = body;
  const edits = [
    ...filled.map((text, index) => ({ start: holesAt[index] ?? 0, end: holesAt[index] ?? 0, text })),
    ...Array.from({ length: formulas.length / 2 }, (_, index) => {
      const [start = 0, end = 0] = formulas.slice(2 * index, 2 * index + 2);
      return { start, end, text: toMathml(html.slice(start, end)) };
    }),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
  let at = 0;
  const parts = edits.map(({ start, end, text }) => {
    const before = html.slice(at, start);
    at = end;
    return before + text;
  });
  return parts.join('') + html.slice(at);
}

function filler(from: Post, targets: Targets, feedOrigin?: string): (hole: Hole) => string {
  const address = (reference: string) => {
    const resolved = resolve(reference, from, targets);
    const absolute = feedOrigin ?? '';
    if (resolved.type === 'asset')
      return absolute + href(`/${resolved.asset.output}`, targets.basePath) + resolved.suffix;
    if (resolved.type !== 'page') return reference;
    const own = resolved.path === from.url && feedOrigin === undefined && resolved.suffix.startsWith('#');
    return own ? resolved.suffix : absolute + href(resolved.path, targets.basePath) + resolved.suffix;
  };
  return (hole) => {
    if (hole.type === 'link') return escapeHtml(address(hole.target));
    if (hole.type === 'title') return escapeHtml(titleOf(hole.target, from, targets));
    if (hole.type === 'reference') return named(hole, from, targets, feedOrigin);
    if (hole.type === 'image') return image(hole, address(hole.src), from, targets, feedOrigin);
    const set = hole.references.length === 0 ? hole.html : withReferences(hole, from, targets);
    return feedOrigin === undefined ? set : toMathml(set);
  };
}

/** What leads to no post is shown as it was written; whether it leads anywhere, the check has said. */
function titleOf(target: string, from: Post, targets: Targets): string {
  const resolved = resolve(target, from, targets);
  const post = resolved.type === 'page' ? resolved.post : undefined;
  return (post && targets.titles.get(post.path)) || target;
}

/** A link to something numbered. What is unknown shows as it was written; the check has reported it. */
function named(hole: ReferenceHole, from: Post, targets: Targets, feedOrigin?: string): string {
  if (hole.asText) return escapeHtml(wordsOf(hole, from, targets));
  const reference = resolveNamed(hole.target, from, targets);
  if (!reference?.named) return `<span class="unknown-reference">${escapeHtml(hole.target)}</span>`;
  const { post } = reference;
  const own = post === from && feedOrigin === undefined;
  const page = own ? '' : (feedOrigin ?? '') + href(post.url, targets.basePath);
  const words = escapeHtml(tied(referenceText(reference.named, hole.form), reference.named));
  const address = escapeHtml(`${page}#${encodeURI(reference.named.id)}`);
  const link = hole.bare ? words : `<a class="reference" href="${address}">${words}</a>`;
  if (post === from) return link;
  return inOther(link, `<cite>${escapeHtml(targets.titles.get(post.path) ?? '')}</cite>`, from, targets);
}

/** The words of a reference to another post, with its title. */
function inOther(words: string, title: string, from: Post, { elsewhere }: Targets): string {
  const pattern = elsewhere.get(from.lang) ?? '{ref} ({title})';
  return pattern.replace(/\{(ref|title)\}/g, (_, part) => (part === 'ref' ? words : title));
}

/** A record whose texts have the words of other posts. */
export function withFilledTexts(record: PostRecord, targets: Targets): PostRecord {
  const { post, textHoles = [] } = record;
  if (textHoles.length === 0) return record;
  const words = textHoles.map((hole) => wordsOf(hole, post, targets));
  const filled = (text: string) => withWords(text, (index) => words[index]);
  return {
    ...record,
    excerptText: filled(record.excerptText),
    key: JSON.stringify([record.key, words]),
    body: () => {
      const body = record.body();
      return { ...body, text: filled(body.text) };
    },
  };
}

function wordsOf(hole: TextHole, from: Post, targets: Targets): string {
  if (hole.type === 'title') return titleOf(hole.target, from, targets);
  const reference = resolveNamed(hole.target, from, targets);
  if (!reference?.named) return hole.target;
  const words = referenceText(reference.named, hole.form);
  if (reference.post === from || hole.inFormula) return words;
  return inOther(words, targets.titles.get(reference.post.path) ?? '', from, targets);
}

/** Numbers of equations in other posts put into a formula. */
function withReferences({ html, references }: FormulaHole, from: Post, targets: Targets): string {
  const linked = html.replace(/href="([\u{f0000}-\u{ffffd}])"/gu, (written, character) => {
    const hole = references[(character.codePointAt(0) ?? 0) - 0xf0000];
    const reference = resolveNamed(hole?.target ?? '', from, targets);
    if (!reference?.named) return written;
    return `href="${escapeHtml(`${href(reference.post.url, targets.basePath)}#${encodeURI(reference.named.id)}`)}"`;
  });
  return withWords(linked, (index) => {
    const hole = references[index];
    return hole && escapeHtml(wordsOf(hole, from, targets));
  });
}

/** No line ends between a name and its number. */
function tied(words: string, { number }: Named): string {
  const isNamed = number !== '' && words.endsWith(` ${number}`);
  return isNamed ? `${words.slice(0, -number.length - 1)}\u00a0${number}` : words;
}

/** Feeds are read by programs that know an `<img>` and little else. */
function image(
  written: ImageHole,
  source: string,
  from: Post,
  targets: Targets,
  feedOrigin?: string,
): string {
  const hole = written.references ? withTexts(written, written.references, from, targets) : written;
  if (!isImageAddress(hole.src)) return escapeHtml(hole.alt);
  const resolved = resolve(hole.src, from, targets);
  const asset = resolved.type === 'asset' ? resolved.asset : undefined;
  const address = (output: string) => href(`/${output}`, targets.basePath);
  return imageHtml(feedOrigin === undefined ? hole : { ...hole, bare: true }, source, asset, address);
}

/** One whose texts refer to what the post itself does not know. */
function withTexts(
  hole: ImageHole,
  references: readonly ReferenceHole[],
  from: Post,
  targets: Targets,
): ImageHole {
  const words = references.map((reference) => wordsOf(reference, from, targets));
  const filled = (text: string) => withWords(text, (index) => words[index]);
  return { ...hole, alt: filled(hole.alt), ...(hole.title ? { title: filled(hole.title) } : {}) };
}
