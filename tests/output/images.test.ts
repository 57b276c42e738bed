import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type ImageMemory, type ImagesOptions, makeImages } from '../../src/output/images.js';
import { type ImageToolSource, sharpSource } from '../../src/output/sharp.js';
import { animation, cornersOf, type Format, fourCorners, noise, withNotes } from './pictures.js';
import { makeFolder } from './tree.js';

interface Given extends Partial<ImagesOptions> {
  readonly covers?: readonly string[];
}

/** Makes the images of these files, each shown on the line of its number. */
async function make(
  files: Readonly<Record<string, Uint8Array | string>>,
  { covers = [], ...options }: Given = {},
) {
  const folder = makeFolder();
  const shown = Object.entries(files).map(([name, content], index) => {
    writeFileSync(join(folder, name), content);
    const path = `posts/${name}`;
    const asset = { path, output: path };
    return { asset, place: { file: 'posts/a.md', line: index + 1 }, isCover: covers.includes(name) };
  });
  const made = await makeImages(shown, {
    absolute: (path) => join(folder, path.replace('posts/', '')),
    previews: true,
    cacheFolder: undefined,
    ...options,
  });
  const contentOf = new Map(made.files.map(({ path, content }) => [path, Buffer.from(content)]));
  return {
    ...made,
    asset: (name: string) => made.assets.get(`posts/${name}`),
    original: (name: string) => Buffer.from(made.contents.get(`posts/${name}`) ?? ''),
    /** `avif 480 720`, from the source that a browser takes first. */
    sources: (name: string) =>
      made.assets
        .get(`posts/${name}`)
        ?.sources?.map(({ type, files }) => [type.slice(6), ...files.map(({ width }) => width)].join(' ')),
    content: (path: string) => contentOf.get(path) ?? Buffer.alloc(0),
    reports: made.diagnostics.map(
      ({ severity, code, line, message }) => `${severity} ${code} ${line}: ${message}`,
    ),
  };
}

/** Sharp, with what it was asked to do. */
function watched(source: Partial<ImageToolSource> = {}) {
  const work: string[] = [];
  const watching: ImageToolSource = {
    ...sharpSource,
    load: async () => {
      work.push('load');
      const tool = await sharpSource.load();
      return {
        inspect: (bytes) => {
          work.push('inspect');
          return tool.inspect(bytes);
        },
        encode: (bytes, encoding) => {
          work.push(`${encoding.format} ${encoding.width}`);
          return tool.encode(bytes, encoding);
        },
      };
    },
    ...source,
  };
  return { work, source: watching };
}

const missing = { load: () => Promise.reject(new Error('Could not load the "sharp" module\nadvice')) };
const photo = (width: number, height = 40) => noise(width, height).jpeg({ quality: 95 }).toBuffer();

