// Searching, as readers do: in two languages, below a sub-path, with mouse and keys, and without JavaScript.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serveSite } from './own-site.js';
import type { StaticServer } from './server.js';
import { connect, newPage } from './visit.js';

const post = (title: string, text: string, fields = '') =>
  `---\ntitle: "${title}"\ndate: 2020-01-31\n${fields}---\n${text}\n`;

const filler = 'Words that say little and go on for a while, so that extracts have to be cut. '.repeat(8);
const many = Object.fromEntries(
  Array.from({ length: 23 }, (_, index) => [
    `posts/many-${index}.md`,
    post(`Many ${index}`, 'A crowd of posts.'),
  ]),
);

const files = {
  'site.yaml': 'title: Test\nbaseUrl: https://example.org/blog/\nlanguages: { en: , ko: }\n',
  'posts/attention.md': post(
    'Attention & <b>softmax</b>',
    `${filler} The decoder recommends states by $\\\\operatorname{softmax}(QK^\\\\top)$, says Schrödinger. ${filler}`.replaceAll(
      '\\\\',
      '\\',
    ),
    'tags: [Deep Learning]\n',
  ),
  'posts/recommend.md': post('Two towers', '<i>Recommendations</i> for `1 < 2` readers.'),
  'posts/short.md': post(
    'Short words',
    'On carbon: O(n) steps, a tau, and so on to the end. It is an option of the plateau.',
  ),
  'posts/letters.md': post(
    'Letters',
    'Merging takes $\\mathcal{O}(m \\log m)$, bubbles $O(m^2)$ of $\\|\\mathbf{v}\\|_2$ in $\\mathbb{E}[Y]$, $\\epsilon$-greedily.',
    'description: About a platypus\n',
  ),
  'posts/echo.md': post('Echoes', `${'echo '.repeat(600)} zebra ${'echo '.repeat(60)}`),
  ...many,
  'posts/하나.ko.md': post(
    '두 탑',
    `우리는 추천시스템을 만들었습니다. ${'긴 글이라서 발췌를 잘라야 합니다. '.repeat(12)} GPU기반 딥러닝API입니다.`,
  ),
  'posts/둘.ko.md': post('밴딧', '밴딧은 팔을 고릅니다.'.normalize('NFD')),
};

let browser: Browser;
let page: Page;
let server: StaticServer;
const requests: string[] = [];

beforeAll(async () => {
  server = await serveSite(files, '/blog');
  browser = await connect();
  page = await newPage(browser);
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
});
afterAll(async () => {
  server?.close();
  await browser?.close();
});
beforeEach(() => page.goto('about:blank'));

const status = () => page.locator('.search [role=status]');
const field = () => page.getByRole('searchbox');
const results = () => page.locator('.results li');

/** Opens a search page and searches; gives the titles of what is found. */
async function search(query: string, path = '/search/'): Promise<string[]> {
  if (!page.url().endsWith(path)) await page.goto(server.url + path);
  await field().fill(query);
  await page.waitForFunction(
    (text) => document.querySelector('.search .status')?.textContent?.includes(text),
    query.normalize('NFC'),
  );
  return results().locator('a').allTextContents();
}

