// What pages are known by: a page that comes out the same keeps its key.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeSite, withShortcuts } from '../../src/build.js';
import { makeFolder } from '../output/tree.js';

const post = (text: string) => `---\ntitle: Post\ndate: 2026-01-01\n---\n${text}\n`;

/** The keys of the posts' pages, as a build that keeps what it has rendered knows them. */
async function keysIn(root: string): Promise<Record<string, string>> {
  const options = {
    ...{ root, drafts: false, future: false, strict: false, draftMath: false, cache: true, check: false },
    now: new Date('2026-06-15T03:00:00Z'),
  };
  const { outputs = [] } = await withShortcuts(options, (shortcuts) => makeSite(options, shortcuts));
  return Object.fromEntries(
    outputs.flatMap((output) =>
      'prepare' in output && /^posts\/\w+\/index\.html$/.test(output.path)
        ? [[output.path.split('/')[1] ?? '', output.prepare().key()]]
        : [],
    ),
  );
}

it('a symbol that is new to the site changes pages with formulas, for their style, and no others', async () => {
  const root = makeFolder({
    'site.yaml': 'title: Blog\nbaseUrl: https://example.org\nsearch: false\n',
    'posts/prose.md': post('Words.'),
    'posts/maths.md': post('$x$'),
    'posts/edited.md': post('$y$'),
  });
  const before = await keysIn(root);
  writeFileSync(join(root, 'posts/edited.md'), post('$\\mathbb{Z}$'));
  const after = await keysIn(root);
  expect(Object.keys(before).sort()).toEqual(['edited', 'maths', 'prose']);
  expect(after.prose).toBe(before.prose);
  expect(after.maths).not.toBe(before.maths);
  expect(after.edited).not.toBe(before.edited);
});