describe('an image', () => {
  it('has smaller files of it, up to what the densest screens show', async () => {
    const { sources, files, content, asset, original, diagnostics } = await make({
      'photo.jpg': await photo(1700),
    });
    expect(sources('photo.jpg')).toEqual(['avif 480 720 1080 1440', 'webp 480 720 1080 1440']);
    expect(diagnostics).toEqual([]);
    expect(files).toHaveLength(8);
    for (const { type, files: candidates } of asset('photo.jpg')?.sources ?? []) {
      for (const { output, width } of candidates) {
        const { format, compression, width: stored, height } = await sharp(content(output)).metadata();
        expect([compression === 'av1' ? 'image/avif' : `image/${format}`, stored]).toEqual([type, width]);
        expect(height).toBe(Math.round((40 * width) / 1700));
        expect(content(output).length).toBeLessThan(original('photo.jpg').length);
      }
    }
  });

  it.each([
    [100, '100'],
    [480, '480'],
    [500, '500'],
    [600, '480 600'],
    [1080, '480 720 1080'],
    [1300, '480 720 1080 1300'],
    [1450, '480 720 1080 1440'],
  ])('of %i pixels is never made larger', async (width, expected) => {
    const { sources } = await make({ 'a.jpg': await photo(width, 20) });
    expect(sources('a.jpg')).toEqual([`avif ${expected}`, `webp ${expected}`]);
  });

  it('of any of four formats', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
      const bytes = await noise(700, 40).toFormat(format, { quality: 100 }).toBuffer();
      const { sources } = await make({ a: bytes });
      expect([format, sources('a')?.[0]]).toEqual([format, 'avif 480 700']);
    }
  });

  it('has no smaller files where they would not be smaller', async () => {
    const bits = await noise(900, 100).threshold(128).png({ palette: true, colours: 2 }).toBuffer();
    const tiny = await noise(4, 4).png().toBuffer();
    const { sources, original, files } = await make({ 'bits.png': bits, 'tiny.png': tiny });
    expect([sources('bits.png'), sources('tiny.png')]).toEqual([undefined, undefined]);
    expect(files).toEqual([]);
    expect(original('bits.png')).toEqual(bits);
  });

  it('keeps what is transparent', async () => {
    const glass = await noise(600, 40).ensureAlpha(0.5).png().toBuffer();
    const { asset, content } = await make({ 'glass.png': glass });
    const outputs =
      asset('glass.png')?.sources?.flatMap(({ files }) => files.map(({ output }) => output)) ?? [];
    expect(outputs).toHaveLength(4);
    for (const output of outputs) expect((await sharp(content(output)).stats()).isOpaque).toBe(false);
  });

  it('too high for a WebP has none', async () => {
    const { sources, reports } = await make({ 'long.png': await noise(20, 16_500).png().toBuffer() });
    expect(sources('long.png')).toBeUndefined();
    expect(reports).toEqual([]);
  });

  it('has files with a hash of their content in plain names', async () => {
    const bytes = await photo(600);
    const { files } = await make({ '내 그림, (1) "x".jpg': bytes, [`${'가'.repeat(70)}.jpg`]: bytes });
    const names = files.map(({ path }) => path.replace(/\.[\da-f]{8}\./, '.'));
    expect(names).toContain('assets/images/내-그림-1-x--480.avif');
    expect(names).toContain(`assets/images/${'가'.repeat(40)}-600.webp`);
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    const other = await make({ '내 그림, (1) "x".jpg': await photo(600, 41) });
    expect(other.files.filter(({ path }) => files.some((file) => file.path === path))).toEqual([]);
  });

  it('that lies in two folders has its files once', async () => {
    const bytes = await photo(480);
    const folder = makeFolder();
    writeFileSync(join(folder, 'a.jpg'), bytes);
    const shown = ['posts/x/a.jpg', 'posts/y/a.jpg'].map((path) => ({
      asset: { path, output: path },
      place: { file: 'posts/a.md' },
      isCover: false,
    }));
    const options = { absolute: () => join(folder, 'a.jpg'), previews: false, cacheFolder: undefined };
    const { files, assets } = await makeImages(shown, options);
    expect(files).toHaveLength(2);
    expect(assets.get('posts/x/a.jpg')?.sources).toEqual(assets.get('posts/y/a.jpg')?.sources);
  });
});

describe('the original', () => {
  const formats: Format[] = ['jpeg', 'png', 'webp', 'avif'];

  it.each(formats)('tells nothing of who took it where, and no file made of it does: %s', async (format) => {
    const bytes = await withNotes(noise(600, 40), format);
    expect(bytes.toString('latin1')).toContain('Secret');
    const { files, original } = await make({ a: bytes }, { covers: ['a'] });
    expect(files.length).toBeGreaterThan(4);
    for (const content of [original('a'), ...files.map((file) => Buffer.from(file.content))]) {
      const { exif, xmp, iptc } = await sharp(content).metadata();
      expect([exif, xmp, iptc]).toEqual([undefined, undefined, undefined]);
      expect(content.toString('latin1')).not.toMatch(/Secret/);
    }
  });

  it.each(['jpeg', 'png', 'webp'] as const)('loses not a pixel with it: %s', async (format) => {
    const bytes = await withNotes(noise(60, 40), format);
    const { original } = await make({ a: bytes });
    expect(await sharp(original('a')).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer());
  });

  it.each([
    [1, 'red green blue white'],
    [2, 'green red white blue'],
    [3, 'white blue green red'],
    [4, 'blue white red green'],
    [5, 'red blue green white'],
    [6, 'blue red white green'],
    [7, 'white green blue red'],
    [8, 'green white red blue'],
  ])('stands upright, however the camera was held: %i', async (orientation, expected) => {
    for (const format of formats) {
      const bytes = await withNotes(fourCorners(), format, orientation);
      const { asset, original, content } = await make({ a: bytes }, { covers: ['a'] });
      const [width, height] = orientation < 5 ? [48, 24] : [24, 48];
      expect([format, asset('a')]).toMatchObject([format, { width, height, preview: { width, height } }]);
      expect([format, await cornersOf(original('a'))]).toEqual([format, expected]);
      expect([format, await cornersOf(content(asset('a')?.preview?.output ?? ''))]).toEqual([
        format,
        expected,
      ]);
      const { orientation: left } = await sharp(original('a')).metadata();
      expect(left).toBeUndefined();
    }
  });
});