describe('A search', () => {
  it('loads nothing before it is used, and then only what lies on the site', async () => {
    requests.length = 0;
    await page.goto(`${server.url}/search/`, { waitUntil: 'networkidle' });
    await field().focus();
    expect(requests.filter((path) => path.includes('pagefind'))).toEqual([]);
    expect(await search('softmax')).toEqual(['Attention & <b>softmax</b>']);
    const loaded = requests.filter((path) => path.includes('pagefind'));
    expect(loaded.length).toBeGreaterThan(3);
    expect(loaded.filter((path) => !path.startsWith('/blog/search/pagefind/'))).toEqual([]);
  });

  it.each([
    ['words of the text', 'decoder states', ['Attention & <b>softmax</b>']],
    ['other forms of a word', 'recommending', ['Two towers', 'Attention & <b>softmax</b>']],
    ['the beginning of a word', 'soft', ['Attention & <b>softmax</b>']],
    ['a tag', 'deep learning', ['Attention & <b>softmax</b>']],
    ['a formula as it is read', 'softmax(QKᵀ)', ['Attention & <b>softmax</b>']],
    ['a name without its accents', 'Schrodinger', ['Attention & <b>softmax</b>']],
    ['a phrase', '"decoder recommends"', ['Attention & <b>softmax</b>']],
  ])('finds %s', async (_, query, titles) => {
    expect((await search(query)).sort()).toEqual([...titles].sort());
  });

  it.each([
    ['the beginning of a word', '추천', ['두 탑']],
    ['a word within a word', '시스템', ['두 탑']],
    ['a word with another particle', '추천시스템에서', ['두 탑']],
    ['a word behind another script', '기반', ['두 탑']],
    ['what is typed in decomposed letters', '추천시스템'.normalize('NFD'), ['두 탑']],
    ['what is written in decomposed letters', '밴딧', ['밴딧']],
    ['the title', '두 탑', ['두 탑']],
  ])('finds in Korean %s', async (_, query, titles) => {
    expect(await search(query, '/ko/search/')).toEqual(titles);
  });

  it('stays in the language of the page', async () => {
    expect(await search('추천', '/search/')).toEqual([]);
    expect(await status().textContent()).toBe('Nothing found for “추천”');
    expect(await search('decoder', '/ko/search/')).toEqual([]);
    expect(await status().textContent()).toBe('‘decoder’에 대한 검색 결과가 없습니다');
  });

  it('finds nothing for a word that is nowhere, whatever it begins with', async () => {
    expect(await search('soft')).not.toEqual([]);
    expect(await search('soxyzzy')).toEqual([]);
    expect(await search('추쿠투푸', '/ko/search/')).toEqual([]);
  });

  it('shows where the words stand, as text', async () => {
    await search('recommend');
    const [attention, towers] = [
      results().filter({ hasText: 'softmax' }),
      results().filter({ hasText: 'Two towers' }),
    ];
    expect(await towers.locator('.extract').innerHTML()).toBe(
      '<mark>Recommend</mark>ations for 1 &lt; 2 readers.',
    );
    const extract = (await attention.locator('.extract').textContent()) ?? '';
    expect(extract).toMatch(/^… .*decoder recommends states by softmax\(QKᵀ\).* …$/);
    expect(extract.length).toBeLessThan(230);
    expect(await attention.locator('mark').allTextContents()).toEqual(['recommend']);
    expect(await page.locator('.results :is(b, i)').count()).toBe(0);
    expect(await attention.locator('.meta').textContent()).toBe('January 31, 2020');
  });

  it('marks part of a Korean word', async () => {
    await search('추천', '/ko/search/');
    expect(await results().locator('.extract').innerHTML()).toMatch(
      /^우리는 <mark>추천<\/mark>시스템을 .* …$/,
    );
  });

  it('marks what is sought, and no letters of other words', async () => {
    const marks = () => results().locator('mark').allTextContents();
    expect(await search('on O(n) tau', '/search/')).toEqual(['Short words']);
    expect(await marks()).toEqual(['On', 'O(n', 'tau', 'on']);
    await search('tauxyzzy', '/search/');
    expect(await marks()).toEqual([]);
    await search('팔', '/ko/search/');
    expect(await marks()).toEqual(['팔']);
    await search('두 탑', '/ko/search/');
    expect(await marks()).toEqual(['두', '탑']);
  });

  it.each([
    ['O(m log m)', ['𝓞(m', 'log', 'm', 'O(m']],
    ['O(m^2)', ['O(m²']],
    ['O(m²)', ['O(m²']],
    ['E[Y]', ['𝔼[Y']],
    ['ε-greedily', ['ϵ-greedily']],
    ['v', ['𝐯']],
    ['platypus', ['platypus']],
  ])('finds and marks %s, however it is written', async (query, marks) => {
    expect(await search(query, '/search/')).toEqual(['Letters']);
    expect(await results().locator('mark').allTextContents()).toEqual(marks);
  });

  it('marks every term, however often another stands there', async () => {
    expect(await search('echo zebra', '/search/')).toEqual(['Echoes']);
    expect(await results().locator('mark').allTextContents()).toContain('zebra');
  });

  it('leads to the post', async () => {
    await search('decoder');
    await results().locator('a').click();
    expect(page.url()).toBe(`${server.url}/posts/attention/`);
  });
});

