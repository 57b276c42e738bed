// Where links and images lead. A reference is resolved against the files it was written beside, then against the
// addresses of the site; that a page or a heading is missing is found afterwards, by `check-references.ts`.
import { escapeHtml } from '../escape.js';
import { toMathml } from '../math/mathml.js';
import type { Asset, FormulaHole, Html, ImageHole, Named, Post, ReferenceHole, Targets } from '../types.js';

/** What a reference in a post leads to. `path` is a site path (decoded, without the sub-path of `baseUrl`). */
export type Reference =
  | { readonly type: 'page'; readonly path: string; readonly suffix: string; readonly fragment?: string }
  | { readonly type: 'asset'; readonly asset: Asset; readonly suffix: string }
  | { readonly type: 'hidden'; readonly source: string }
  | { readonly type: 'external' };

/** Finds what a reference leads to, as written in a post: `other-post.md#heading`, `plot.svg`, `/about/`, `#x`. */
export function resolve(reference: string, from: Post, targets: Targets): Reference {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(reference)) return { type: 'external' };
  const [, written = '', query = '', hash] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(reference) ?? [];
  const fragment = hash === undefined ? {} : { fragment: decode(hash) };
  const suffix = `${query}${hash === undefined ? '' : `#${hash}`}`;
  if (written === '') return { type: 'page', path: from.url, suffix, ...fragment };

  const path = decode(written);
  const folder = from.path.slice(0, from.path.lastIndexOf('/'));
  const rooted = path.startsWith('/') ? path.slice(1) : undefined;
  const file = rooted === undefined ? join(folder, path) : rooted;
  const source = findSource(file, from, targets);
  if (source?.hidden) return { type: 'hidden', source: source.path };
  if (source?.post) return { type: 'page', path: source.post.url, suffix, ...fragment };
  const local = withoutBase(rooted === undefined ? join(from.url, path) : path, targets.basePath);
  const asset = targets.assets.get(file) ?? targets.assets.get(join('static', local));
  if (asset) return { type: 'asset', asset, suffix };
  return { type: 'page', path: local.startsWith('/') ? local : `/${local}`, suffix, ...fragment };
}

/** A post by the path of its file: exactly, in the language of the post that refers to it, or in any. */
function findSource(
  file: string,
  from: Post,
  targets: Targets,
): { path: string; post?: Post; hidden?: boolean } | undefined {
  const stem = file.replace(/\/$/, '').replace(/\.(?:md|markdown)$/, '');
  for (const path of [
    `${stem}.md`,
    `${stem}.${from.lang}.md`,
    `${stem}/index.md`,
    `${stem}/index.${from.lang}.md`,
  ]) {
    const post = targets.sources.get(path);
    if (post) return { path, post };
    if (targets.hidden.has(path)) return { path, hidden: true };
  }
  if (!file.endsWith('.md')) return undefined;
  for (const post of targets.sources.values())
    if (post.translationKey === stem) return { path: post.path, post };
  return undefined;
}

/** What a reference names: `eq:x` in the same post, `other-post#eq:x`, `../other.md#thm:y`. */
export interface NamedReference {
  readonly post: Post;
  readonly name: string;
  /** Missing when the post has nothing of that name. */
  readonly named?: Named;
}

/** Finds the post and the label. Undefined when there is no such post. */
export function resolveNamed(target: string, from: Post, targets: Targets): NamedReference | undefined {
  const hash = target.indexOf('#');
  const file = hash < 0 ? '' : decode(target.slice(0, hash));
  const name = decode(target.slice(hash + 1));
  const post = file === '' ? from : findPost(file, from, targets);
  if (!post) return undefined;
  const named = targets.names.get(post.path)?.get(name);
  return { post, name, ...(named ? { named } : {}) };
}

/** By path, or by slug: a reference inside a formula has no room for more. */
function findPost(file: string, from: Post, targets: Targets): Post | undefined {
  const folder = from.path.slice(0, from.path.lastIndexOf('/'));
  for (const base of [folder, join(folder, '..')]) {
    const found = findSource(join(base, file), from, targets)?.post;
    if (found) return found;
  }
  const posts = [...targets.sources.values()].filter(({ slug }) => slug === file);
  return posts.find(({ lang }) => lang === from.lang) ?? posts[0];
}

/** The address that a browser is given for a site path: encoded, with the sub-path of `baseUrl`. */
export function href(path: string, basePath: string): string {
  return basePath + encodeURI(path).replace(/[?#]/g, encodeURIComponent);
}

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
      if (typeof part === 'string')
        return feedOrigin === undefined
          ? part
          : absoluteFragments(part, feedOrigin + href(from.url, targets.basePath));
      if (part.type === 'link') return escapeHtml(address(part.target));
      if (part.type === 'reference') return named(part, from, targets, feedOrigin);
      if (part.type === 'formula') {
        const set = part.references.length === 0 ? part.html : withReferences(part, from, targets);
        return feedOrigin === undefined ? set : toMathml(set);
      }
      return image(part, address(part.src), from, targets);
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
  const link = `<a class="reference" href="${escapeHtml(`${page}#${encodeURI(reference.named.id)}`)}">${escapeHtml(shown(reference.named, hole.form))}</a>`;
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

/** `<img>` with the size of its file, so that the page does not move when it arrives. */
function image(hole: ImageHole, source: string, from: Post, targets: Targets): string {
  const resolved = resolve(hole.src, from, targets);
  const asset = resolved.type === 'asset' ? resolved.asset : undefined;
  const attributes = {
    src: source,
    alt: hole.alt,
    title: hole.title,
    width: hole.width ?? (hole.height ? undefined : asset?.width),
    height: hole.height ?? (hole.width ? undefined : asset?.height),
    loading: 'lazy',
    decoding: 'async',
  };
  const written = Object.entries(attributes).map(([name, value]) =>
    value === undefined ? '' : ` ${name}="${escapeHtml(String(value))}"`,
  );
  return `<img${written.join('')}>`;
}

/** Notes and heading anchors are fragments of the post's own page. */
function absoluteFragments(html: string, page: string): string {
  return html.replace(/ href="#/g, ` href="${escapeHtml(page)}#`);
}

/** Resolves `.` and `..` like an address: never above the root. */
function join(folder: string, path: string): string {
  const segments: string[] = [];
  for (const segment of `${folder}/${path}`.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return (
    (folder.startsWith('/') ? '/' : '') +
    segments.join('/') +
    (path.endsWith('/') && segments.length > 0 ? '/' : '')
  );
}

function withoutBase(path: string, basePath: string): string {
  return basePath !== '' && path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text).normalize('NFC');
  } catch {
    return text.normalize('NFC');
  }
}