describe('what stays as it is', () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="9" height="9"/></svg>';

  it('is what moves and what is drawn by lines, and sharp is not even loaded for it', async () => {
    const given = { 'a.gif': await animation('gif'), 'a.webp': await animation('webp'), 'a.svg': svg };
    const { work, source } = watched({ version: () => Promise.reject(new Error('not asked for')) });
    const { original, files, asset, diagnostics } = await make(given, { source });
    for (const [name, content] of Object.entries(given)) {
      expect(original(name)).toEqual(Buffer.from(content));
      expect(asset(name)).toEqual({ path: `posts/${name}`, output: `posts/${name}`, width: 20, height: 10 });
    }
    expect([files, diagnostics, work]).toEqual([[], [], []]);
  });

  it('is what nobody takes for an image by its name', async () => {
    const { original, diagnostics } = await make({ 'a.pdf': '%PDF-1.7', 'a.mp4': 'film', 'a.svg': '<svg' });
    expect(original('a.pdf').toString()).toBe('%PDF-1.7');
    expect(diagnostics).toEqual([]);
  });
});

describe('a cover', () => {
  it('has a file for cards, and a JPEG for other sites', async () => {
    const { asset, content, sources } = await make({ 'a.jpg': await photo(1500) }, { covers: ['a.jpg'] });
    expect(sources('a.jpg')?.[0]).toBe('avif 320 480 720 1080 1440');
    const preview = asset('a.jpg')?.preview;
    expect(preview).toMatchObject({ width: 1200, height: 32 });
    expect(await sharp(content(preview?.output ?? '')).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1200,
      height: 32,
    });
  });

  it('has no JPEG where no site can be told of it', async () => {
    const { asset } = await make({ 'a.jpg': await photo(600) }, { covers: ['a.jpg'], previews: false });
    expect(asset('a.jpg')?.preview).toBeUndefined();
    expect(asset('a.jpg')?.sources?.[0]?.files[0]?.width).toBe(320);
  });

  it('is shown on white where it is transparent', async () => {
    const clear = { create: { width: 40, height: 20, channels: 4 as const, background: '#0000' } };
    const { asset, content } = await make(
      { 'a.png': await sharp(clear).png().toBuffer() },
      { covers: ['a.png'] },
    );
    expect(await cornersOf(content(asset('a.png')?.preview?.output ?? ''))).toBe('white white white white');
  });

  it('that is drawn by lines is drawn for it, and loads nothing', async () => {
    const secret = join(makeFolder(), 'secret.png');
    writeFileSync(secret, await fourCorners().png().toBuffer());
    const svg = (content: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">${content}</svg>`;
    const given = {
      'a.svg': svg('<rect width="20" height="10" fill="red"/>'),
      'b.svg': svg(`<image href="file://${secret}" width="20" height="10"/>`),
    };
    const { asset, content, original } = await make(given, { covers: ['a.svg', 'b.svg'] });
    expect(asset('a.svg')?.preview).toMatchObject({ width: 1200, height: 600 });
    expect(await cornersOf(content(asset('a.svg')?.preview?.output ?? ''))).toBe('red red red red');
    expect(await cornersOf(content(asset('b.svg')?.preview?.output ?? ''))).toBe('white white white white');
    expect(original('a.svg').toString()).toBe(given['a.svg']);
    expect(asset('a.svg')).not.toHaveProperty('sources');
  });

  it('that moves is shown by its first picture, and moves on the page', async () => {
    const given = await animation('gif');
    const { asset, content, original } = await make({ 'a.gif': given }, { covers: ['a.gif'] });
    expect(asset('a.gif')).toMatchObject({ width: 20, height: 10, preview: { width: 20, height: 10 } });
    expect(await cornersOf(content(asset('a.gif')?.preview?.output ?? ''))).toBe('red red red red');
    expect(original('a.gif')).toEqual(given);
  });
});

