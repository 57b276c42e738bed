// The keys of `site.yaml`: what each may be, what it is without being set, what it means.
import * as z from 'zod';
import { languageCode } from './content/languages.js';
import { expandPermalink, placeholderFault, sitePath } from './content/permalinks.js';
import { flag, line, lines, must, readFlag } from './schema.js';

/** In every page: so one that is relative would lead from each to another place. */
const address = line.refine(
  (text) => /^(?:[/#?]|[a-z][a-z\d+.-]*:)/i.test(text),
  must('an address that begins with / or https://'),
);

const link = z.strictObject({ name: line, url: address }, must('a map with name and url'));
const links = (example: string) => z.array(link, must(`a list such as [${example}]`));

const languageSchema = z
  .strictObject(
    {
      title: line.optional().describe('Title of the site in this language.'),
      description: line.optional().describe('Description of the site in this language.'),
      author: line.optional().describe('Name of the author in this language.'),
      greeting: z
        .strictObject({ title: line, text: line.default('') }, must('a map with title and text'))
        .optional()
        .describe('What the home page says first: title and text.'),
      menu: links('{name: About, url: /about/}')
        .default([])
        .describe('Links at the top of every page: name and url of each. Without it: archive, tags, pages.'),
    },
    must('a map with title, description, author, greeting and menu'),
  )
  .prefault({});

/** `[en, ko]` and a list of maps with `code` mean the same as a map by code. */
function languagesByCode(value: unknown, { addIssue }: z.RefinementCtx): unknown {
  if (!Array.isArray(value)) return value;
  const entries = value.map((item: unknown) => {
    if (typeof item !== 'object' || item === null || !('code' in item)) return [String(item), {}] as const;
    const { code, ...rest } = item;
    return [String(code), rest] as const;
  });
  const twin = indexOfTwin(entries.map(([code]) => code));
  if (twin >= 0) addIssue({ ...standsAbove, path: [twin] });
  return Object.fromEntries(entries);
}

const standsAbove = { code: 'custom', message: 'is a language that stands above already' } as const;

/** Of the first code that means the same language as one before it, or -1. */
function indexOfTwin(codes: readonly string[]): number {
  const meant = codes.map((code) => languageCode(code, []));
  return meant.findIndex((language, index) => language !== undefined && meant.indexOf(language) < index);
}

const isLanguage = (code: string) => languageCode(code, []) !== undefined;

const languages = z.preprocess(
  languagesByCode,
  z
    .record(z.string().refine(isLanguage), languageSchema, {
      error: (issue) =>
        issue.code === 'invalid_key'
          ? 'must be a language code such as en, ko or zh-CN'
          : 'must be a map by language code',
    })
    .superRefine((byCode, { addIssue }) => {
      const codes = Object.keys(byCode);
      const twin = indexOfTwin(codes);
      if (twin >= 0) addIssue({ ...standsAbove, path: codes.slice(twin, twin + 1) });
    }),
);

const timezone = line.refine(isTimezone, must('a time zone such as Asia/Seoul or UTC'));

function isTimezone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

const baseUrl = line.refine(
  isBaseUrl,
  must('an absolute address such as https://example.org/ or https://example.org/blog/'),
);

function isBaseUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url !== undefined && url.search === '' && url.hash === '' && url.username === '';
  return plain && /^https?:$/.test(url.protocol);
}

const permalink = line.superRefine((pattern, { addIssue }) => {
  const fault = permalinkFault(pattern);
  if (fault !== undefined) addIssue({ code: 'custom', message: fault });
});

function permalinkFault(pattern: string): string | undefined {
  const fault = placeholderFault(pattern);
  if (fault !== undefined) return fault;
  if (!pattern.startsWith('/')) return 'must begin with /';
  if (!/:(?:slug|title)\b/.test(pattern)) return 'must hold :slug, which tells posts apart';
  const path = sitePath(
    expandPermalink(pattern, { year: '2019', month: '02', day: '05', slug: 'x', title: 'x', lang: 'en' }),
  );
  return 'fault' in path ? path.fault : undefined;
}

/** A command may be written without its backslash, which YAML would want in quotes. */
const macros = z
  .record(z.string(), z.string(must('TeX')), must('a map from commands to TeX'))
  .transform((bodies) =>
    Object.fromEntries(Object.entries(bodies).map(([name, body]) => [name.replace(/^(?!\\)/, '\\'), body])),
  );

const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, must(values.join(' or ')));

const pageSizes = must('a whole number from 1 to 1000');
const pageSize = z.preprocess(
  (value) => (typeof value === 'string' ? Number(value) : value),
  z.number(pageSizes).int(pageSizes).min(1, pageSizes).max(1000, pageSizes),
);

/** Where a post can be shared, in the order that they are shown in by default. */
const shareSites = ['x', 'linkedin', 'reddit', 'hackernews', 'facebook', 'telegram', 'email'] as const;

