// Every link, anchor and image inside the site leads somewhere, or its place is named.
import { type Code, diagnostic, nearest } from '../diagnostic.js';
import { groupBy } from '../lists.js';
import { decodePart } from '../path.js';
import { isImageAddress, otherHost, schemeOf } from '../schemes.js';
import type {
  Diagnostic,
  Entry,
  Hole,
  ImageHole,
  LinkHole,
  Post,
  ReferenceHole,
  Site,
  Targets,
} from '../types.js';
import { type Reference, referencesIn, resolve, resolveNamed, rootedAddress } from './references.js';

export interface References {
  readonly diagnostics: readonly Diagnostic[];
  /** Files beside posts that posts refer to: these come into the output. */
  readonly used: ReadonlySet<string>;
}

/** `outputs`: paths of all files that the site will have, such as `posts/x/index.html`. */
export function checkReferences(site: Site, outputs: ReadonlySet<string>): References {
  const entries = site.editions.flatMap(({ posts, pages }) => [...posts, ...pages]);
  const ids = idsByAddress(entries);
  const used = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const { targets } = site;
  const suggest = suggester(site, outputs);
  for (const entry of entries) {
    for (const hole of holes(entry)) {
      for (const named of referencesIn(hole)) {
        const problem = named.asText ? undefined : checkNamed(named, entry.post, targets);
        if (problem) diagnostics.push(problem);
      }
      if (hole.type !== 'link' && hole.type !== 'image') continue;
      const written = hole.type === 'link' ? hole.target : hole.src;
      const reference = resolve(written, entry.post, targets);
      if (reference.type === 'asset') used.add(reference.asset.path);
      const problem = check(reference, written, hole, { outputs, ids, suggest, targets, from: entry.post });
      if (problem) diagnostics.push(problem);
    }
  }
  return { diagnostics: [...diagnostics, ...checkConfigured(site, outputs, suggest)], used };
}

/** Menus and other links of `site.yaml`. */
function checkConfigured(
  { config, targets }: Site,
  outputs: ReadonlySet<string>,
  suggest: Suggest,
): Diagnostic[] {
  const from = { path: 'site.yaml' };
  const links = [...config.languages.flatMap(({ menu }) => menu), ...config.social];
  return links.flatMap(({ url, place }) => {
    const path = rootedAddress(url)?.path;
    if (path === undefined || leadsToFile(path, outputs) || isFaulty(path, targets)) return [];
    const hint = leftOut(path, targets) ?? suggest(fileName(path), 'pages', from);
    return diagnostic('warning', 'link/broken', `${url} leads nowhere`, place ?? { file: 'site.yaml' }, hint);
  });
}