describe('a file that cannot be read as an image', () => {
  const bomb = async () => {
    const bytes = await noise(8, 8).png().toBuffer();
    bytes.writeUInt32BE(40_000, 16);
    bytes.writeUInt32BE(40_000, 20);
    return bytes;
  };

  it.each<[string, () => Promise<Buffer | string>, string]>([
    [
      'cut.jpg',
      async () => (await photo(600)).subarray(0, 9000),
      'posts/cut.jpg is damaged, or of an unusual kind',
    ],
    [
      'cut.png',
      async () => (await noise(90, 90).png().toBuffer()).subarray(0, 9000),
      'posts/cut.png is damaged, or of an unusual kind',
    ],
    [
      'little.png',
      async () => (await noise(9, 9).png().toBuffer()).subarray(0, 200),
      'posts/little.png is damaged, or of an unusual kind',
    ],
    [
      'cut.webp',
      async () => (await noise(90, 90).webp().toBuffer()).subarray(0, 900),
      'posts/cut.webp is damaged, or of an unusual kind',
    ],
    [
      'cut.avif',
      async () => (await noise(90, 90).avif().toBuffer()).subarray(0, 900),
      'posts/cut.avif is damaged, or of an unusual kind',
    ],
    ['page.png', async () => '<!doctype html><p>404', 'posts/page.png is no image that browsers can show'],
    ['empty.gif', async () => '', 'posts/empty.gif is no image that browsers can show'],
    [
      'lfs.PNG',
      async () => 'version https://git-lfs.github.com/spec/v1\noid sha256:0',
      'posts/lfs.PNG is only what Git LFS puts in the place of an image',
    ],
    ['bomb.png', bomb, 'posts/bomb.png has more than 120 million pixels'],
  ])('is said at its place, and published as it is: %s', async (name, content, message) => {
    const given = await content();
    const { reports, original, asset, sources } = await make({
      'good.jpg': await photo(480, 20),
      [name]: given,
    });
    expect(reports).toHaveLength(1);
    expect(reports[0]).toContain(`warning image/broken 2: ${message}`);
    expect(original(name)).toEqual(Buffer.from(given));
    expect(asset(name)).not.toHaveProperty('sources');
    expect(sources('good.jpg')).toEqual(['avif 480', 'webp 480']);
  });
});

describe('where sharp does not run', () => {
  it('all images are published as they are, with one warning', async () => {
    const bytes = await photo(600);
    const turned = await withNotes(fourCorners(), 'jpeg', 6);
    const given = { 'a.jpg': bytes, 'b.jpg': turned };
    const { reports, asset, original, files } = await make(given, {
      covers: ['a.jpg'],
      source: { ...sharpSource, ...missing },
    });
    expect(reports).toEqual([
      'warning image/unavailable undefined: images are published as they are, since sharp does not run here: Could not load the "sharp" module',
    ]);
    expect(asset('a.jpg')).toEqual({ path: 'posts/a.jpg', output: 'posts/a.jpg', width: 600, height: 40 });
    expect(asset('b.jpg')).toEqual({ path: 'posts/b.jpg', output: 'posts/b.jpg', width: 24, height: 48 });
    expect(original('b.jpg')).toEqual(turned);
    expect(files).toEqual([]);
  });

  it('or is not there at all, it is the same', async () => {
    const source = { ...sharpSource, version: () => Promise.reject(new Error("Cannot find module 'sharp'")) };
    const { reports } = await make({ 'a.jpg': await photo(600) }, { source });
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatch(/^warning image\/unavailable .* Cannot find module 'sharp'$/);
  });

  it('what is in the cache is taken', async () => {
    const cacheFolder = makeFolder();
    const given = { 'a.jpg': await photo(600) };
    const { files } = await make(given, { cacheFolder });
    const without = await make(given, { cacheFolder, source: { ...sharpSource, ...missing } });
    expect(files).toHaveLength(4);
    expect(without.files).toEqual(files);
    expect(without.diagnostics).toEqual([]);
  });
});

describe('builds in a row', () => {
  it('read an image again only when its file has changed', async () => {
    const folder = makeFolder();
    const draw = async (name: string, width: number) =>
      writeFileSync(join(folder, name), await noise(width, 40).png().toBuffer());
    await draw('a.png', 60);
    await draw('b.png', 40);
    const memory: ImageMemory = new Map();
    const build = () => {
      const { source, work } = watched();
      const shown = ['a.png', 'b.png'].map((path) => ({
        ...{ asset: { path, output: path }, place: { file: 'posts/a.md' }, isCover: false },
      }));
      return makeImages(shown, {
        ...{ absolute: (path) => join(folder, path), previews: true, cacheFolder: undefined, memory, source },
      }).then((made) => ({ made, work }));
    };
    const first = await build();
    expect(first.work.filter((one) => one === 'inspect')).toHaveLength(2);
    const second = await build();
    expect(second.work).toEqual([]);
    expect(second.made).toEqual(first.made);
    await draw('b.png', 41);
    const third = await build();
    expect(third.work.filter((one) => one === 'inspect')).toHaveLength(1);
    expect(third.made.assets.get('b.png')?.width).toBe(41);
  });
});

