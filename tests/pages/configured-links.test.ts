// Links that `site.yaml` gives: those of this site get the sub-path of its address, all others stay as they are.
import { expect, it } from 'vitest';
import { siteOf } from '../site/build.js';

it('Own links of menu and footer get the sub-path, with what follows the path.', async () => {
  const { files } = await siteOf({
    'site.yaml': [
      'baseUrl: https://example.org/blog/',
      'languages: { en: { menu: [{ name: A, url: "/tags/?a=b#c" }, { name: B, url: "//b.org/" }] } }',
      'social: [{ name: CV, url: /cv.pdf }, { name: G, url: "https://g.org/" }]',
    ].join('\n'),
    'posts/a.md': '---\ntitle: A\ndate: 2020-01-01\ntags: [x]\n---\n\nText.\n',
    'static/cv.pdf': 'x',
  });
  const page = String(files['index.html']);
  for (const href of ['/blog/tags/?a=b#c', '//b.org/', '/blog/cv.pdf', 'https://g.org/'])
    expect(page).toContain(`href="${href}"`);
});
