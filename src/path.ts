// Paths with `/` between names, and the same in addresses.

/** By this list of what builds have written an output folder is known. */
export const manifestName = '.postulate.json';

/** The folders above a path, the outermost first. */
export function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1))
    folders.push(path.slice(0, end));
  return folders;
}

/** Percent-encoded, as the path of an address: `?` and `#` would end it. */
export function encodePath(path: string): string {
  return encodeURI(path).replace(/[?#]/g, encodeURIComponent);
}

/** What a part of an address says, NFC; the part itself where its encoding is damaged. */
export function decodePart(part: string): string {
  if (/^[\w/.~-]*$/.test(part)) return part;
  try {
    return decodeURIComponent(part).normalize('NFC');
  } catch {
    return part.normalize('NFC');
  }
}
