import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from '../output/tree.js';

// The benchmark is plain JavaScript: its modules are imported by path, without types.
const load = (name: string) => import(join(import.meta.dirname, '../../bench', name));
const { corpus } = await load('corpus.mjs');
const { copyPosts, plainPost } = await load('posts.mjs');

const posts = (options: object): { name: string; text: string }[] => [...corpus(options)];
const maths = posts({ kind: 'maths', posts: 300, seed: 1 });
const all = maths.map(({ text }) => text).join('\n');
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
const withoutCode = all.replace(/^```[\s\S]*?^```/gm, '');

it('makes the same posts for the same seed, and others for another', () => {
  const [first, again, other] = [7, 7, 8].map((seed) => posts({ kind: 'maths', posts: 5, seed }));
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect(posts({ kind: 'maths', posts: 3, seed: 7 })).toEqual(first?.slice(0, 3));
});

it('has formulas, code and text in the proportions of real posts about maths', () => {
  const displays = count(withoutCode, /^\$\$\n[^$]+\n\$\$$/gm);
  const inline = count(withoutCode.replace(/^\$\$\n[^$]+\n\$\$$/gm, ''), /\$[^$\n]+\$/g);
  const perPost = (number: number) => number / maths.length;
  expect(perPost(Buffer.byteLength(all))).toBeGreaterThan(10_000);
  expect(perPost(Buffer.byteLength(all))).toBeLessThan(14_000);
  expect(perPost(displays + inline)).toBeGreaterThan(62);
  expect(perPost(displays + inline)).toBeLessThan(84);
  expect(displays / (displays + inline)).toBeGreaterThan(0.1);
  expect(displays / (displays + inline)).toBeLessThan(0.16);
  expect(perPost(count(all, /^```[a-z]+$/gm))).toBeGreaterThan(1.7);
  expect(perPost(count(all, /^```[a-z]+$/gm))).toBeLessThan(2.6);
  const lengths = [...withoutCode.matchAll(/^\$\$\n([^$]+)\n\$\$$/gm)].map(([, tex = '']) => tex.length);
  lengths.sort((a, b) => a - b);
  expect(lengths.at(lengths.length * 0.5)).toBeGreaterThan(75);
  expect(lengths.at(lengths.length * 0.5)).toBeLessThan(105);
  expect(lengths.at(lengths.length * 0.9)).toBeGreaterThan(170);
  expect(lengths.at(lengths.length * 0.9)).toBeLessThan(240);
  for (const part of ['\\frac', '\\begin{aligned}', '\\begin{cases}', 'matrix}', '\\sum', '\\text{'])
    expect(all).toContain(part);
  expect(count(all, /^## /gm)).toBeGreaterThan(maths.length);
  expect(all).toMatch(/[가-힣]/);
});

it('has no formula in plain prose, and a kilobyte a post', () => {
  const prose = posts({ kind: 'prose', posts: 200, seed: 1 }).map(({ text }) => text);
  expect(prose.join('')).not.toMatch(/\$|```/);
  expect(prose.join('').length / prose.length).toBeGreaterThan(900);
  expect(prose.join('').length / prose.length).toBeLessThan(1250);
});

it('gives posts of other systems a title and a date when they lack them, and drops front matter of one system', () => {
  expect(plainPost('# On rings\n\nText.\n', 'rings.md')).toBe(
    '---\ntitle: "On rings"\ndate: 2020-01-01\ntags: []\n---\n\n# On rings\n\nText.\n',
  );
  expect(
    plainPost('---\ntitle: A\ndate: 2019-02-05T01:00:00Z\nlayout: x\ntags: b, c\n---\nText.\n', 'a.md'),
  ).toBe('---\ntitle: "A"\ndate: 2019-02-05\ntags: ["b","c"]\n---\n\nText.\n');
});

it('copies a folder of posts under names made of their paths, without what is no post', () => {
  const from = makeFolder({
    'a.md': 'A',
    'b/index.md': 'B',
    'index.md': 'I',
    'b/c.md': 'C',
    'README.md': 'no',
    '_d.md': 'no',
    'e.png': '',
  });
  const to = join(makeFolder({}), 'posts');
  copyPosts(from, to);
  expect(readdirSync(to).sort()).toEqual(['a.md', 'b-c.md', 'b.md', 'index-page.md']);
  expect(readFileSync(join(to, 'b.md'), 'utf8')).toContain('title: "b"');
});