describe('The status', () => {
  it('says how many there are, in the words of the language', async () => {
    await search('decoder');
    expect(await status().textContent()).toBe('1 result for “decoder”');
    await search('crowd');
    expect(await status().textContent()).toBe('23 results for “crowd”');
    await search('추천', '/ko/search/');
    expect(await status().textContent()).toBe('‘추천’ 검색 결과 1개');
  });

  it('counts by the language of the page where a template of the site gives no rule', async () => {
    // In Japanese no number has a form of its own.
    const other = await newPage(browser, { locale: 'ja' });
    await other.route('**/search/', async (route) => {
      const body = await (await route.fetch()).text();
      await route.fulfill({ contentType: 'text/html', body: body.replace(/ data-rule="[^"]*"/, '') });
    });
    await other.goto(`${server.url}/search/`);
    expect(await other.locator('.search').getAttribute('data-rule')).toBe(null);
    await other.getByRole('searchbox').fill('decoder');
    const counted = other.locator('.search [role=status]', { hasText: 'decoder' });
    expect(await counted.textContent()).toBe('1 result for “decoder”');
    await other.context().close();
  });

  it('is empty when nothing is sought', async () => {
    await search('decoder');
    await field().fill('  ');
    await expect.poll(() => status().textContent()).toBe('');
    expect(await results().count()).toBe(0);
  });

  it('tells that the search cannot be loaded, and the next try succeeds', async () => {
    const other = await newPage(browser);
    const [text, input] = [other.locator('.search [role=status]'), other.getByRole('searchbox')];
    await other.clock.install();
    const asked = new Promise<void>((resolve) => {
      void other.route('**/pagefind-entry.json*', async (route) => {
        await route.abort();
        resolve();
      });
    });
    await other.goto(`${server.url}/search/`);
    await input.fill('decoder');
    await other.clock.runFor(1000);
    await asked;
    await other.clock.runFor(20_000);
    await expect.poll(() => text.textContent()).toBe('The search cannot be loaded.');
    await other.unroute('**/pagefind-entry.json*');
    await other.clock.resume();
    await input.fill('decoders');
    await expect.poll(() => text.textContent()).toBe('1 result for “decoders”');
    await other.context().close();
  });
});

describe('The address', () => {
  it('keeps the query, for links and for the way back', async () => {
    await search('decoder states');
    expect(page.url()).toBe(`${server.url}/search/?q=decoder%20states`);
    await results().locator('a').click();
    await page.goBack();
    await expect.poll(() => status().textContent()).toBe('1 result for “decoder states”');
    expect(await field().inputValue()).toBe('decoder states');
    await field().fill('');
    await expect.poll(() => page.url()).toBe(`${server.url}/search/`);
  });

  it('with a query searches', async () => {
    await page.goto(`${server.url}/ko/search/?q=${encodeURIComponent('추천'.normalize('NFD'))}`);
    await expect.poll(() => results().locator('a').allTextContents()).toEqual(['두 탑']);
  });

  it('moves nothing that is seen when the results come', async () => {
    await page.goto('about:blank');
    await page.goto(`${server.url}/search/?q=crowd`);
    await expect.poll(() => results().count()).toBe(10);
    const shifts = await page.evaluate(
      () =>
        new Promise<number[]>((done) => {
          const seen: number[] = [];
          const observer = new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) seen.push((entry as unknown as { value: number }).value);
          });
          observer.observe({ type: 'layout-shift', buffered: true });
          setTimeout(done, 300, seen);
        }),
    );
    expect(shifts).toEqual([]);
  });
});

describe('By keyboard', () => {
  const focused = () =>
    page.evaluate(() => document.activeElement?.textContent || document.activeElement?.localName);

  it('/ leads to the field, arrows through the results and back, Esc out and clear', async () => {
    await search('crowd');
    const titles = await results().locator('a').allTextContents();
    await page.locator('h1').click();
    await page.keyboard.press('/');
    expect([await focused(), await field().inputValue()]).toEqual(['input', 'crowd']);
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe(titles[0]);
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe(titles[1]);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('input');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    expect([await focused(), await field().inputValue()]).toEqual(['input', 'crowd']);
    await page.keyboard.press('Escape');
    expect(await field().inputValue()).toBe('');
    await expect.poll(() => results().count()).toBe(0);
  });

  it('/ in the field is a letter, Enter searches at once and opens a result', async () => {
    await page.goto(`${server.url}/search/`);
    await field().focus();
    await page.keyboard.type('either/or');
    expect(await field().inputValue()).toBe('either/or');
    await search('decoder');
    await field().press('Enter');
    expect(page.url()).toContain('/search/?q=decoder');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/posts/attention/');
  });

  it('more results are shown when they are asked for, and the first of them has the focus', async () => {
    await search('crowd');
    expect(await results().count()).toBe(10);
    const more = page.getByRole('button', { name: 'More results' });
    await more.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => results().count()).toBe(20);
    expect(await focused()).toBe(await results().nth(10).locator('a').textContent());
    await more.click();
    await expect.poll(() => results().count()).toBe(23);
    expect(await more.isVisible()).toBe(false);
    expect(new Set(await results().locator('a').allTextContents()).size).toBe(23);
  });
});

it('Only the last of many queries is answered', async () => {
  await page.goto(`${server.url}/search/`);
  await field().pressSequentially('crowd', { delay: 60 });
  await field().fill('decoder');
  await expect.poll(() => status().textContent()).toBe('1 result for “decoder”');
  await page.waitForTimeout(400);
  expect(await results().count()).toBe(1);
});

it('Without JavaScript the page offers the archive', async () => {
  const quiet = await newPage(browser, { javaScriptEnabled: false });
  await quiet.goto(`${server.url}/ko/search/`);
  expect(await quiet.getByRole('searchbox').count()).toBe(0);
  await quiet.locator('main').getByRole('link', { name: '모아보기' }).click();
  expect(quiet.url()).toBe(`${server.url}/ko/archives/`);
  await quiet.context().close();
});
