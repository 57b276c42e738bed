import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { makeFolder } from '../output/tree.js';

const inline = 'document.title';
const page = `<!doctype html><link rel="icon" href="/icon.svg"><link rel="canonical" href="https://a.test/blog/">
<link rel="preload" href="/blog/a.woff2" as="font"><link rel="stylesheet" href="/blog/a.css">
<script src="/blog/a.js"></script><script>${inline}</script><script type="application/ld+json">{}</script><img src="/x.png">`;
const site = {
  'p/index.html': page,
  'a.woff2': 'font'.repeat(50),
  'a.css': 'p{}'.repeat(50),
  'a.js': 'f();'.repeat(500),
};
const zipped = (text: string) => gzipSync(text, { level: 9 }).length;

function weigh(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['bench/weight.mjs', ...args], {
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}

it('weighs a page with everything that is loaded with it, without pictures', () => {
  const { stdout, status } = weigh(makeFolder(site), '/p/');
  const script = zipped(site['a.js']);
  const total = zipped(page) + 200 + zipped(site['a.css']) + script;
  expect(stdout.split('\n').slice(2, -1)).toEqual([
    `| \`/p/\` | page | ${page.length} | ${zipped(page)} |`,
    '| `/a.woff2` | font | 200 | 200 |',
    `| \`/a.css\` | style | 150 | ${zipped(site['a.css'])} |`,
    `| \`/a.js\` | script | 2000 | ${script} |`,
    `| **all** | | ${page.length + 2350} | **${total}** |`,
    `| JavaScript in it, with what is in the page | | | **${script + zipped(inline)}** |`,
  ]);
  expect(status).toBe(0);
});

it('fails a page that is heavier than its limits', () => {
  const folder = makeFolder(site);
  expect(weigh(folder, '/p/', '--limit', '1', '--limit-js', '0.1').status).toBe(0);
  expect(weigh(folder, '/p/', '--limit', '0.3').status).toBe(1);
  expect(weigh(folder, '/p/', '--limit-js', '0.03').status).toBe(1);
  expect(weigh(folder).status).toBe(2);
});

it('does not pass over what it cannot weigh', () => {
  const other = page.replace('/blog/a.css', 'https://cdn.test/a.css');
  expect(weigh(makeFolder({ ...site, 'p/index.html': other }), '/p/').stderr).toContain('another origin');
  const { 'a.css': _, ...lacking } = site;
  expect(weigh(makeFolder(lacking), '/p/').stderr).toContain('/blog/a.css');
});
