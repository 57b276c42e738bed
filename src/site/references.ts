// Where links and images lead. A reference is resolved against the addresses of the site and the files that it was
// written beside; that a page or a heading is missing is found afterwards, by `check-references.ts`.
import { decodePart, encodePath } from '../path.js';
import { schemeOf } from '../schemes.js';
import type { Asset, Hole, Named, Post, ReferenceHole, Targets } from '../types.js';

/** What a reference in a post leads to. `path` is a site path (decoded, without the sub-path of `baseUrl`). */
export type Reference =
  | {
      readonly type: 'page';
      readonly path: string;
      readonly suffix: string;
      readonly fragment?: string;
      readonly post?: Post;
    }
  | { readonly type: 'asset'; readonly asset: Asset; readonly suffix: string }
  | { readonly type: 'hidden'; readonly source: string }
  /** What is wrong with it has been told, and where it will lie is not known. */
  | { readonly type: 'faulty' }
  | { readonly type: 'external' };

/**
 * Finds what a reference leads to, as written in a post: an address of the site (`/about/`), a file beside the post
 * (`other-post.md#heading`, `plot.svg`), an address relative to the post's own (`../other/`), a label (`#eq:x`).
 */
export function resolve(reference: string, from: Post, targets: Targets): Reference {
  if (schemeOf(reference) !== undefined || reference.startsWith('//')) return { type: 'external' };
  const [, written = '', query = '', hash] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(reference) ?? [];
  const page = (path: string, post?: Post): Reference => {
    const fragment = hash === undefined ? undefined : decodePart(hash);
    const id = fragment === undefined ? undefined : targets.names.get(post?.path ?? '')?.get(fragment)?.id;
    const known = id === undefined || id === fragment ? hash : encodeURI(id);
    return {
      type: 'page',
      path,
      suffix: query + (known === undefined ? '' : `#${known}`),
      ...(fragment === undefined ? {} : { fragment: id ?? fragment }),
      ...(post ? { post } : {}),
    };
  };
  if (written === '') return page(from.url, from);

  const path = decodePart(written);
  const isRooted = path.startsWith('/');
  const address = isRooted ? withoutBase(join('/', path), targets.basePath) : join(folderOf(from.url), path);
  const addressed = targets.addresses.get(withSlash(address)) ?? targets.addresses.get(address);
  // An address names one version of a text; a file without its ending can be in the reader's language.
  if (isRooted && addressed) return page(addressed.url, addressed);
  const file = join(isRooted ? '' : folderOf(from.path), path);
  const source =
    findSource(file, from, targets) ?? (isRooted ? findSource(`posts/${file}`, from, targets) : undefined);
  const asset = targets.assets.get(file) ?? targets.assets.get(`static${address}`);
  if (source?.type === 'post') return page(source.post.url, source.post);
  if (source) return source;
  if (asset) return { type: 'asset', asset, suffix: query + (hash === undefined ? '' : `#${hash}`) };
  return addressed ? page(addressed.url, addressed) : page(address);
}

/**
 * A post by the path of its file. With its ending that is the very file, or else the one in the language of the post
 * that refers to it, or in any; without, the one in that language comes first.
 */
function findSource(
  file: string,
  from: Post,
  targets: Targets,
):
  | { readonly type: 'post'; readonly post: Post }
  | Extract<Reference, { type: 'hidden' | 'faulty' }>
  | undefined {
  const ending = /\.(?:md|markdown)$/;
  const stem = file.replace(/\/$/, '').replace(ending, '');
  const isWhole = ending.test(file);
  const paths = [stem, `${stem}/index`].flatMap((name) => {
    const [exact, translated] = [`${name}.md`, `${name}.${from.lang}.md`];
    return isWhole ? [exact, translated] : [translated, exact];
  });
  for (const path of paths) {
    const post = targets.sources.get(path);
    if (post) return { type: 'post', post };
    if (targets.faulty.has(path)) return { type: 'faulty' };
  }
  const hidden = paths.find((path) => targets.hidden.has(path));
  if (hidden !== undefined) return { type: 'hidden', source: hidden };
  if (!file.endsWith('.md')) return undefined;
  const [post] = targets.versions.get(stem) ?? [];
  if (post) return { type: 'post', post };
  const isFaulty = [...targets.faulty.keys()].some((path) => path.startsWith(`${stem}.`));
  return isFaulty ? { type: 'faulty' } : undefined;
}

/** What a reference names: `eq:x` in the same post, `other-post#eq:x`, `../other.md#thm:y`. */
export interface NamedReference {
  readonly post: Post;
  readonly name: string;
  /** Missing when the post has nothing of that name. */
  readonly named?: Named;
}

/** The references to names that a hole holds. */
export function referencesIn(hole: Hole): readonly ReferenceHole[] {
  if (hole.type === 'reference') return [hole];
  return hole.type === 'formula' || hole.type === 'image' ? (hole.references ?? []) : [];
}

/** Finds the post and the label. Undefined when there is no such post. */
export function resolveNamed(target: string, from: Post, targets: Targets): NamedReference | undefined {
  const hash = target.indexOf('#');
  const file = hash < 0 ? '' : target.slice(0, hash);
  const name = decodePart(target.slice(hash + 1));
  const post = file === '' ? from : findPost(file, from, targets);
  if (!post) return undefined;
  const named = targets.names.get(post.path)?.get(name);
  return { post, name, ...(named ? { named } : {}) };
}

/** By file or address, or by slug: a reference inside a formula has no room for more. */
function findPost(file: string, from: Post, targets: Targets): Post | undefined {
  const found = resolve(file, from, targets);
  if (found.type === 'page' && found.post) return found.post;
  if (found.type === 'faulty') return undefined;
  const posts = targets.slugs.get(decodePart(file)) ?? [];
  return posts.find(({ lang }) => lang === from.lang) ?? posts[0];
}

/**
 * An address in `site.yaml` that begins with `/`: the site path (decoded, without the sub-path of `baseUrl`), and what
 * follows it. Undefined for one that leads elsewhere.
 */
export function rootedAddress(url: string): { readonly path: string; readonly suffix: string } | undefined {
  const [, written, suffix = ''] = /^(\/(?!\/)[^?#]*)(.*)$/s.exec(url) ?? [];
  return written === undefined ? undefined : { path: decodePart(written), suffix };
}

/** The address that a browser is given for a site path: encoded, with the sub-path of `baseUrl`. */
export function href(path: string, basePath: string): string {
  // Most are plain, and a page has dozens of them.
  if (/^[\w/.~-]*$/.test(path)) return basePath + path;
  return basePath + encodePath(path);
}

/** With the slash at its end. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** A page's address, however it is written. */
function withSlash(address: string): string {
  return address.endsWith('/') ? address : address.replace(/(?:\/index\.html)?$/, '/');
}

/** Resolves `.` and `..` like an address: never above the root. */
function join(folder: string, path: string): string {
  if (folder === '/' && path.startsWith('/') && !/\/[./]/.test(path)) return path;
  const segments: string[] = [];
  for (const segment of `${folder}/${path}`.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  const isFolder = /(?:^|\/)\.{0,2}$/.test(path) && segments.length > 0;
  return (folder.startsWith('/') ? '/' : '') + segments.join('/') + (isFolder ? '/' : '');
}

function withoutBase(path: string, basePath: string): string {
  if (basePath === '' || !`${path}/`.startsWith(`${basePath}/`)) return path;
  return path.slice(basePath.length) || '/';
}
