// The weight of a page over the wire: the page and everything that a browser loads with it, without pictures.
//   node bench/weight.mjs public /posts/attention-in-nlp/ --limit 70 --limit-js 4
// Text counts as gzip -9 makes it, fonts as they are (woff2 is compressed); 1 KB is 1000 bytes. The limits are in KB;
// beyond them the exit code is 1.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    limit: { type: 'string', default: 'Infinity' },
    'limit-js': { type: 'string', default: 'Infinity' },
  },
});
const [folder, page] = positionals;
if (folder === undefined || page === undefined) {
  console.error('usage: node bench/weight.mjs FOLDER PAGE [--limit KB] [--limit-js KB]');
  process.exit(2);
}

const html = readFileSync(join(folder, page, page.endsWith('/') ? 'index.html' : ''), 'utf8');
const items = [
  item('page', page, Buffer.from(html)),
  ...tags('link')
    .filter(isLoaded)
    .map((link) => load(link.as ?? 'style', link.href)),
  ...tags('script')
    .filter(({ src }) => src)
    .map(({ src }) => load('script', src)),
];
const inline = Buffer.from(inlineScripts().join('\n'));
const scripts = items.filter(({ kind }) => kind === 'script');
const total = sum(items);
const javaScript = sum(scripts) + (inline.length > 0 ? gzipSync(inline, { level: 9 }).length : 0);

console.log('| file | kind | bytes | over the wire |\n|---|---|--:|--:|');
for (const { path, kind, bytes, wire } of items)
  console.log(`| \`${path}\` | ${kind} | ${bytes} | ${wire} |`);
console.log(`| **all** | | ${items.reduce((all, { bytes }) => all + bytes, 0)} | **${total}** |`);
console.log(`| JavaScript in it, with what is in the page | | | **${javaScript}** |`);
process.exitCode =
  total > Number(values.limit) * 1000 || javaScript > Number(values['limit-js']) * 1000 ? 1 : 0;

/** Attributes of all elements of a name, in the order of the page. */
function tags(name) {
  return [...html.matchAll(new RegExp(`<${name}\\b[^>]*>`, 'g'))].map(([tag]) =>
    Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value])),
  );
}

function isLoaded({ rel = '' }) {
  return ['stylesheet', 'preload', 'modulepreload'].includes(rel);
}

/** Scripts in the page; data in script elements is none. */
function inlineScripts() {
  const found = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)];
  return found
    .filter(([, head]) => !/\bsrc=|\btype="(?!module|text\/javascript)/.test(head))
    .map(([, , code]) => code);
}

/** Where the site lies below the root of its server, the first folders of an address are not in the output. */
function load(kind, address) {
  if (!address.startsWith('/') || address.startsWith('//')) throw new Error(`another origin: ${address}`);
  const parts = decodeURI(address).split('/').slice(1);
  const path = parts
    .map((_, index) => parts.slice(index).join('/'))
    .find((name) => existsSync(join(folder, name)));
  if (path === undefined) throw new Error(`not in ${folder}: ${address}`);
  return item(kind, `/${path}`, readFileSync(join(folder, path)));
}

function item(kind, path, content) {
  const wire = path.endsWith('.woff2') ? content.length : gzipSync(content, { level: 9 }).length;
  return { kind, path, bytes: content.length, wire };
}

function sum(counted) {
  return counted.reduce((all, { wire }) => all + wire, 0);
}
