// HTML with its holes filled, once it is known where everything lies: links, references, images.
import { escapeHtml } from '../escape.js';
import { toMathml } from '../math/mathml.js';
import { isImageAddress } from '../schemes.js';
import type { FormulaHole, Html, ImageHole, Named, Post, ReferenceHole, Targets } from '../types.js';
import { imageHtml } from './image-html.js';
import { href, resolve, resolveNamed } from './references.js';

/**
 * HTML with its holes filled. `origin` in front of every address makes the form that feeds need: absolute links,
 * formulas as MathML alone.
 */
export function fillHoles(html: Html, from: Post, targets: Targets, feedOrigin?: string): string {
  const address = (reference: string) => {
    const resolved = resolve(reference, from, targets);
    const absolute = feedOrigin ?? '';
    if (resolved.type === 'asset')
      return absolute + href(`/${resolved.asset.output}`, targets.basePath) + resolved.suffix;
    if (resolved.type !== 'page') return reference;
    const own = resolved.path === from.url && feedOrigin === undefined && resolved.suffix.startsWith('#');
    return own ? resolved.suffix : absolute + href(resolved.path, targets.basePath) + resolved.suffix;
  };
  return html
    .map((part) => {
      if (typeof part === 'string') return part;
      if (part.type === 'link') return escapeHtml(address(part.target));
      if (part.type === 'reference') return named(part, from, targets, feedOrigin);
      if (part.type === 'image') return image(part, address(part.src), from, targets, feedOrigin);
      const set = part.references.length === 0 ? part.html : withReferences(part, from, targets);
      return feedOrigin === undefined ? set : toMathml(set);
    })
    .join('');
}

/** A link to something numbered. What is unknown shows as it was written; the check has reported it. */
function named(hole: ReferenceHole, from: Post, targets: Targets, feedOrigin?: string): string {
  const reference = resolveNamed(hole.target, from, targets);
  if (!reference?.named) return `<span class="unknown-reference">${escapeHtml(hole.target)}</span>`;
  const { post } = reference;
  const own = post === from && feedOrigin === undefined;
  const page = own ? '' : (feedOrigin ?? '') + href(post.url, targets.basePath);
  const words = escapeHtml(shown(reference.named, hole.form));
  const address = escapeHtml(`${page}#${encodeURI(reference.named.id)}`);
  const link = hole.bare ? words : `<a class="reference" href="${address}">${words}</a>`;
  if (post === from) return link;
  const title = `<cite>${escapeHtml(targets.titles.get(post.path) ?? '')}</cite>`;
  const pattern = targets.elsewhere.get(from.lang) ?? '{ref} ({title})';
  return pattern.replace(/\{(ref|title)\}/g, (_, part) => (part === 'ref' ? link : title));
}

/** Numbers of equations in other posts put into a formula. */
function withReferences({ html, references }: FormulaHole, from: Post, targets: Targets): string {
  const at = (character: string) => references[(character.codePointAt(0) ?? 0) - 0xf0000];
  return html
    .replace(/href="([\u{f0000}-\u{ffffd}])"/gu, (written, character) => {
      const reference = resolveNamed(at(character)?.target ?? '', from, targets);
      if (!reference?.named) return written;
      return `href="${escapeHtml(`${href(reference.post.url, targets.basePath)}#${encodeURI(reference.named.id)}`)}"`;
    })
    .replace(/[\u{f0000}-\u{ffffd}]/gu, (character) => {
      const hole = at(character);
      const reference = hole && resolveNamed(hole.target, from, targets);
      return hole && reference?.named ? escapeHtml(shown(reference.named, hole.form)) : '??';
    });
}

function shown({ number, text }: Named, form: ReferenceHole['form']): string {
  if (form === 'name' || number === '') return text;
  return form === 'number' ? number : `(${number})`;
}

/** Feeds are read by programs that know an `<img>` and little else. */
function image(hole: ImageHole, source: string, from: Post, targets: Targets, feedOrigin?: string): string {
  if (!isImageAddress(hole.src)) return escapeHtml(hole.alt);
  const resolved = resolve(hole.src, from, targets);
  const asset = resolved.type === 'asset' ? resolved.asset : undefined;
  const address = (output: string) => href(`/${output}`, targets.basePath);
  return imageHtml(feedOrigin === undefined ? hole : { ...hole, bare: true }, source, asset, address);
}
