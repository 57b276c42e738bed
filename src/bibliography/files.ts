// Where a post's `bibliography:` is looked for: beside the post first, then from the site's root.

/**
 * Paths, relative to the site's root and in the order of preference, that `written` in the front matter of `postPath`
 * can mean. A leading slash means the root. Empty when the path leads out of the site.
 */
export function bibliographyPaths(written: string, postPath: string): readonly string[] {
  const folder = postPath.slice(0, postPath.lastIndexOf('/') + 1);
  const places = written.startsWith('/') ? [''] : [folder, ''];
  const paths = places.map((place) => normalize(place + written)).filter((path) => path !== undefined);
  return [...new Set(paths)];
}

function normalize(path: string): string | undefined {
  const segments: string[] = [];
  for (const segment of path.normalize('NFC').split(/[\\/]/)) {
    if (segment === '..' && segments.pop() === undefined) return undefined;
    if (segment !== '..' && segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.length > 0 ? segments.join('/') : undefined;
}
