import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { subsetToWoff2 } from '../../src/output/fonts.js';
import { type KatexFilesOptions, katexFiles, loadKatex } from '../../src/output/katex.js';
import { printed } from '../math/printed.js';
import { makeFolder } from './tree.js';

const katex = await loadKatex();
const glyphsOf = (...formulas: string[]) => katex.glyphsOf(formulas.flatMap((tex) => printed(tex).runs));

function build(glyphs: KatexFilesOptions['glyphs'], options: Partial<KatexFilesOptions> = {}) {
  return katexFiles(katex, { glyphs, fonts: 'subset', cacheFolder: undefined, ...options });
}

const noSubsetter = () => Promise.reject(new Error('WebAssembly is not allowed here\nat …'));

describe('the files of KaTeX', () => {
  it('are its style sheet and the fonts in use, cut, each once', async () => {
    const { files, style, diagnostics } = await build(glyphsOf('x + 1', '\\mathbb{R}'));
    const whole = await build(glyphsOf('x + 1', '\\mathbb{R}'), { fonts: 'full' });
    expect(diagnostics).toEqual([]);
    expect(files.map(({ path }) => path.replace(/\.[\da-f]{8}\./, '.'))).toEqual([
      'assets/katex/katex.css',
      'assets/katex/KaTeX_AMS-Regular.woff2',
      'assets/katex/KaTeX_Main-Regular.woff2',
      'assets/katex/KaTeX_Math-Italic.woff2',
    ]);
    expect(style).toBe(`/${files[0]?.path}`);
    expect(size(files)).toBeLessThan(size(whole.files) / 8);
  });

  it('carry a hash of their content in their names, and the style sheet names the fonts that are there', async () => {
    const { files } = await build(glyphsOf('x + 1', '\\mathbb{R}'));
    for (const { path, content } of files) {
      expect(path).toContain(`.${createHash('sha256').update(content).digest('hex').slice(0, 8)}.`);
    }
    const [style, ...fonts] = files;
    const urls = [...String(style?.content).matchAll(/url\(([^)]*)\)/g)].map(
      ([, url]) => `assets/katex/${url}`,
    );
    expect(urls).toEqual(fonts.map(({ path }) => path));
  });

  it('are whole with `fonts: full`, the ones that are not in use too', async () => {
    const { files, preload } = await build(glyphsOf('x'), { fonts: 'full', subset: noSubsetter });
    expect(files).toHaveLength(1 + katex.style.faces.length);
    const [, first] = files;
    expect(first?.content).toEqual(readFileSync(join(katex.folder, 'fonts/KaTeX_AMS-Regular.woff2')));
    expect(preload(glyphsOf('x'))).toHaveLength(2);
  });

  it('are the same bytes whatever the order of the formulas', async () => {
    const one = await build(glyphsOf('a + b', '\\mathbf{c}', 'd'));
    const other = await build(glyphsOf('d', '\\mathbf{c}', 'a + b'));
    expect(other.files).toEqual(one.files);
    expect((await build(glyphsOf('a + b', '\\mathbf{c}', 'e'))).style).not.toBe(one.style);
  });

  it('are preloaded where a page needs them', async () => {
    const { files, preload } = await build(glyphsOf('x + 1', '\\mathbb{R}'));
    const [, ams, main, math] = files.map(({ path }) => `/${path}`);
    expect(preload(glyphsOf('x'))).toEqual([main, math]);
    expect(preload(glyphsOf('\\mathbb{R}'))).toEqual([ams, main]);
    expect(preload({})).toEqual([]);
  });
});

describe('where fonts cannot be cut', () => {
  it('they are shipped whole, with one warning', async () => {
    const glyphs = glyphsOf('x');
    expect((await build(glyphs)).diagnostics).toEqual([]);
    const { files, diagnostics } = await build(glyphs, { subset: noSubsetter });
    expect(diagnostics).toEqual([
      {
        severity: 'warning',
        code: 'fonts/uncut',
        message:
          'KaTeX’s fonts cannot be cut to the glyphs in use and are shipped whole: WebAssembly is not allowed here',
        hint: 'pages are only heavier for it; write fonts: full into site.yaml if that is meant',
      },
    ]);
    const [, main] = files;
    expect(main?.content).toEqual(readFileSync(join(katex.folder, 'fonts/KaTeX_Main-Regular.woff2')));
  });
});

