// Where the files that a post names are looked for.
import { expect, it } from 'vitest';
import { bibliographyPaths } from '../../src/bibliography/files.js';

it.each([
  ['own.bib', 'posts/x/index.md', ['posts/x/own.bib', 'own.bib']],
  ['./own.bib', 'posts/x.md', ['posts/own.bib', 'own.bib']],
  ['../shared/a.bib', 'posts/x/index.md', ['posts/shared/a.bib']],
  ['/bib/a.bib', 'posts/x/index.md', ['bib/a.bib']],
  ['bib\\a.bib', 'posts/x.md', ['posts/bib/a.bib', 'bib/a.bib']],
  ['../../a.bib', 'posts/x.md', []],
  ['../../../etc/passwd', 'posts/x/index.md', []],
  [`${'참고'.normalize('NFD')}.bib`, 'posts/x.md', ['posts/참고.bib', '참고.bib']],
])('%s of %s is one of %j', (written, post, paths) => {
  expect(bibliographyPaths(written, post)).toEqual(paths);
});
