import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makeSite } from '../../src/build.js';
import { nothingPrinted, printFiles } from '../../src/output/print.js';
import { animation, noise, withNotes } from '../output/pictures.js';
import { makeFolder } from '../output/tree.js';
import { brief, siteIn } from './build.js';

const front = '---\ntitle: A\ndate: 2026-01-01\n---\n';
const photo = (width: number) => noise(width, 40).jpeg({ quality: 95 }).toBuffer();

/** A folder with the files of a site, images among them. */
function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = makeFolder();
  for (const [path, content] of Object.entries({
    'site.yaml': 'title: T\nbaseUrl: https://x.org/b\n',
    ...files,
  })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const imagesIn = (html = '') => html.match(/<picture>.*?<\/picture>|<img [^>]*>/g) ?? [];
const withoutHashes = (html: string) => html.replace(/\.[\da-f]{8}\./g, '.');

describe('an image of a post', () => {
  it('is a picture of several formats and widths, the original last', async () => {
    const root = folderOf({
      'posts/a/index.md': `${front}![A *board*](큰%20b.jpg "Caption")`,
      'posts/a/큰 b.jpg': await photo(800),
    });
    const { files, report } = await siteIn(root);
    expect(brief(report)).toEqual([]);
    const [image = ''] = imagesIn(files['posts/a/index.html']);
    const sources = ['avif', 'webp'].map((format) => {
      const candidates = [480, 720, 800].map(
        (width) => `/b/assets/images/%ED%81%B0-b-${width}.${format} ${width}w`,
      );
      const sizes = '(min-width: 688px) 648px, calc(100vw - 40px)';
      return `<source type="image/${format}" srcset="${candidates.join(', ')}" sizes="${sizes}">`;
    });
    const img =
      '<img src="/b/posts/a/%ED%81%B0%20b.jpg" alt="A board" width="800" height="40" loading="lazy" decoding="async">';
    expect(withoutHashes(image)).toBe(`<picture>${sources.join('')}${img}</picture>`);
    for (const [, path = ''] of image.matchAll(/\/b\/(assets\/\S*)/g))
      expect(files).toHaveProperty([decodeURI(path)]);
    expect(files).toHaveProperty(['posts/a/큰 b.jpg']);
  });

  it.each([
    ['<img src="/p.jpg">', 'width="800" height="40"', '(min-width: 688px) 648px'],
    ['<img src="/p.jpg" width="300">', 'width="300" height="15"', '(min-width: 340px) 300px'],
    ['<img src="/p.jpg" height="20">', 'width="400" height="20"', '(min-width: 440px) 400px'],
    ['<img src="/p.jpg" width="300px" height="99">', 'width="300px" height="99"', '(min-width: 340px) 300px'],
    ['<img src="/p.jpg" width="50%">', 'width="50%"', '(min-width: 688px) 648px'],
  ])('may be HTML of the author, from static/ too: %s', async (written, dimensions, size) => {
    const { files } = await siteIn(
      folderOf({ 'posts/a.md': `${front}${written}`, 'static/p.jpg': await photo(800) }),
    );
    const [image = ''] = imagesIn(files['posts/a/index.html']);
    expect(image).toContain(`<img src="/b/p.jpg" alt="" ${dimensions} loading="lazy"`);
    expect(image).toContain(`sizes="${size}, calc(100vw - 40px)"`);
    expect(files).toHaveProperty(['p.jpg']);
  });

  it('is no picture in a picture', async () => {
    const post = `${front}<picture><img src="p.jpg" alt="Mine"></picture>\n\n![Ours](p.jpg)`;
    const { files } = await siteIn(folderOf({ 'posts/a.md': post, 'posts/p.jpg': await photo(400) }));
    const [mine, ours] = imagesIn(files['posts/a/index.html']);
    expect(mine).toMatch(/^<picture><img [^>]*alt="Mine"[^>]*><\/picture>$/);
    expect(ours).toMatch(
      /^<picture><source type="image\/avif" srcset="[^" ]*"><source type="image\/webp" srcset="[^" ]*"><img [^>]*alt="Ours"/,
    );
  });

  it('is the original alone in feeds', async () => {
    const { files } = await siteIn(
      folderOf({ 'posts/a.md': `${front}![A](p.jpg)`, 'posts/p.jpg': await photo(400) }),
    );
    expect(imagesIn(files['posts/a/index.html'])[0]).toContain('<picture>');
    for (const feed of ['index.xml', 'atom.xml', 'feed.json']) {
      expect(files[feed]).toContain('https://x.org/b/posts/p.jpg');
      expect(files[feed]).not.toMatch(/picture|srcset/);
    }
  });

  it('that moves, or lies elsewhere, is an image as before', async () => {
    const post = `${front}![G](a.gif)\n\n![S](s.svg)\n\n![X](https://example.org/x.jpg)`;
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"/>';
    const root = folderOf({ 'posts/a.md': post, 'posts/a.gif': await animation('gif'), 'posts/s.svg': svg });
    const { files, report } = await siteIn(root);
    expect(brief(report)).toEqual(['warning image/other-origin posts/a.md:9:1']);
    expect(imagesIn(files['posts/a/index.html'])).toEqual([
      '<img src="/b/posts/a.gif" alt="G" width="20" height="10" loading="lazy" decoding="async">',
      '<img src="/b/posts/s.svg" alt="S" width="20" height="10" loading="lazy" decoding="async">',
      '<img src="https://example.org/x.jpg" alt="X" loading="lazy" decoding="async">',
    ]);
    expect(Object.keys(files).filter((path) => path.startsWith('assets/images/'))).toEqual([]);
  });

  it('that is broken is said where it is shown first', async () => {
    const post = `${front}Text.\n\n![A](p.png)\n\n![B](p.png)`;
    const { report, files } = await siteIn(folderOf({ 'posts/a.md': post, 'posts/p.png': 'no image' }));
    expect(brief(report)).toEqual(['warning image/broken posts/a.md:7:1']);
    expect(imagesIn(files['posts/a/index.html'])[0]).toBe(
      '<img src="/b/posts/p.png" alt="A" loading="lazy" decoding="async">',
    );
  });

  it('tells not where it was taken; what posts do not show is copied as it is', async () => {
    const bytes = await withNotes(noise(60, 40), 'jpeg', 6);
    const files = { 'static/shown.jpg': bytes, 'static/other.jpg': bytes, 'posts/linked.jpg': bytes };
    const root = folderOf({ 'posts/a.md': `${front}![A](/shown.jpg) and [B](linked.jpg)`, ...files });
    const { outputs = [] } = await makeSite({
      root,
      drafts: false,
      future: false,
      strict: false,
      draftMath: false,
      cache: false,
      check: false,
      now: new Date('2026-06-15'),
    });
    const { printed } = await printFiles(outputs, nothingPrinted);
    const content = (path: string) => Buffer.from(printed.get(path)?.file.content ?? '');
    expect(content('shown.jpg').toString('latin1')).not.toContain('Secret');
    expect(await sharp(content('shown.jpg')).metadata()).toMatchObject({ width: 40, height: 60 });
    expect(content('other.jpg')).toEqual(bytes);
    expect(content('posts/linked.jpg')).toEqual(bytes);
  });
});

describe('a cover', () => {
  const cover = '---\ntitle: A\ndate: 2026-01-01\ncover: {src: c.png, alt: "A \\"sea\\""}\n---\nText.';

  it('is on the card, on the page, and in Open Graph', async () => {
    const root = folderOf({ 'posts/a.md': cover, 'posts/c.png': await noise(1300, 650).png().toBuffer() });
    const { files } = await siteIn(root);
    const [onCard = ''] = imagesIn(files['index.html']);
    expect(onCard).toContain('320w');
    expect(onCard).toContain('sizes="(min-width: 36em) 140px, calc(100vw - 40px)"');
    expect(onCard).toContain(
      '<img src="/b/posts/c.png" alt="" width="1300" height="650" loading="lazy" decoding="async">',
    );

    const page = files['posts/a/index.html'] ?? '';
    const [onPage = ''] = imagesIn(page);
    expect(onPage).toContain('sizes="(min-width: 688px) 648px, calc(100vw - 40px)"');
    expect(onPage).toContain(
      '<img src="/b/posts/c.png" alt="A &quot;sea&quot;" width="1300" height="650" loading="eager" fetchpriority="high" decoding="async">',
    );

    const [, preview = ''] =
      /<meta property="og:image" content="https:\/\/x\.org\/b\/([^"]*\.jpg)">/.exec(page) ?? [];
    expect(files).toHaveProperty([preview]);
    expect(page).toContain(
      '<meta property="og:image:width" content="1200">\n<meta property="og:image:height" content="600">',
    );
    expect(page).toContain('<meta property="og:image:alt" content="A &quot;sea&quot;">');
    expect(page).toContain('<meta name="twitter:card" content="summary_large_image">');
    expect(page).toContain(`"image":"https://x.org/b/${preview}"`);
  });

  it('of a page of its own is in Open Graph, too', async () => {
    const page = cover.replace('title: A', 'title: A\nlayout: page');
    const { files } = await siteIn(
      folderOf({ 'posts/a.md': page, 'posts/c.png': await noise(60, 40).png().toBuffer() }),
    );
    expect(files['a/index.html']).toContain('<meta property="og:image:width" content="60">');
  });

  it('of another site is named as it is', async () => {
    const elsewhere = cover.replace('c.png', 'https://example.org/c.png');
    const { files } = await siteIn(folderOf({ 'posts/a.md': elsewhere }));
    expect(files['posts/a/index.html']).toContain(
      '<meta property="og:image" content="https://example.org/c.png">',
    );
    expect(files['posts/a/index.html']).not.toContain('og:image:width');
  });

  it('is nowhere in Open Graph without an address of the site', async () => {
    const root = folderOf({ 'site.yaml': 'title: T\n', 'posts/a.md': cover, 'posts/c.png': await photo(60) });
    const { files } = await siteIn(root);
    expect(imagesIn(files['posts/a/index.html'])).toHaveLength(1);
    expect(files['posts/a/index.html']).not.toContain('og:image');
    expect(Object.keys(files).filter((path) => path.includes('preview'))).toEqual([]);
  });
});

it('check finds what build finds', async () => {
  const root = folderOf({
    'posts/a.md': `${front}![A](p.jpg)`,
    'posts/p.jpg': (await photo(400)).subarray(0, 3000),
  });
  const { report } = await siteIn(root, { check: true });
  expect(brief(report)).toEqual(['warning image/broken posts/a.md:5:1']);
});
