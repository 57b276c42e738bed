// Which link of the menu is that of the page.
import { expect, it } from 'vitest';
import { siteOf } from '../site/build.js';

const post = (slug: string) => `---\ntitle: T\ndate: 2020-01-01\nslug: ${slug}\n---\nText.\n`;

/** Addresses of the links that are marked as current. */
const currentIn = (html = '') =>
  [...html.matchAll(/<a href="([^"]*)" aria-current="page"/g)].map(([, href]) => href);

it('The home of a language is current on itself alone, however long its code is.', async () => {
  const { files } = await siteOf({
    'site.yaml': `languages:
  - en
  - code: zh-CN
    menu: [{ name: H, url: /zh-CN/ }, { name: A, url: /zh-CN/archives/ }]
`,
    'posts/a.en.md': post('a'),
    'posts/a.zh-CN.md': post('a'),
  });
  expect(currentIn(files['zh-CN/index.html'])).toContain('/zh-CN/');
  expect(currentIn(files['zh-CN/a/index.html'])).toEqual([]);
  expect(currentIn(files['zh-CN/archives/index.html'])).toEqual(['/zh-CN/archives/']);
});

it('A section is current on the pages below it, even if its name could be a language.', async () => {
  const { files } = await siteOf({
    'site.yaml': 'languages: { en: { menu: [{ name: M, url: /ml/ }] } }\n',
    'posts/ml.md': '---\ntitle: M\nlayout: page\npermalink: /ml/\n---\nText.\n',
    'posts/a.md': post('a').replace('slug: a', 'permalink: /ml/a/'),
    'posts/b.md': post('b'),
  });
  expect(currentIn(files['ml/a/index.html'])).toEqual(['/ml/']);
  expect(currentIn(files['b/index.html'])).toEqual([]);
});