const share = z.array(
  z.enum(shareSites, must(shareSites.join(', '))),
  must(`a list of ${shareSites.join(', ')}; [] for none`),
);

const filled = line.pipe(z.string().min(1, 'is missing'));

const giscus = z.strictObject(
  {
    repo: line
      .refine((name) => /^[\w.-]+\/[\w.-]+$/.test(name), must('owner/name'))
      .describe('Repository on GitHub: owner/name.'),
    repoId: filled.describe('As giscus.app shows it: R_….'),
    category: filled.describe('Category of the discussions: Announcements.'),
    categoryId: filled.describe('As giscus.app shows it: DIC_….'),
    mapping: oneOf(['pathname', 'url', 'title', 'og:title'])
      .default('pathname')
      .describe('What of a post names its discussion, unless the post says comments: with a name.'),
    strict: flag.default(true).describe('Whether the name has to fit exactly.'),
    reactions: flag.default(true).describe('Whether reactions to the post itself are shown.'),
    inputPosition: oneOf(['top', 'bottom']).default('bottom').describe('Where one writes.'),
  },
  must('a map with repo, repoId, category and categoryId'),
);

const hosts = lines.refine(
  (names) => names.every((name) => /^[^\s/]+$/.test(name)),
  must('hosts such as www.youtube-nocookie.com, without https:// and path'),
);

const attributeName = /^[a-z][a-z0-9-]*$/i;

const analytics = z.strictObject(
  {
    script: address.describe('Address of the script.'),
    attributes: z
      .record(z.string().regex(attributeName), z.string(must('a text')).default(''), {
        error: (issue) =>
          issue.code === 'invalid_key' ? 'must be the name of an attribute' : 'must be a map of attributes',
      })
      .default({})
      .describe('Attributes of its element: {data-domain: example.org}.'),
  },
  must('a map with script and attributes'),
);

/** The keys of `site.yaml`. What a description says is what the editor shows. */
export const configSchema = z.strictObject({
  title: line.default('Blog').describe('Title of the site.'),
  description: line.default('').describe('One or two sentences for search engines and feeds.'),
  baseUrl: baseUrl.optional().describe('Where the site will be. Feeds, sitemap and canonical links need it.'),
  author: line.default('').describe('Author of posts that name none.'),
  languages: languages
    .default({})
    .describe('By code: title, description, author, greeting, menu. The first is the default.'),
  timezone: timezone.default('UTC').describe('For dates and times that are written without an offset.'),
  pageSize: pageSize.default(10).describe('Posts on a page of a list.'),
  permalink: permalink
    .default('/posts/:slug/')
    .describe('Address of posts; holds :slug, :year, :month, :day, :lang.'),
  toc: z
    .preprocess(readFlag, z.union([z.boolean(), z.literal('open')], must('true, false or open')))
    .default(true)
    .describe('Whether posts show their table of contents; open unfolds it on small screens, too.'),
  social: links('{name: GitHub, url: https://github.com/…}')
    .default([])
    .describe('Links at the bottom of every page.'),
  theorems: oneOf(['own', 'shared'])
    .default('own')
    .describe('Whether theorems, lemmas and the like count together or each on their own.'),
  citations: oneOf(['author-year', 'numeric'])
    .default('author-year')
    .describe('How works of the bibliography are cited: (Vaswani et al., 2017), or [1].'),
  search: flag.default(true).describe('Whether the site has a search page.'),
  share: share
    .default(['x', 'linkedin', 'reddit', 'hackernews', 'email'])
    .describe('Where posts have a link to be shared; [] for nowhere.'),
  comments: z
    .strictObject(
      { giscus: giscus.describe('Discussions on GitHub; giscus.app gives the values.') },
      must('a map with giscus'),
    )
    .optional()
    .describe('Comments under posts. Without it there are none.'),
  analytics: analytics
    .optional()
    .describe('A script that every page loads to count its readers. Without it there is none.'),
  fonts: oneOf(['subset', 'full']).default('subset').describe('full ships the fonts of formulas uncut.'),
  markdown: z
    .strictObject(
      {
        rawHtml: oneOf(['safe', 'trusted', 'none'])
          .default('safe')
          .describe('What becomes of HTML in posts.'),
        embeds: hosts.default([]).describe('Hosts whose pages posts may embed: [www.youtube-nocookie.com].'),
      },
      must('a map'),
    )
    .prefault({}),
  math: z
    .strictObject(
      {
        macros: macros.prefault({}).describe("Commands for all formulas: {\\E: '\\mathbb{E}'}."),
        doubleDollarInText: oneOf(['inline', 'display'])
          .default('inline')
          .describe('How $$…$$ inside a sentence is set.'),
        numbering: oneOf(['auto', 'all', 'none']).default('auto').describe('Which displays have a number.'),
        cjkOutsideText: oneOf(['warn', 'error', 'ignore'])
          .default('warn')
          .describe('What Korean, Chinese and Japanese outside of \\text are in a formula.'),
      },
      must('a map'),
    )
    .prefault({}),
});