it('that vanishes while it is read ends the build with a word about it', async () => {
  const shown = [
    { asset: { path: 'posts/a.png', output: 'a.png' }, place: { file: 'posts/a.md' }, isCover: false },
  ];
  const options = { absolute: () => '/nowhere/a.png', previews: true, cacheFolder: undefined };
  const { diagnostics } = await makeImages(shown, options);
  expect(diagnostics).toMatchObject([{ severity: 'error', code: 'env/file-system', file: 'posts/a.png' }]);
});

describe('the bytes', () => {
  it('are the same in every build, whatever was set before', async () => {
    const given = { 'a.jpg': await photo(900, 200), 'b.png': await noise(500, 100).png().toBuffer() };
    const one = await make(given, { covers: ['a.jpg'] });
    sharp.concurrency(8);
    const two = await make(given, { covers: ['a.jpg'] });
    expect(one.files.length).toBeGreaterThan(10);
    expect(two.files).toEqual(one.files);
    expect(sharp.concurrency()).toBe(1);
  });
});

describe('the cache', () => {
  it('spares a build all work, loading sharp too', async () => {
    const cacheFolder = makeFolder();
    const given = {
      'a.jpg': await withNotes(noise(600, 40), 'jpeg', 6),
      'b.png': await noise(20, 20).png().toBuffer(),
    };
    const first = watched();
    const second = watched();
    const one = await make(given, { cacheFolder, covers: ['a.jpg'], source: first.source });
    const two = await make(given, { cacheFolder, covers: ['a.jpg'], source: second.source });
    expect(first.work.filter((step) => step === 'load')).toHaveLength(1);
    expect(first.work).toContain('jpeg 40');
    expect(second.work).toEqual([]);
    expect([two.files, two.assets, two.contents]).toEqual([one.files, one.assets, one.contents]);
    const without = await make(given, { covers: ['a.jpg'] });
    expect([two.files, two.assets, two.contents]).toEqual([without.files, without.assets, without.contents]);
  });

  it('goes by content: not by names, but by every byte and by the tool', async () => {
    const cacheFolder = makeFolder();
    const bytes = await photo(480, 20);
    const work = async (name: string, content: Buffer, version = sharpSource.version) => {
      const { work: done, source } = watched({ version });
      await make({ [name]: content }, { cacheFolder, source });
      return done;
    };
    const all = ['load', 'inspect', 'webp 480', 'avif 480'];
    expect(await work('a.jpg', bytes)).toEqual(all);
    expect(await work('b.jpg', bytes)).toEqual([]);
    expect(await work('a.jpg', await photo(480, 21))).toEqual(all);
    expect(await work('a.jpg', bytes, async () => 'another version')).toEqual(all);
    expect(await sharpSource.version()).toContain(`"version": "${sharp.versions.sharp}"`);
  });

  it.each<[string, (entry: string, other: string) => void]>([
    ['truncated', (entry) => writeFileSync(entry, readFileSync(entry).subarray(0, 100))],
    ['empty', (entry) => writeFileSync(entry, '')],
    ['changed in one bit', (entry) => writeFileSync(entry, flipped(readFileSync(entry)))],
    ['that of another image', (entry, other) => copyFileSync(other, entry)],
    ['missing', (entry) => rmSync(entry)],
  ])('makes an entry again that is %s', async (_, damage) => {
    const cacheFolder = makeFolder();
    const given = { 'a.jpg': await photo(480, 20) };
    const { files } = await make(given, { cacheFolder });
    const entries = readdirSync(cacheFolder).map((name) => join(cacheFolder, name));
    expect(entries).toHaveLength(3);
    for (const [index, entry] of entries.entries()) {
      const other = entries[(index + 1) % 3] ?? '';
      damage(entry, other);
      const { work, source } = watched();
      expect((await make(given, { cacheFolder, source })).files).toEqual(files);
      expect(work).toHaveLength(2);
    }
  });

  it('is no error where it cannot be written', async () => {
    const folder = makeFolder({ file: 'in the way of the folder' });
    const given = { 'a.jpg': await photo(480, 20) };
    const { files, diagnostics } = await make(given, { cacheFolder: join(folder, 'file') });
    expect(files).toEqual((await make(given)).files);
    expect(diagnostics).toEqual([]);
  });

  it('does not grow for ever', async () => {
    const cacheFolder = makeFolder();
    for (let index = 0; index < 1100; index += 1) writeFileSync(join(cacheFolder, `old-${index}`), '');
    await make({ 'a.jpg': await photo(480, 20) }, { cacheFolder });
    const names = readdirSync(cacheFolder);
    expect(names).toHaveLength(1003);
    expect(names.filter((name) => !name.startsWith('old-'))).toHaveLength(3);
  });
});

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(80) ^ 1, 80);
  return changed;
}
