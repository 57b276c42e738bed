// Where links and images lead. A reference is resolved against the files it was written beside, then against the
// addresses of the site; that a page or a heading is missing is found afterwards, by `check-references.ts`.
import { escapeHtml } from '../escape.js';
import { toMathml } from '../math/mathml.js';
import type { Asset, Html, ImageHole, Post, Targets } from '../types.js';

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
function findSource(file: string, from: Post, targets: Targets): { path: string; post?: Post; hidden?: boolean } | undefined {
  const stem = file.replace(/\/$/, '').replace(/\.(?:md|markdown)$/, '');
  for (const path of [`${stem}.md`, `${stem}.${from.lang}.md`, `${stem}/index.md`, `${stem}/index.${from.lang}.md`]) {
    const post = targets.sources.get(path);
    if (post) return { path, post };
    if (targets.hidden.has(path)) return { path, hidden: true };
  }
  if (!file.endsWith('.md')) return undefined;
  for (const post of targets.sources.values()) if (post.translationKey === stem) return { path: post.path, post };
  return undefined;
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
    if (resolved.type === 'asset') return absolute + href(`/${resolved.asset.output}`, targets.basePath) + resolved.suffix;
    if (resolved.type !== 'page') return reference;
    const own = resolved.path === from.url && feedOrigin === undefined && resolved.suffix.startsWith('#');
    return own ? resolved.suffix : absolute + href(resolved.path, targets.basePath) + resolved.suffix;
  };
  return html
    .map((part) => {
      if (typeof part === 'string') return feedOrigin === undefined ? part : absoluteFragments(part, feedOrigin + href(from.url, targets.basePath));
      if (part.type === 'link') return escapeHtml(address(part.target));
      if (part.type === 'formula') return feedOrigin === undefined ? part.html : toMathml(part.html);
      return image(part, address(part.src), from, targets);
    })
    .join('');
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
  return (folder.startsWith('/') ? '/' : '') + segments.join('/') + (path.endsWith('/') && segments.length > 0 ? '/' : '');
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
