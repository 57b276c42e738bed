// The manifest decides what may be removed, so a hostile one must come to nothing.
import { describe, expect, it } from 'vitest';
import {
  isOutputPath,
  knownHashes,
  type Manifest,
  parseManifest,
  printManifest,
} from '../../src/output/manifest.js';

const manifest: Manifest = {
  files: new Map([
    ['index.html', 'aa'],
    ['404.html', 'bb'],
    ['posts/가/index.html', 'cc'],
    ['__proto__', 'dd'],
  ]),
  unfinished: [],
};

describe('the manifest', () => {
  it('reads what it prints', () => {
    const unfinished: Manifest = { ...manifest, unfinished: [['index.html', 'ee']] };
    for (const one of [manifest, unfinished]) {
      const back = parseManifest(printManifest(one));
      expect(new Map(back?.files)).toEqual(one.files);
      expect(back?.unfinished).toEqual(one.unfinished);
    }
  });

  it('is the same text whatever the order of the files', () => {
    const reversed = new Map([...manifest.files].reverse());
    expect(printManifest({ ...manifest, files: reversed })).toBe(printManifest(manifest));
  });

  it('knows every hash that a killed build may have left', () => {
    const known = knownHashes({
      ...manifest,
      unfinished: [
        ['index.html', 'ee'],
        ['new.html', 'ff'],
      ],
    });
    expect(known.get('index.html')).toEqual(new Set(['aa', 'ee']));
    expect(known.get('new.html')).toEqual(new Set(['ff']));
  });

  it.each([
    ['nothing', ''],
    ['half a file', printManifest(manifest).slice(0, 40)],
    ['a merge conflict', `<<<<<<< HEAD\n${printManifest(manifest)}`],
    ['a list', '[]'],
    ['null', 'null'],
    ['another version', '{"version":2,"files":{}}'],
    ['no files', '{"version":1}'],
    ['a hash that is no text', '{"version":1,"files":{"a":1}}'],
    ['a path that leaves the folder', '{"version":1,"files":{"../a":"aa"}}'],
    [
      'an unfinished path that leaves the folder',
      '{"version":1,"files":{},"unfinished":[["/etc/passwd","aa"]]}',
    ],
    ['unfinished files that are no list', '{"version":1,"files":{},"unfinished":"x"}'],
  ])('is refused when it is %s', (_, text) => {
    expect(parseManifest(printManifest(manifest))).toBeDefined();
    expect(parseManifest(text)).toBeUndefined();
  });
});

describe('a path in the output folder', () => {
  it.each([
    'index.html',
    '.nojekyll',
    'posts/x/index.html',
    'a..b/c',
    '가/나.html',
    'a b',
    'post:x',
    '.postulate',
  ])('may be %s', (path) => expect(isOutputPath(path)).toBe(true));

  it.each([
    '',
    '.',
    '..',
    '/',
    '/etc/passwd',
    '../x',
    'a/../../b',
    'a/..',
    './a',
    'a//b',
    'a/',
    'a\\b',
    'C:\\x',
    'C:x',
    'c:/x',
    'a\0b',
    '.postulate.json',
    '.postulate.tmp/1',
    '.POSTULATE.LOCK',
  ])('may not be %j', (path) => expect(isOutputPath(path)).toBe(false));
});
