// Makes dist/code/: the bytecode of the program's parts, as it is after builds of a small blog. Functions that these did
// not call are compiled when they are called, as always. `scripts/compile.mjs` runs it.
//
//   node scripts/code-cache.mjs
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { writeCorpus } from '../bench/corpus.mjs';

const require = createRequire(import.meta.url);
const { codePath, load, loadedParts, packCode } = require('../dist/load.js');
const { run } = load(readdirSync('dist').find((name) => /^command-.*\.cjs$/.test(name)));

const root = mkdtempSync(join(tmpdir(), 'postulate-code-'));
try {
  await buildBlog();
} finally {
  rmSync(root, { recursive: true, force: true });
}
for (const { name, script } of loadedParts()) {
  mkdirSync(dirname(codePath(name)), { recursive: true });
  writeFileSync(codePath(name), packCode(script.createCachedData()));
}

/** All that a first build does, one of the same, and one of an edited post. So few posts are rendered without workers. */
async function buildBlog() {
  writeFileSync(join(root, 'site.yaml'), 'title: Blog\nbaseUrl: https://example.org/\nsearch: false\n');
  writeCorpus(join(root, 'posts'), { kind: 'maths', posts: 8, seed: 1 });
  await call('build');
  // A file as young as the build would be looked at more closely.
  await setTimeout(100);
  await call('build');
  appendFileSync(join(root, 'posts/post-00001.md'), '\nOne more sentence.\n');
  await call('build');
}

async function call(...args) {
  const told = [];
  const code = await run(args, {
    folder: root,
    environment: {},
    version: '',
    isTerminal: false,
    hasColors: false,
    now: new Date(),
    elapsed: () => 0,
    print: () => {},
    tell: (text) => told.push(text),
    onInterrupt: () => {},
  });
  if (code !== 0) throw new Error(`the blog cannot be built: ${told.join('')}`);
}