/** That an address is probably the one of a post that is not there yet. */
function leftOut(path: string, { hidden }: Targets): string | undefined {
  const name = `/${fileName(path)}`.replace(/^.*\//, '');
  const source = [...hidden].find((one) => name !== '' && one.replace(/^.*\//, '').startsWith(`${name}.`));
  return source && whyHidden(source);
}

/** Whether an address is probably the one of a post whose faults have been told. */
function isFaulty(path: string, { faulty }: Targets): boolean {
  return faulty.size > 0 && [...faulty.values()].includes(fileName(path).replace(/^.*\//, ''));
}

const whyHidden = (source: string) =>
  `${source} is a draft or lies in the future; --drafts and --future include it`;

function fileName(path: string): string {
  return path.replace(/^\//, '').replace(/\/$/, '');
}

/** Whether a server finds something at a site path. */
function leadsToFile(path: string, outputs: ReadonlySet<string>): boolean {
  const file = fileName(path);
  return [file === '' ? 'index.html' : `${file}/index.html`, file, `${file}.html`].some((output) =>
    outputs.has(output),
  );
}

/** Gives the function that knows the ids of the page at an address; few pages are asked about. */
function idsByAddress(entries: readonly Entry[]): Known['ids'] {
  const byAddress = new Map(entries.map((entry) => [entry.post.url, entry]));
  const made = new Map<string, ReadonlySet<string>>();
  return (url) => {
    const entry = byAddress.get(url);
    if (!entry) return undefined;
    const ids = made.get(url) ?? new Set(entry.rendered.ids);
    made.set(url, ids);
    return ids;
  };
}

function* holes({ rendered, post }: Entry): Iterable<Hole> {
  yield* rendered.holes;
  if (post.cover) yield { type: 'image', src: post.cover.src, alt: post.cover.alt, place: post.cover.place };
}

/** A reference without a target would leave the reader with nothing: an error, unlike a broken link. */
function checkNamed(hole: ReferenceHole, from: Post, targets: Targets): Diagnostic | undefined {
  const reference = resolveNamed(hole.target, from, targets);
  if (reference?.named) return undefined;
  const fail = (message: string, hint?: string) =>
    diagnostic('error', 'math/unknown-reference', message, hole.place, hint);
  if (!reference) {
    const [file = ''] = hole.target.split('#');
    const { type } = resolve(file, from, targets);
    if (type === 'faulty' || isFaulty(decodePart(file), targets)) return undefined;
    if (type === 'hidden')
      return fail(
        `${hole.target} is in a post that this build leaves out`,
        '--drafts and --future include it',
      );
    const near = nearest(
      file,
      [...targets.sources.values()].map(({ slug }) => slug),
    );
    return fail(`${hole.target} names no post`, near && `did you mean ${near}?`);
  }
  const near = nearest(reference.name, [...(targets.names.get(reference.post.path)?.keys() ?? [])]);
  const where = reference.post === from ? 'this post' : reference.post.path;
  return fail(
    `nothing in ${where} has the label ${reference.name}`,
    near
      ? `did you mean ${near}?`
      : 'give a label with \\label{…} in a formula or {#…} after a display, an image, a heading or :::theorem',
  );
}

/** Where an address of another site begins that lacks its scheme. */
const host = /^(?:www\.[a-z\d-]+\.|(?:[a-z\d-]+\.)+(?:[a-z]{2,}\/|(?:com|org|net|edu|gov|io|dev)$))/i;
const otherwise = 'write the path of a file beside this one, or an address that begins with /';

interface Known {
  readonly suggest: Suggest;
  readonly outputs: ReadonlySet<string>;
  readonly ids: (url: string) => ReadonlySet<string> | undefined;
  readonly targets: Targets;
  /** The post that refers. */
  readonly from: Post;
}

function check(
  reference: Reference,
  target: string,
  hole: LinkHole | ImageHole,
  known: Known,
): Diagnostic | undefined {
  // As the author has it: addresses of images come percent-encoded.
  const written = target.replace(/(?:%(?:[89a-f][\da-f]|7[bd]))+/gi, decodePart);
  const warn = (code: Code, message: string, hint: string) =>
    diagnostic('warning', code, message, hole.place, hint);
  if (reference.type === 'hidden') {
    const message = `${written} leads to a post that this build leaves out`;
    return warn('link/hidden', message, whyHidden(reference.source));
  }
  if (reference.type === 'external') return hole.type === 'image' ? checkForeign(hole) : undefined;
  if (reference.type === 'asset' || reference.type === 'faulty') return undefined;
  const { path, fragment } = reference;
  const file = fileName(path);
  const exists = leadsToFile(path, known.outputs);
  if (!exists && isFaulty(path, known.targets)) return undefined;
  if (hole.type === 'image' && (!exists || path.endsWith('/')))
    return warn(
      'image/missing',
      `there is no image ${written}`,
      known.suggest(file, 'assets', known.from) ?? otherwise,
    );
  if (!exists)
    return warn(
      'link/broken',
      `${written} leads nowhere`,
      host.test(written)
        ? `write https://${written} for an address of another site`
        : (known.suggest(file, /\.(?:md|markdown)$/.test(file) ? 'sources' : 'pages', known.from) ??
            otherwise),
    );
  const ids = known.ids(path);
  if (!ids || !fragment || fragment === 'top' || fragment.startsWith(':~:') || ids.has(fragment))
    return undefined;
  const near = nearest(fragment, [...ids]);
  const hint = near ? `did you mean #${near}?` : 'headings have ids made from their words';
  return warn('link/anchor', `${written}: there is no #${fragment} on that page`, hint);
}

function checkForeign({ src, place }: ImageHole): Diagnostic | undefined {
  if (!isImageAddress(src))
    return diagnostic(
      'warning',
      'link/scheme',
      `an image from ${schemeOf(src)}: is left out`,
      place,
      'keep the file beside the post, and write its path from there',
    );
  const host = otherHost(src);
  if (host === undefined) return undefined;
  return diagnostic(
    'warning',
    'image/other-origin',
    `readers' browsers will ask ${host} for this image`,
    place,
    'keep a copy beside the post and refer to that',
  );
}

type Suggest = (
  written: string,
  among: 'assets' | 'sources' | 'pages',
  from: Pick<Post, 'path'>,
) => string | undefined;

/** Looking for a name takes the longer the more there are. Nobody reads more of them than this. */
const mostSuggestions = 200;

/** Gives the function that finds the name that was probably meant, whatever its folder. */
function suggester({ targets }: Site, outputs: ReadonlySet<string>): Suggest {
  const names = {
    assets: () => [...targets.assets.keys()],
    sources: () => [...targets.sources.keys()],
    pages: () => [...outputs].map((output) => `/${output.replace(/(^|\/)index\.html$/, '$1')}`),
  };
  const found = new Map<string, ReadonlyMap<string, readonly string[]>>();
  let left = mostSuggestions;
  return (written, among, from) => {
    if (written.startsWith('static/')) return 'leave out /static: its files lie at the root of the site';
    const byName = found.get(among) ?? groupBy(names[among](), baseName);
    found.set(among, byName);
    left -= 1;
    const near = left < 0 ? undefined : nearest(baseName(written), [...byName.keys()]);
    const meant = byName.get(near ?? '')?.findLast((name) => name !== from.path && name !== '/');
    return meant && `did you mean ${asWritten(meant, from)}?`;
  };
}

/** A file of `posts/` by its way from the post, one of `static/` by its address. */
function asWritten(name: string, from: Pick<Post, 'path'>): string {
  if (name.startsWith('/')) return name;
  if (name.startsWith('static/')) return name.slice('static'.length);
  const [target, here] = [name, from.path].map((path) => path.split('/'));
  while (target?.[0] !== undefined && target[0] === here?.[0]) {
    target.shift();
    here.shift();
  }
  return [...(here ?? []).slice(1).map(() => '..'), ...(target ?? [])].join('/');
}

function baseName(path: string): string {
  return path.replace(/\/$/, '').split('/').at(-1) ?? path;
}
