// Every link, anchor and image inside the site leads somewhere, or its place is named.
import { diagnostic, nearest } from '../diagnostic.js';
import type {
  Diagnostic,
  Entry,
  Html,
  ImageHole,
  LinkHole,
  Post,
  ReferenceHole,
  Site,
  Targets,
} from '../types.js';
import { type Reference, resolve, resolveNamed } from './references.js';

export interface References {
  readonly diagnostics: readonly Diagnostic[];
  /** Files beside posts that posts refer to: these come into the output. */
  readonly used: ReadonlySet<string>;
}

/** `outputs`: paths of all files that the site will have, such as `posts/x/index.html`. */
export function checkReferences(site: Site, outputs: ReadonlySet<string>): References {
  const entries = site.editions.flatMap(({ posts, pages }) => [...posts, ...pages]);
  const ids = new Map(entries.map(({ post, rendered }) => [post.url, new Set(rendered.ids)]));
  const used = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const entry of entries) {
    for (const hole of holes(entry)) {
      if (hole.type === 'reference') {
        const problem = checkNamed(hole, entry.post, site.targets);
        if (problem) diagnostics.push(problem);
        continue;
      }
      const written = hole.type === 'link' ? hole.target : hole.src;
      const reference = resolve(written, entry.post, site.targets);
      if (reference.type === 'asset') used.add(reference.asset.path);
      const problem = check(reference, written, hole, { site, outputs, ids });
      if (problem) diagnostics.push(problem);
    }
  }
  return { diagnostics, used };
}

function* holes({ rendered, post }: Entry): Iterable<LinkHole | ReferenceHole | ImageHole> {
  const parts: Html = rendered.html;
  for (const part of parts) {
    if (typeof part === 'string') continue;
    if (part.type === 'formula') yield* part.references;
    else yield part;
  }
  if (post.cover) yield { type: 'image', src: post.cover.src, alt: post.cover.alt, place: post.cover.place };
}

/** A reference without a target would leave the reader with nothing: an error, unlike a broken link. */
function checkNamed(hole: ReferenceHole, from: Post, targets: Targets): Diagnostic | undefined {
  const reference = resolveNamed(hole.target, from, targets);
  if (reference?.named) return undefined;
  if (!reference) {
    const near = nearest(
      hole.target.split('#')[0] ?? '',
      [...targets.sources.values()].map(({ slug }) => slug),
    );
    return diagnostic(
      'error',
      'math/unknown-reference',
      `${hole.target} names no post`,
      hole.place,
      near ? `did you mean ${near}?` : undefined,
    );
  }
  const near = nearest(reference.name, [...(targets.names.get(reference.post.path)?.keys() ?? [])]);
  const where = reference.post === from ? 'this post' : reference.post.path;
  return diagnostic(
    'error',
    'math/unknown-reference',
    `nothing in ${where} has the label ${reference.name}`,
    hole.place,
    near
      ? `did you mean ${near}?`
      : 'give a label with \\label{…} in a formula or {#…} after an image or a heading',
  );
}

interface Known {
  readonly site: Site;
  readonly outputs: ReadonlySet<string>;
  readonly ids: ReadonlyMap<string, ReadonlySet<string>>;
}

function check(
  reference: Reference,
  written: string,
  hole: LinkHole | ImageHole,
  known: Known,
): Diagnostic | undefined {
  const { place } = hole;
  if (reference.type === 'hidden') {
    return diagnostic(
      'warning',
      'link/hidden',
      `${written} leads to a post that this build leaves out`,
      place,
      `${reference.source} is a draft or lies in the future; --drafts and --future include it`,
    );
  }
  if (reference.type !== 'page') return undefined;
  const { path, fragment } = reference;
  const file = path.replace(/^\//, '').replace(/\/$/, '');
  const exists = [`${file === '' ? '' : `${file}/`}index.html`, file, `${file}.html`].some((output) =>
    known.outputs.has(output),
  );
  if (hole.type === 'image' && (!exists || path.endsWith('/'))) {
    return diagnostic(
      'warning',
      'image/missing',
      `there is no image ${written}`,
      place,
      suggestion(file, assetNames(known)),
    );
  }
  if (!exists)
    return diagnostic(
      'warning',
      'link/broken',
      `${written} leads nowhere`,
      place,
      suggestion(file, pageNames(known)),
    );
  const ids = known.ids.get(path.endsWith('/') ? path : `${path}/`);
  if (!ids || !fragment || fragment === 'top' || fragment.startsWith(':~:') || ids.has(fragment))
    return undefined;
  const near = nearest(fragment, [...ids]);
  return diagnostic(
    'warning',
    'link/anchor',
    `${written}: there is no #${fragment} on that page`,
    place,
    near ? `did you mean #${near}?` : 'headings have ids made from their words',
  );
}

function suggestion(written: string, names: readonly string[]): string {
  const near = nearest(written, names);
  return near
    ? `did you mean ${near}?`
    : 'write the path of a file beside this one, or an address that begins with /';
}

function pageNames({ site, outputs }: Known): string[] {
  return [
    ...site.targets.sources.keys(),
    ...[...outputs].map((output) => `/${output.replace(/index\.html$/, '')}`),
  ];
}

function assetNames({ site }: Known): string[] {
  return [...site.targets.assets.keys()];
}
