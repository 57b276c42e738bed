// Front matter as the starters and themes of other systems write it: it is understood without a word.
import { expect, it } from 'vitest';
import { addressed, brief } from './site.js';

const hugo = `+++
title = 'Sampling-Bias-Corrected Neural Modeling'
description = "Two towers, \\"in-batch\\" negatives"
date = 2020-10-31T09:00:00+09:00
lastmod = 2021-01-02
draft = false
weight = 10
tags = ["RecSys", "Two Tower"]
categories = ["Papers"]
language = "ko"
url = "/ko/posts/2020/two-tower-model/"
ShowToc = true
TocOpen = true
math = true
author = ["AngryPark"]
aliases = ["/old/"]
keywords = ["a", "b"]

[cover]
image = "images/cover.png" # relative
alt = "Two towers"
caption = "Fig. 1"
relative = true

[params]
featured = true

[[resources]]
name = "x"
src = "x.png"

[menu.main]
weight = 1
+++

{{< figure src="x.png" >}}
`;

const paperMod = `---
title: "My 1st post"
date: 2020-09-15T11:30:03+00:00
# weight: 1
# aliases: ["/first"]
tags: ["first"]
author: "Me"
# author: ["Me", "You"] # multiple authors
showToc: true
TocOpen: false
draft: false
hidemeta: false
comments: false
description: "Desc Text."
canonicalURL: "https://canonical.url/to/page"
disableHLJS: true # to disable highlightjs
disableShare: false
hideSummary: false
searchHidden: true
ShowReadingTime: true
ShowBreadCrumbs: true
ShowPostNavLinks: true
ShowWordCount: true
ShowRssButtonInSectionTermList: true
UseHugoToc: true
cover:
    image: "<image path/url>" # image path/url
    alt: "<alt text>" # alt text
    caption: "<text>" # display caption under cover
    relative: false # when using page bundles set this to true
    hidden: true # only hide on current single page
editPost:
    URL: "https://github.com/<path_to_repo>/content"
    Text: "Suggest Changes" # edit text
    appendFilePath: true # to append file path to Edit link
---
`;

const jekyll = `---
layout: post
title:  "Welcome to Jekyll!"
date:   2019-01-26 17:51:33 +0900
last_modified_at: 2019-02-01 10:00:00
categories: jekyll update
tags: [a, b]
permalink: /:year/:month/:title/
redirect_from:
  - /old-post/
  - /2019/older.html
excerpt: "Short."
published: true
comments: true
mathjax: true
author: kim
image:
  path: /assets/x.png
  alt: Responsive rendering
  lqip: data:image/webp;base64,UklGRpoAAAB
pin: true
toc: true
toc_sticky: true
---
`;

const alFolio = `---
layout: distill
title: a distill-style blog post
description: an example of a distill-style blog post and main elements
tags: distill formatting
giscus_comments: true
date: 2021-05-22
featured: true
mermaid:
  enabled: true
  zoomable: true
code_diff: true
map: true
chart:
  chartjs: true
tikzjax: true
authors:
  - name: Albert Einstein
    url: "https://en.wikipedia.org/wiki/Albert_Einstein"
    affiliations:
      name: IAS, Princeton
bibliography: 2018-12-22-distill.bib
toc:
  - name: Equations
  - name: Citations
_styles: >
  .fake-img {
    background: #bbb;
  }
---
`;

const astro = `---
title: 'First post'
description: 'Lorem ipsum dolor sit amet'
pubDate: 'Jul 08 2022'
updatedDate: 'Aug 1, 2022'
heroImage: '../../assets/blog-placeholder-3.jpg'
---
`;

const astroTutorial = `---
layout: ../../layouts/MarkdownPostLayout.astro
title: 'My First Blog Post'
pubDate: 2022-07-01
description: 'This is the first post of my new Astro blog.'
author: 'Astro Learner'
image:
    url: 'https://docs.astro.build/assets/rose.webp'
    alt: 'The Astro logo on a dark background with a pink glow.'
tags: ["astro", "blogging", "learning in public"]
---
`;