it('refuses a damaged font', async () => {
  const font = readFileSync(join(katex.folder, 'fonts/KaTeX_Main-Regular.ttf'));
  const [cut] = await subsetToWoff2([{ font, characters: 'x' }]);
  expect(Buffer.from(cut ?? []).toString('latin1', 0, 4)).toBe('wOF2');
  const damaged = font.subarray(0, 5000);
  await expect(
    subsetToWoff2([
      { font, characters: 'x' },
      { font: damaged, characters: 'x' },
    ]),
  ).rejects.toThrow();
});

describe('the cache', () => {
  const glyphs = glyphsOf('x + 1');

  function spiedBuild(cacheFolder: string, used = glyphs) {
    const subset = vi.fn(subsetToWoff2);
    return build(used, { cacheFolder, subset }).then(({ files }) => ({
      files,
      cut: subset.mock.calls.flat(2).length,
    }));
  }

  it('spares a build without new glyphs the subsetter', async () => {
    const folder = makeFolder();
    const first = await spiedBuild(folder);
    const second = await spiedBuild(folder);
    expect([first.cut, second.cut]).toEqual([2, 0]);
    expect(second.files).toEqual(first.files);
    expect(second.files).toEqual((await build(glyphs)).files);
  });

  it('is not taken for other glyphs, and stays one entry a font', async () => {
    const folder = makeFolder();
    await spiedBuild(folder);
    const more = glyphsOf('x + 2');
    const { files, cut } = await spiedBuild(folder, more);
    expect(cut).toBe(1);
    expect(files).toEqual((await build(more)).files);
    expect(readdirSync(folder)).toEqual(['KaTeX_Main-Regular.woff2', 'KaTeX_Math-Italic.woff2']);
  });

  it.each<[string, (entry: string, other: string) => void]>([
    ['truncated', (entry) => writeFileSync(entry, readFileSync(entry).subarray(0, 300))],
    ['empty', (entry) => writeFileSync(entry, '')],
    ['changed in one bit', (entry) => writeFileSync(entry, flipped(readFileSync(entry)))],
    ['a font without our mark', (entry) => writeFileSync(entry, readFileSync(entry).subarray(64))],
    ['the entry of another font', (entry, other) => copyFileSync(other, entry)],
    ['missing', (entry) => rmSync(entry)],
  ])('makes an entry again that is %s', async (_, damage) => {
    const folder = makeFolder();
    const { files } = await spiedBuild(folder);
    const entry = join(folder, 'KaTeX_Main-Regular.woff2');
    damage(entry, join(folder, 'KaTeX_Math-Italic.woff2'));
    const again = await spiedBuild(folder);
    expect(again).toEqual({ files, cut: 1 });
    expect(await spiedBuild(folder)).toEqual({ files, cut: 0 });
  });

  it('is no error where it cannot be written', async () => {
    const { files } = await build(glyphs);
    const folder = makeFolder({ file: 'in the way of the folder' });
    expect((await spiedBuild(join(folder, 'file'))).files).toEqual(files);
    mkdirSync(join(folder, 'cache/KaTeX_Main-Regular.woff2'), { recursive: true });
    expect((await spiedBuild(join(folder, 'cache'))).files).toEqual(files);
    expect(readdirSync(join(folder, 'cache'))).toEqual([
      'KaTeX_Main-Regular.woff2',
      'KaTeX_Math-Italic.woff2',
    ]);
  });
});

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(500) ^ 1, 500);
  return changed;
}

function size(files: readonly { content: string | Uint8Array }[]): number {
  return files.reduce((sum, { content }) => sum + content.length, 0);
}
