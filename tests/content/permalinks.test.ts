// Slugs, and which addresses are safe.

import { isAbsolute, join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandPermalink, fileOf, sitePath, slugify, tagSlug } from '../../src/content/permalinks.js';

it.each([
  ['Attention in NLP', 'attention-in-nlp'],
  ['멀티 암드 밴딧', '멀티-암드-밴딧'],
  ['멀티 암드 밴딧'.normalize('NFD'), '멀티-암드-밴딧'],
  ['Übung Nº 1: été', 'übung-nº-1-été'],
  ["What's new?", 'whats-new'],
  ['  spaces  ', 'spaces'],
  ['../x', 'x'],
  ['🎉', ''],
])('The slug of %j is %j.', (text, slug) => {
  expect(slugify(text)).toBe(slug);
});

it.each([
  ['C', 'c'],
  ['C++', 'c-plus-plus'],
  ['C#', 'c-sharp'],
  ['#mlops', 'sharpmlops'],
  ['NLP', 'nlp'],
  ['Deep Learning', 'deep-learning'],
  ['추천 시스템', '추천-시스템'],
  ['.NET', 'net'],
  ['constructor', 'constructor'],
  ['!?', ''],
])('The slug of the tag %j is %j.', (tag, slug) => {
  expect(tagSlug(tag)).toBe(slug);
});

describe('an address', () => {
  it.each([
    ['/about/', '/about/', 'about/index.html'],
    ['about', '/about/', 'about/index.html'],
    [' /about ', '/about/', 'about/index.html'],
    ['/ko/posts/2019/x/', '/ko/posts/2019/x/', 'ko/posts/2019/x/index.html'],
    ['/x.html', '/x.html', 'x.html'],
    ['/a/index.html', '/a/', 'a/index.html'],
    ['/', '/', 'index.html'],
    ['/한글/'.normalize('NFD'), '/한글/', '한글/index.html'],
    ['/%ED%95%9C%EA%B8%80/', '/한글/', '한글/index.html'],
    ['/100%/', '/100%/', '100%/index.html'],
    ['/.well-known/x/', '/.well-known/x/', '.well-known/x/index.html'],
    ['/a b/', '/a b/', 'a b/index.html'],
    ['/v1.2/', '/v1.2/', 'v1.2/index.html'],
  ])('%j is the site path %j', (written, path, file) => {
    expect(sitePath(written)).toEqual({ path });
    expect(fileOf(path)).toBe(file);
  });

  it.each([
    ...[
      '../x',
      '/../x',
      'a/../../b',
      '/a/./b/',
      '.',
      '..',
      '/%2e%2e/x',
      '%2E%2E',
      '/a/%2e%2e%2fb',
      '/%252e%252e/',
    ],
    ...[
      'C:\\x',
      'C:/x',
      'a\\b',
      '\\\\server\\x',
      '//evil.example/x',
      '/a//b/',
      'https://evil.example/',
      'javascript:x',
    ],
    ...[
      '/a\0b/',
      '/a\nb/',
      '/a\u007fb/',
      '/a\u2028b/',
      '/%00/',
      '/a\ud800/',
      '/a?b/',
      '/a#b/',
      '/a|b',
      '/a*',
      '/<x>',
      '/"x"',
    ],
    ...[
      '/con/',
      '/CON',
      '/aux.html',
      '/nul.txt/',
      '/com1/',
      '/a./',
      '/a /b/',
      '/ a/',
      '/.git/',
      '/.htaccess',
    ],
    ...[`/${'x'.repeat(201)}/`, `/${'가'.repeat(70)}/`, `/${'x/'.repeat(600)}`],
  ])('%j is refused', (written) => {
    expect(sitePath('/good/')).toEqual({ path: '/good/' });
    expect(sitePath(written)).toHaveProperty('fault');
  });

  it('never leaves the output folder, whatever is written', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      '%2e',
      '%2f',
      '%5c',
      '%',
      '\0',
      'C:',
      'a',
      ' ',
      '한',
      '.html',
      '~',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((parts) => parts.join('')),
        ),
        (written) => {
          const site = sitePath(written);
          if ('fault' in site) return;
          const inside = relative('/out', join('/out', fileOf(site.path)));
          expect(isAbsolute(inside) || inside.startsWith('..') || inside === '').toBe(false);
          expect(site.path).toMatch(/^\/(?:.*(?:\/|\.html?))?$/i);
          expect(sitePath(encodeURI(site.path))).toEqual(site);
        },
      ),
      { seed: 7, numRuns: 2000 },
    );
  });
});

it('A permalink pattern is filled; what is no placeholder stays.', () => {
  const values = { year: '2019', month: '02', day: '05', slug: 'x', title: 'x', lang: 'ko' };
  expect(expandPermalink('/:lang/:year/:month/:day/:slug/:other/', values)).toBe('/ko/2019/02/05/x/:other/');
  expect(expandPermalink('/:title-:constructor', values)).toBe('/x-:constructor');
});