const astroPaper = `---
author: Sat Naing
pubDatetime: 2022-09-23T04:58:53Z
modDatetime: null
title: Customizing AstroPaper theme color schemes
featured: false
draft: false
tags:
  - color-schemes
  - docs
description:
  How you can enable/disable light & dark mode; and customize color schemes
  of AstroPaper theme.
ogImage: ""
hideEditPost: true
timezone: "Asia/Bangkok"
---
`;

const docusaurus = `---
title: Setup
date: 2024-05-01
slug: /setup
hide_table_of_contents: true
---
`;

const butterfly = `---
title: Hexo
date: 2024-05-01 10:00:00
top_img: /img/top.jpg
---
`;

const quarto = `---
title: "A notebook"
date: "2024-05-01"
format: html
page-layout: full
status: published
jupytext:
  formats: md:myst
kernelspec:
  name: python3
---
`;

const zola = `+++
title = "Taxonomies"
date = 2024-05-01
template = "page.html"

[taxonomies]
tags = ["meta", "rust"]
categories = ["Notes"]

[extra]
math = true
+++
`;

const files = {
  'posts/hugo/two-tower-model.md': hugo,
  'posts/hugo/first.md': paperMod,
  'posts/jekyll/2019-01-26-welcome-to-jekyll.md': jekyll,
  'posts/jekyll/2021-05-22-distill.md': alFolio,
  'posts/astro/first-post.md': astro,
  'posts/astro/post-1.md': astroTutorial,
  'posts/astro/color-schemes.md': astroPaper,
  'posts/docusaurus/setup.md': docusaurus,
  'posts/hexo/hexo.md': butterfly,
  'posts/quarto/notebook.md': quarto,
  'posts/zola/taxonomies.md': zola,
};

it('A folder of posts of other systems is understood without a word.', () => {
  const { posts, diagnostics } = addressed(files, 'timezone: Asia/Seoul\nlanguages: [en, ko]');
  expect(brief(diagnostics)).toEqual([]);
  const byPath = Object.fromEntries(posts.map((post) => [post.path.split('/').at(-1), post]));
  expect(byPath).toMatchObject({
    'two-tower-model.md': {
      title: 'Sampling-Bias-Corrected Neural Modeling',
      description: 'Two towers, "in-batch" negatives',
      date: '2020-10-31',
      dateTime: '2020-10-31T09:00:00+09:00',
      updated: '2021-01-02',
      tags: ['RecSys', 'Two Tower'],
      lang: 'ko',
      url: '/ko/posts/2020/two-tower-model/',
      aliases: ['/old/'],
      authors: ['AngryPark'],
      cover: { src: 'images/cover.png', alt: 'Two towers', caption: 'Fig. 1', place: { line: 20 } },
      bodyLine: 35,
    },
    'taxonomies.md': { tags: ['meta', 'rust'], categories: ['Notes'] },
    'first.md': { date: '2020-09-15', url: '/posts/first/', authors: ['Me'], toc: true },
    '2019-01-26-welcome-to-jekyll.md': {
      date: '2019-01-26',
      dateTime: '2019-01-26T17:51:33+09:00',
      updated: '2019-02-01',
      url: '/2019/01/welcome-to-jekyll/',
      aliases: ['/old-post/', '/2019/older.html'],
      summary: 'Short.',
      authors: ['kim'],
      cover: { src: '/assets/x.png', alt: 'Responsive rendering' },
    },
    '2021-05-22-distill.md': { authors: ['Albert Einstein'], toc: true, url: '/posts/distill/' },
    'first-post.md': {
      date: '2022-07-08',
      updated: '2022-08-01',
      cover: { src: '../../assets/blog-placeholder-3.jpg', alt: '' },
    },
    'post-1.md': { layout: 'post', tags: ['astro', 'blogging', 'learning in public'] },
    'color-schemes.md': {
      dateTime: '2022-09-23T04:58:53Z',
      description:
        'How you can enable/disable light & dark mode; and customize color schemes of AstroPaper theme.',
    },
  });
});
