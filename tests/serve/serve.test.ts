import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeSite } from '../../src/build.js';
import type { LiveState } from '../../src/serve/live.js';
import { serve } from '../../src/serve/serve.js';
import { addFiles, makeFolder, readTree } from '../output/tree.js';
import { contentOf } from '../site/build.js';
import { eventually, make, post, serveSite } from './site.js';

const get = async (url: string, path: string) => {
  const answer = await fetch(new URL(path, url), { redirect: 'manual' });
  return { status: answer.status, text: await answer.text(), to: answer.headers.get('location') };
};

/** What a page is told, one state after another. */
async function listen(url: string, path: string) {
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  const answer = await fetch(new URL(`/_postulate/events?path=${encodeURIComponent(path)}`, url), {
    signal: ending.signal,
  });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return async (): Promise<LiveState> => {
    while (!text.includes('\n\n')) text += (await reader?.read())?.value ?? '';
    const [first = '', ...rest] = text.split('\n\n');
    text = rest.join('\n\n');
    return JSON.parse(first.replace(/^retry: \d+\ndata: /, ''));
  };
}

/** Fonts that are cut anew for every formula take longer than all else. */
const uncut = { 'site.yaml': 'fonts: full\n' };

describe('a served site', () => {
  it('is the one that would be written, with a script in its pages', async () => {
    const { url, built, builds } = await serveSite({ 'posts/hello.md': post('Hello', '$x^2$'), ...uncut });
    await built(1);
    for (const [path, { file }] of builds[0]?.made.files ?? []) {
      const { content } = file;
      const { status, text } = await get(url, `/${path}`);
      expect(status).toBe(200);
      const page = text.replace(/<script src="\/_postulate\/live\.js"[^>]*><\/script>\n/, '');
      if (path.endsWith('.html')) expect(text).not.toBe(page);
      if (typeof content === 'string') expect(page).toBe(content);
    }
  });

  it('writes nothing', async () => {
    const files = { 'posts/hello.md': post('Hello', '$x^2$'), ...uncut };
    const { root, built } = await serveSite(files);
    await built(1);
    expect(readTree(root)).toEqual(files);
  });

  it('has drafts and posts of the future, marked as such', async () => {
    const { url, built } = await serveSite({
      'posts/draft.md': post('Draft', 'Text.', 'draft: true\n'),
      'posts/future.md': '---\ntitle: Future\ndate: 2999-01-01\n---\n\nText.\n',
    });
    await built(1);
    expect((await get(url, '/posts/draft/')).text).toContain('<span class="draft">Draft</span>');
    expect((await get(url, '/posts/future/')).text).toContain('<span class="draft">Scheduled</span>');
  });

  it('shows formulas that KaTeX refuses', async () => {
    const { url, built } = await serveSite({ 'posts/a.md': post('A', '$\\nosuchcommand$') });
    await built(1);
    expect((await get(url, '/posts/a/')).text).toContain('nosuchcommand');
  });

  it('does not count its writer among the readers', async () => {
    const script = 'https://stats.example.org/count.js';
    const { root, url, built } = await serveSite({
      'posts/hello.md': post('Hello'),
      'site.yaml': `analytics: { script: "${script}" }\n`,
    });
    await built(1);
    expect((await get(url, '/posts/hello/')).text).not.toContain(script);
    const written = await makeSite({
      ...{ root, drafts: false, future: false, draftMath: false, strict: false, cache: false, check: false },
      now: new Date('2026-01-01T00:00:00Z'),
    });
    expect(String(await contentOf(written, 'posts/hello/index.html'))).toContain(script);
  });

  it('lies below the path of baseUrl', async () => {
    const { url, built } = await serveSite({
      'posts/a.md': post('A'),
      'site.yaml': 'baseUrl: https://example.org/blog/\n',
    });
    await built(1);
    expect(await get(url, '/')).toMatchObject({ status: 302, to: '/blog/' });
    expect(await get(url, '/blog/posts/a')).toMatchObject({ status: 302, to: '/blog/posts/a/' });
    const page = await get(url, '/blog/posts/a/');
    expect(page.status).toBe(200);
    const [, style = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(page.text) ?? [];
    expect((await get(url, style)).status).toBe(200);
  });

  it('is built again when a source changes, and only then', async () => {
    const { url, root, built, builds } = await serveSite({ 'posts/a.md': post('A', 'One.') });
    await built(1);
    addFiles(root, { 'posts/a.md': post('A', 'Two.'), 'posts/b.md': post('B') });
    await built(2);
    expect((await get(url, '/posts/a/')).text).toContain('Two.');
    expect((await get(url, '/posts/b/')).status).toBe(200);
    await rm(join(root, 'posts/b.md'));
    await built(3);
    expect((await get(url, '/posts/b/')).status).toBe(404);
    addFiles(root, { 'notes.txt': 'no source', 'public/index.html': 'no source' });
    addFiles(root, { 'site.yaml': 'title: New name\n' });
    await built(4);
    expect((await get(url, '/')).text).toContain('New name');
    expect(builds.map(({ changed }) => changed)).toEqual([
      [],
      ['posts/a.md', 'posts/b.md'],
      ['posts/b.md'],
      ['site.yaml'],
    ]);
  });

  it('is built again for bibliographies, macros, templates and texts', async () => {
    const { root, built, builds, url } = await serveSite({
      'posts/a.md': post('A', '$\\half$ [@x]', 'bibliography: /lists/own.bib\n'),
      ...uncut,
      'macros.tex': '\\newcommand{\\half}{\\frac12}\n',
      'lists/own.bib': '@misc{x, title = {First}, author = {A, B}, year = 2000}\n',
    });
    await built(1);
    expect((await get(url, '/posts/a/')).text).toContain('First');
    // Nothing has changed: there is no second build, not even when it is looked again.
    await new Promise((done) => setTimeout(done, 2500));
    expect(builds).toHaveLength(1);
    const edits = {
      'lists/own.bib': ['@misc{x, title = {Second}, author = {A, B}, year = 2000}\n', 'Second'],
      'macros.tex': ['\\newcommand{\\half}{\\frac{1}{20000}}\n', '20000'],
      'templates/partials/head-end.vto': ['<meta name="third">', 'third'],
      'templates/texts/en.yaml': ['home: Fourth', 'Fourth'],
    } as const;
    let times = 1;
    for (const [path, [text, shown]] of Object.entries(edits)) {
      addFiles(root, { [path]: text });
      times += 1;
      await built(times);
      expect((await get(url, '/posts/a/')).text).toContain(shown);
    }
  });

  it('is built again when a bibliography comes, changes while it is first read, goes and comes back', async () => {
    const named = { 'posts/a.md': post('A', '[@x]', 'bibliography: lists/own.bib\n') };
    const work = (title: string) => `@misc{x, title = {${title}}, author = {A, B}, year = 2000}\n`;
    let edits = 0;
    const { root, built, url } = await serveSite(named, {
      make: async (before) => {
        const made = await make(root, before);
        if (made.files && edits === 0) addFiles(root, { 'lists/own.bib': work('Second') });
        if (made.files) edits += 1;
        return made;
      },
    });
    const shown = async () => (await get(url, '/posts/a/')).text;
    await built(1);
    expect(await shown()).toContain('Not built yet');
    addFiles(root, { 'lists/own.bib': work('First') });
    await eventually(shown).toContain('Second');
    await rm(join(root, 'lists'), { recursive: true });
    await built(4);
    addFiles(root, { 'lists/own.bib': work('Third') });
    await eventually(shown).toContain('Third');
  });

  it('is never built twice at once, and in the end as the files are then', async () => {
    let [running, most] = [0, 0];
    const { url, root, built, builds } = await serveSite(
      { 'posts/a.md': post('A') },
      {
        make: async () => {
          running += 1;
          most = Math.max(most, running);
          const made = await make(root);
          running -= 1;
          return made;
        },
      },
    );
    await built(1);
    for (let number = 1; number <= 30; number += 1) {
      addFiles(root, { 'posts/a.md': post('A', `Version ${number}.`) });
      await new Promise((done) => setTimeout(done, 20));
    }
    await eventually(async () => (await get(url, '/posts/a/')).text).toContain('Version 30.');
    expect(most).toBe(1);
    expect(builds.length).toBeLessThan(30);
  });

  it('stays while there is an error, tells of it, and is there again when it is mended', async () => {
    const { url, root, built, builds } = await serveSite({ 'posts/a.md': post('A', 'Good.') });
    await built(1);
    const next = await listen(url, '/posts/a/');
    const first = await next();
    expect(first.errors).toEqual([]);

    addFiles(root, { 'posts/a.md': '---\ntitle: "<img src=x onerror=alert(1)>\n---\n' });
    const broken = await next();
    expect(broken).toMatchObject({ page: first.page, styles: first.styles });
    expect(broken.errors[0]).toMatch(
      /^posts\/a\.md:2:8: error front-matter\/yaml: .*\n {2}2 \| title: "<img src=x/,
    );
    expect(broken.errors[0]).toContain('hint: ');
    expect((await get(url, '/posts/a/')).text).toContain('Good.');
    expect(builds[1]?.made.files).toBeUndefined();

    addFiles(root, { 'posts/a.md': post('A', 'Better.') });
    const mended = await next();
    expect(mended.errors).toEqual([]);
    expect(mended.page).not.toBe(first.page);
    expect((await get(url, '/posts/a/')).text).toContain('Better.');
  });

  it('may begin with an error, or with nothing', async () => {
    const { url, root, built } = await serveSite({});
    await built(1);
    expect(await get(url, '/')).toMatchObject({
      status: 503,
      text: expect.stringContaining('/_postulate/live.js'),
    });
    const next = await listen(url, '/');
    expect((await next()).errors.join()).toContain('content/no-posts');
    addFiles(root, { 'posts/a.md': post('A') });
    expect(await next()).toMatchObject({ errors: [], page: expect.stringMatching(/./) });
    expect((await get(url, '/')).status).toBe(200);
  });

  it('tells only the pages that changed that they did', async () => {
    const { url, root, built } = await serveSite({ 'posts/a.md': post('A'), 'posts/b.md': post('B') });
    await built(1);
    const [a, b] = [await listen(url, '/posts/a/'), await listen(url, '/posts/b/')];
    const before = [await a(), await b()];
    addFiles(root, { 'posts/a.md': post('A', 'Other words.') });
    const after = [await a(), await b()];
    expect(after[0]?.page).not.toBe(before[0]?.page);
    expect(after[1]).toEqual(before[1]);
  });

  it('tells the search page when its index changed', async () => {
    const { url, root, built } = await serveSite({
      'posts/a.md': post('A', 'One.'),
      'posts/b.md': post('B'),
    });
    await built(1);
    const [search, b] = [await listen(url, '/search/'), await listen(url, '/posts/b/')];
    const before = [await search(), await b()];
    addFiles(root, { 'posts/a.md': post('A', 'Two.') });
    const after = [await search(), await b()];
    expect(after[0]?.page).not.toBe(before[0]?.page);
    expect(after[1]).toEqual(before[1]);
  });

  it('is told of new colours as such', async () => {
    const { url, root, built } = await serveSite({
      'posts/a.md': post('A'),
      'templates/assets/style.css': 'a {}',
    });
    await built(1);
    const next = await listen(url, '/posts/a/');
    const before = await next();
    addFiles(root, { 'templates/assets/style.css': 'b {}' });
    const after = await next();
    expect(after.page).toBe(before.page);
    expect(after.styles).not.toEqual(before.styles);
    expect((await get(url, after.styles[0] ?? '')).text).toBe('b {}');
  });

  it('says when it can only look regularly, and goes on', async () => {
    const error = Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'watch' });
    const { root, built, warnings } = await serveSite(
      { 'posts/a.md': post('A') },
      {
        watchFolder: () => {
          throw error;
        },
      },
    );
    await built(1);
    addFiles(root, { 'posts/a.md': post('A', 'Other words.') });
    await built(2);
    expect(warnings).toEqual([expect.objectContaining({ code: 'env/watch-limit', severity: 'warning' })]);
    expect(warnings[0]?.message).toContain('disk is not full');
    expect(warnings[0]?.hint).toContain('max_user_watches');
  });

  it('ends when it is closed, also with pages open', async () => {
    const { url, built, close, done } = await serveSite({ 'posts/a.md': post('A') });
    await built(1);
    await (await listen(url, '/'))();
    await close();
    await done;
    await expect(fetch(url)).rejects.toThrow();
  });
});

describe('a port', () => {
  const start = (port: number) => {
    const root = makeFolder({ 'posts/a.md': post('A') });
    const ignore = () => {};
    return serve({ root, port, make: () => make(root), onStart: ignore, onBuild: ignore, onWarning: ignore });
  };

  it('that is taken is passed over for the next that is free', async () => {
    const other = createServer();
    const port = await new Promise<number>((done) =>
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        done(address !== null && typeof address === 'object' ? address.port : 0);
      }),
    );
    onTestFinished(() => void other.close());
    const serving = await start(port);
    if ('severity' in serving) throw new Error(serving.message);
    const used = Number(new URL(serving.url).port);
    expect(used).toBeGreaterThan(port);
    expect(used).toBeLessThan(port + 100);
    await serving.close();
    await serving.done;
  });

  it('that does not exist is an error', async () => {
    const last = createServer();
    await new Promise<void>((done) => last.listen(65_535, '127.0.0.1', done).on('error', () => done()));
    onTestFinished(() => void last.close());
    expect(await start(65_535)).toMatchObject({ severity: 'error', code: 'usage/port' });
  });
});
