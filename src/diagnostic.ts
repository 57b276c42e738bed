// Diagnostics as values: what can go wrong (one table, codes permanent), and how it is shown.
import { closest, distance } from 'fastest-levenshtein';
import type { Diagnostic, Place, Severity } from './types.js';

/** Every code with one line of docs. A test checks that each has a fixture that brings it about. */
export const codes = {
  'bibliography/duplicate-field': 'An entry of a bibliography has one field twice.',
  'bibliography/duplicate-key': 'Two entries of a bibliography have one key.',
  'bibliography/missing-comma': 'A key or field of a bibliography does not end with a comma.',
  'bibliography/missing-file': 'A post names a bibliography that does not exist.',
  'bibliography/missing-key': 'An entry of a bibliography has no key.',
  'bibliography/names': 'A list of authors or editors is not joined by and.',
  'bibliography/never-closed': 'A brace or quotation mark of a bibliography is never closed.',
  'bibliography/syntax': 'An entry of a bibliography is not written as BibTeX demands.',
  'bibliography/unknown-command': 'A field of a bibliography has a TeX command that is not known.',
  'bibliography/unknown-crossref': 'A crossref names no entry of its file.',
  'bibliography/unknown-string': 'A value without braces names no @string.',
  'bibliography/unknown-type': 'An entry of a bibliography has a type that does not exist.',
  'cache/damaged': 'What earlier builds have kept is damaged; everything is made anew.',
  'cache/other-version': 'What earlier builds have kept is of another version; everything is made anew.',
  'cache/unwritable': 'A build can keep nothing for the next one.',
  'cite/unknown-key': 'A citation names no entry of the bibliography.',
  'config/cut-at-comment': 'A macro in site.yaml ends before a #, which YAML takes for a comment.',
  'config/invalid-value': 'A key of site.yaml has a value that it cannot have.',
  'config/no-base-url': 'Without baseUrl, what needs absolute addresses is left out.',
  'config/not-utf8': 'site.yaml is not UTF-8.',
  'config/template': 'A template cannot be rendered.',
  'config/texts': 'A file of templates/texts/ cannot be parsed, or has something else than texts.',
  'config/unknown-key': 'site.yaml has a key that means nothing.',
  'config/unknown-text': 'A file of templates/texts/ has a key that looks like one of the theme.',
  'config/wrong-name': 'A configuration file has a name that is not read.',
  'config/yaml': 'site.yaml cannot be parsed.',
  'content/draft': 'A draft is left out.',
  'content/duplicate-path': 'Two files of the site would have one path.',
  'content/duplicate-url': 'Two files claim one address.',
  'content/future': 'A post of the future is left out.',
  'content/left-out': 'Files of posts/ are left out because of their names.',
  'content/no-posts': 'There is no post to build.',
  'content/not-utf8': 'A file, or its name, is not UTF-8.',
  'content/other-ending': 'A Markdown file of posts/ does not end in .md, and is not read.',
  'content/outside-root': 'A symbolic link leads out of the site, and is not followed.',
  'content/reserved-url': 'An address belongs to a page that the site makes itself.',
  'content/shallow-history': 'The checkout has only the newest commit; no post shows when it was changed.',
  'content/skipped': 'Something is not read: a pipe, a device, a link that leads nowhere or back.',
  'content/unsafe-path':
    'A slug, address or file name is no path below the output folder that works everywhere.',
  'env/busy': 'Another program holds a file that the build has to replace.',
  'env/disk-full': 'No space is left for the site, or the quota is used up.',
  'env/file-system': 'The file system failed in another way; the message has its own words.',
  'env/locked': 'Another build is writing to the same folder.',
  'env/name-too-long': 'A path is longer than the file system allows.',
  'env/permission': 'A file or folder may not be read or written.',
  'env/read-only': 'The disk is mounted read-only.',
  'env/too-many-files': 'The system allows no more open files.',
  'env/watch-limit': 'The system allows no more watched folders; serve looks every second instead.',
  'fonts/uncut': 'KaTeX’s fonts could not be cut to the glyphs in use, and are shipped whole.',
  'front-matter/bad-date': 'A date is not written in a known form, or does not exist.',
  'front-matter/closing-line': 'A line inside the front matter begins like its closing line.',
  'front-matter/cut-at-comment': 'A text without quotes ends where YAML sees a comment.',
  'front-matter/escape-in-formula': 'A double-quoted text has an escape such as \\t inside a formula.',
  'front-matter/html-entity': 'A text of the front matter holds an entity of HTML.',
  'front-matter/invalid-value': 'A key of the front matter has a value that it cannot have.',
  'front-matter/joined-names': 'Different tags or categories have one address, and become one.',
  'front-matter/missing-date': 'A post has no date.',
  'front-matter/missing-title': 'A post has neither a title nor a # heading.',
  'front-matter/never-closed': 'Front matter opens and is never closed.',
  'front-matter/not-first': 'Front matter does not begin on the first line.',
  'front-matter/opening-line': 'Something follows --- or +++ on the first line.',
  'front-matter/toml': 'TOML front matter cannot be parsed.',
  'front-matter/too-long': 'Front matter is longer than 64 KiB or 1000 lines.',
  'front-matter/unknown-key': 'A key of the front matter means nothing.',
  'front-matter/unusable-name': 'A tag or category has nothing that could stand in an address.',
  'front-matter/yaml': 'YAML front matter cannot be parsed.',
  'html/attribute': 'An attribute of raw HTML is not on the allowlist and is left out.',
  'html/element': 'An element of raw HTML is not on the allowlist and is left out.',
  'html/embed': 'A frame shows a host that markdown.embeds does not name; it became a link.',
  'html/other-origin': 'A frame shows another site, which readers’ browsers will ask.',
  'image/broken': 'An image cannot be read, or is too large, and is published as it is.',
  'image/missing': 'There is no such image.',
  'image/other-origin': 'An image lies on another site, which readers’ browsers will ask.',
  'image/unavailable': 'sharp does not run here; images are published as they are.',
  'internal/bug': 'A bug of Postulate; exit code 70.',
  'link/anchor': 'The page has no heading or element with that id.',
  'link/broken': 'The link leads to nothing in the site.',
  'link/hidden': 'The link leads to a draft or a post of the future that is left out.',
  'link/scheme': 'A link has a scheme that could run code, and is left out.',
  'markdown/duplicate-id': 'Two elements of a post have one id.',
  'markdown/foreign-syntax':
    'Something that another system would replace stays text: a shortcode, a Liquid tag.',
  'markdown/table-cells': 'A row of a table has more cells than the first row.',
  'markdown/too-deep': 'Quotes, lists or elements are nested too deep.',
  'markdown/unclosed-block': 'A ::: block is never closed.',
  'markdown/unknown-block': 'There is no ::: block or callout of that name.',
  'markdown/unknown-footnote': 'A reference names a footnote that the post does not have.',
  'markdown/unused-footnote': 'Nothing refers to a footnote.',
  'math/ambiguous-label': 'Two labels stand in one row of an equation.',
  'math/bad-macro': 'The definition of a macro cannot be read.',
  'math/cjk-outside-text': 'Han, Hangul or Kana stands in a formula outside \\text.',
  'math/comment': 'A % in a formula of one line hides what is behind it.',
  'math/display-only': 'What works only in a display stands in an inline formula.',
  'math/duplicate-label': 'Two equations have the same label.',
  'math/expansion': 'Macros expand without end, or to more than fits.',
  'math/formatter-damage':
    'A formula looks as a formatter or converter left it: \\sum*{, \\sum\\_{, doubled row ends.',
  'math/ignored-command': 'A command has no meaning here and is left out.',
  'math/looks-like-prose': 'A formula holds a sentence.',
  'math/old-environment': 'An environment that LaTeX itself advises against.',
  'math/shadowed-macro': 'A macro takes the name of a command that exists.',
  'math/syntax': 'A formula is not TeX that KaTeX can read.',
  'math/too-deep': 'Braces and the like are nested too deep.',
  'math/too-long': 'A formula is too long.',
  'math/unclosed': 'A $$, \\[, \\begin or ```math is never closed; it stays in the page as text.',
  'math/unknown-character': 'KaTeX has no metrics for a character of a formula.',
  'math/unknown-command': 'Neither KaTeX nor a macro knows the command.',
  'math/unknown-environment': 'KaTeX does not know the environment.',
  'math/unknown-reference': 'A reference names a label that no equation has.',
  'math/unnumbered-label': 'A reference names a label that stands where no number is.',
  'math/untrusted': 'A command could load, link or run something, and is refused.',
  'math/unused-label': 'Nothing refers to a label.',
  'math/unused-macro': 'No formula uses a macro.',
  'math/wide-display': 'A display is wider than a phone.',
  'output/foreign': 'The output folder holds files that no build wrote; nothing is touched.',
  'output/in-the-way': 'Something that no build wrote stands where a file has to be written.',
  'output/kept': 'A file that is no longer part of the site was changed by hand, and is kept.',
  'output/overwritten': 'Files that were changed by hand were written anew.',
  'output/place': 'The output folder may not be there: the root, the sources, the home folder.',
  'search/unavailable':
    'The search index cannot be made on this machine; the search page offers the archive.',
  'usage/arguments': 'An argument too many, or one missing.',
  'usage/exists': 'What new or init would make is there already.',
  'usage/no-command': 'No command was given.',
  'usage/port': 'serve cannot use the port, or any of the next ones.',
  'usage/root': 'The folder that --root names does not exist, or is the posts/ of a site.',
  'usage/unknown-command': 'There is no such command.',
  'usage/unknown-flag': 'There is no such flag, or it belongs to another command.',
} as const satisfies Record<string, string>;

export type Code = keyof typeof codes;

/** A diagnostic at a place. `hint` says how to fix it. */
export function diagnostic(
  severity: Severity,
  code: Code,
  message: string,
  place?: Place,
  hint?: string,
): Diagnostic {
  return { severity, code, message, ...(hint === undefined ? {} : { hint }), ...place };
}

/**
 * The candidate that was probably meant, or undefined when none is near: by edit distance (Levenshtein 1966),
 * where letters that changed places (`buidl`) do not count twice.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const written = word.toLowerCase();
  // The lengths of two words differ by no more than their distance.
  const third = Math.floor(word.length / 3);
  const similar = candidates.filter(({ length }) => Math.abs(length - word.length) <= Math.max(2, third));
  if (similar.length === 0) return undefined;
  const best = closest(written, similar);
  const isAnagram = [...written].sort().join('') === [...best.toLowerCase()].sort().join('');
  const limit = Math.max(isAnagram ? 2 : 1, third);
  return distance(written, best.toLowerCase()) <= limit ? best : undefined;
}
