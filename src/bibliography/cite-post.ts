// "Cite this post": how others can quote a post, for readers (BibTeX and text) and for machines (the `citation_*`
// tags that Google Scholar and Zotero read).
import { type CitationWords, fillPattern } from './words.js';

export interface CitablePost {
  readonly authors: readonly string[];
  /** Texts and formulas as TeX, in turn. */
  readonly title: readonly (string | { readonly tex: string })[];
  /** The title where only text fits. */
  readonly titleText: string;
  /** Calendar date, `YYYY-MM-DD`. */
  readonly date?: string;
  /** Absolute; left out where the site does not know its own address. */
  readonly url?: string;
  readonly slug: string;
  readonly lang: string;
  readonly siteTitle: string;
}

export interface PostCitation {
  readonly bibtex: string;
  readonly text: string;
  /** Names and contents of `<meta>` elements. */
  readonly meta: readonly { readonly name: string; readonly content: string }[];
}

/** The ways to cite a post. `words` are those of its language. */
export function citePost(post: CitablePost, words: CitationWords): PostCitation {
  return { bibtex: bibtexOf(post), text: textOf(post, words), meta: metaOf(post) };
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

function bibtexOf({ authors, title, date, url, siteTitle, slug }: CitablePost): string {
  const [year, month] = date?.split('-') ?? [];
  const monthName = months[Number(month) - 1];
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['author', authors.length > 0 ? `{${authors.map(bibtexName).join(' and ')}}` : undefined],
    [
      'title',
      `{{${title.map((part) => (typeof part === 'string' ? escapeTex(part) : `$${part.tex}$`)).join('')}}}`,
    ],
    ['year', year && `{${year}}`],
    ['month', monthName],
    ['howpublished', siteTitle ? `{${escapeTex(siteTitle)}}` : undefined],
    ['url', url && `{${url.replace(/[{}\\]/g, encodeURIComponent)}}`],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = ${value},\n`]));
  return `@misc{${keyOf(authors, year, slug)},\n${lines.join('')}}\n`;
}

/** A name with a comma or an `and` in it would be read as several. */
function bibtexName(name: string): string {
  return /,|\sand\s/i.test(name) ? `{${escapeTex(name)}}` : escapeTex(name);
}

/** `angrypark2020-two-tower-model`: letters and digits that every BibTeX reads. */
function keyOf(authors: readonly string[], year: string | undefined, slug: string): string {
  const plain = (text: string) =>
    /^[a-z0-9-]*$/.test(text)
      ? text
      : text
          .normalize('NFD')
          .toLowerCase()
          .replace(/[^a-z0-9-]/g, '');
  const family = plain(authors[0]?.split(' ').at(-1) ?? '');
  const words = plain(slug).replace(/^-+|-+$/g, '');
  return [family + (year ?? ''), words].filter((part) => part !== '').join('-') || 'post';
}

const texNames: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  // BibTeX counts braces even behind a backslash.
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
};

function escapeTex(text: string): string {
  if (!/[\\~^{}&%$#_]/.test(text)) return text;
  return text.replace(/[\\~^{}&%$#_]/g, (character) => texNames[character] ?? `\\${character}`);
}

function textOf({ authors, titleText, date, url, siteTitle }: CitablePost, words: CitationWords): string {
  const [first = '', second = ''] = authors;
  const names =
    authors.length > 2
      ? authors.join(', ')
      : second === ''
        ? first
        : fillPattern(words.pair, { a: first, b: second });
  const mark = `(${date?.slice(0, 4) ?? words.noDate})`;
  const head = names === '' ? '' : `${fillPattern(words.inText, { names, mark })}.`;
  const title = /[.?!…]$/.test(titleText) ? titleText : `${titleText}.`;
  return [head, title, siteTitle === '' ? '' : `${siteTitle}.`, url ?? '']
    .filter((part) => part !== '')
    .join(' ');
}

function metaOf({ authors, titleText, date, url, lang, siteTitle }: CitablePost): PostCitation['meta'] {
  const day = date?.replaceAll('-', '/');
  const tags: readonly (readonly [string, string | undefined])[] = [
    ['citation_title', titleText],
    ...authors.map((author) => ['citation_author', author] as const),
    ['citation_publication_date', day],
    ['citation_online_date', day],
    ['citation_journal_title', siteTitle || undefined],
    ['citation_language', lang],
    ['citation_fulltext_html_url', url],
  ];
  return tags.flatMap(([name, content]) => (content === undefined ? [] : [{ name, content }]));
}
