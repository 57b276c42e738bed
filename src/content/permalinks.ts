// Slugs, and addresses that are safe as paths: below the output folder, on every file system, in every browser.
// A site path is decoded, NFC, begins with `/`, and ends with `/` or `.html`.
import { slug } from 'github-slugger';
import { nearest } from '../diagnostic.js';

/** A slug as GitHub makes them: NFC, lower case, letters of every script kept, spaces to `-`. */
export function slugify(text: string): string {
  return slug(text.normalize('NFC').trim()).normalize('NFC');
}

/**
 * The slug of a tag or category. `+` and `#` are kept in words, so that C, C++ and C# differ. Formulas in `name`
 * must already be in their readable form. Empty when nothing is left.
 */
export function tagSlug(name: string): string {
  return slugify(name.replaceAll('+', '-plus').replaceAll('#', '-sharp')).replace(/^-+/, '');
}

/** What stands before the addresses of a language: nothing for the default one, else `/ko`. */
export function languagePrefix(lang: string, defaultLanguage: string): string {
  return lang === defaultLanguage ? '' : `/${lang}`;
}

/** Either the path or what is wrong with it. */
export type SitePath = { readonly path: string } | { readonly fault: string };

/** Reads an address as authors write it: with or without slashes at its ends, perhaps percent-encoded. */
export function sitePath(written: string): SitePath {
  const segments = decode(written.trim()).normalize('NFC').replace(/^\//, '').replace(/\/$/, '').split('/');
  if (segments.length === 1 && segments[0] === '') return { path: '/' };
  for (const segment of segments) {
    const fault = segmentFault(segment);
    if (fault !== undefined) return { fault };
  }
  if (segments.at(-1)?.toLowerCase() === 'index.html') segments.pop();
  const path = ['', ...segments].join('/');
  if (path.length > longestPath) return { fault: `is longer than ${longestPath} characters` };
  return { path: /\.html?$/i.test(path) ? path : `${path}/` };
}

/** Leaves a text alone that is not percent-encoded. */
function decode(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

const longestPath = 1000;
/** File systems allow 255 bytes; the rest is for the temporary names that files are written under. */
const longestSegment = 200;

// Each test describes what no segment of a path may be, the rest of the sentence says why.
const segmentFaults: readonly (readonly [RegExp, string])[] = [
  [/^\.{1,2}$/, 'leaves its folder with . or ..'],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
  [/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/, 'holds a control character'],
  [/\\/, 'holds a backslash'],
  [/[<>:"|?*]/, 'holds one of < > : " | ? *, which Windows does not allow in file names'],
  [/#/, 'holds #, behind which browsers look for a heading'],
  [/%[0-9a-f]{2}/i, 'is percent-encoded twice'],
  [/^\.(?!well-known$)/, 'begins with a dot, which hides the file'],
  [/[. ]$|^ /, 'begins or ends with a space, or ends with a dot'],
  [/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i, 'is a name that Windows keeps for devices'],
  [/\p{Surrogate}/u, 'holds half a character'],
];

/** Nearly all segments; devices of Windows have shorter names. Each of a large site would be tested ten times. */
const isHarmless = /^[\w-]{5,200}$/;

/** What is wrong with one name between slashes, as the end of a sentence; undefined when nothing is. */
export function segmentFault(segment: string): string | undefined {
  if (isHarmless.test(segment)) return undefined;
  if (segment === '') return 'has an empty part';
  if (Buffer.byteLength(segment) > longestSegment) return `has a part longer than ${longestSegment} bytes`;
  return segmentFaults.find(([pattern]) => pattern.test(segment))?.[1];
}

/** Path in the output folder of the file that a server sends for a site path. */
export function fileOf(path: string): string {
  return path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1);
}

/** Placeholders of permalink patterns. `:title` is Jekyll's name for the slug. @internal */
export const placeholders = ['year', 'month', 'day', 'slug', 'title', 'lang'] as const;

type Placeholder = (typeof placeholders)[number];

const placeholderPattern = /:([a-z_]+)/g;

/** The placeholders of a pattern that do not exist. */
function unknownPlaceholders(pattern: string): string[] {
  const known: readonly string[] = placeholders;
  return [...pattern.matchAll(placeholderPattern)]
    .map(([, name = '']) => name)
    .filter((name) => !known.includes(name));
}

/** What is wrong with the placeholders of a pattern, as the end of a sentence; undefined when nothing is. */
export function placeholderFault(pattern: string): string | undefined {
  const [unknown] = unknownPlaceholders(pattern);
  if (unknown === undefined) return undefined;
  const near = nearest(unknown, placeholders);
  const all = placeholders.map((name) => `:${name}`).join(', ');
  return `has the unknown placeholder :${unknown}; ${near ? `did you mean :${near}?` : `known are ${all}`}`;
}

/** Fills a permalink pattern. Unknown placeholders stay. */
export function expandPermalink(pattern: string, values: Readonly<Record<Placeholder, string>>): string {
  return pattern.replace(placeholderPattern, (whole, name: string) =>
    Object.hasOwn(values, name) ? values[name as Placeholder] : whole,
  );
}
