// The data that flows through a build. Plain and read-only: no classes, no back references, dates as ISO
// strings, so that every value can be cached, sent to a worker and compared in a test. A stage adds knowledge
// by wrapping what came before; no object is ever half filled.

/** What went wrong, and where. Lines and columns start at 1 and count characters of the file as it is. */
export interface Diagnostic {
  readonly severity: Severity;
  /** `area/what-is-wrong`; permanent; listed in `diagnostic.ts`. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** Relative to the site's root, with `/`. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Characters that the caret underlines. */
  readonly length?: number;
}

export type Severity = 'error' | 'warning' | 'note';

/** A place in a file. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly length?: number;
}

/** A file of `posts/`, decoded. */
export interface Source {
  /** Relative to the site's root, with `/`, NFC: `posts/attention.md`. */
  readonly path: string;
  readonly text: string;
}

/** Front matter and address of one Markdown file: all that is known before any body is rendered. */
export interface Post {
  /** The source file, relative to the site's root. */
  readonly path: string;
  /** Equal in all translations of one text: the path without language and ending. */
  readonly translationKey: string;
  readonly lang: string;
  readonly layout: 'post' | 'page';
  /** Site path, decoded, NFC, with slashes at both ends and without the sub-path of `baseUrl`: `/ko/posts/x/`. */
  readonly url: string;
  readonly slug: string;
  /** As written (may hold formulas). Missing: the first `#` heading of the body is the title. */
  readonly title?: string;
  /** Where texts of the front matter are written, for errors in their formulas: the first character. */
  readonly textPlaces: Readonly<Partial<Record<'title' | 'description' | 'summary' | 'caption', Place>>>;
  /** Calendar date, `YYYY-MM-DD`. Missing only for `layout: page`. */
  readonly date?: string;
  /** The date as written, where it has a time: RFC 3339 with offset. Orders posts of one day. */
  readonly dateTime?: string;
  /** Calendar date of the last revision, from the front matter. */
  readonly updated?: string;
  readonly description?: string;
  readonly summary?: string;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  readonly categories: readonly string[];
  /** Names of the series that it is a part of. */
  readonly series: readonly string[];
  /** Whether readers can comment, where the site has comments. A text names the discussion, whatever the address. */
  readonly comments: boolean | string;
  readonly draft: boolean;
  /** Its date lies after the day of the build. */
  readonly future?: true;
  /** Site paths that redirect here, decoded, NFC. */
  readonly aliases: readonly string[];
  readonly cover?: Cover;
  readonly toc: boolean;
  /** Of this post alone. Without a name: a text of definitions. */
  readonly macros: readonly PostMacro[];
  /** Paths of `.bib` files, from the post's folder or the site's root. */
  readonly bibliography: readonly { readonly path: string; readonly place: Place }[];
  /** Markdown after the front matter, as it is in the file. */
  readonly body: string;
  /** Line of the file on which the body begins. */
  readonly bodyLine: number;
}

export interface PostMacro {
  /** As written. */
  readonly name?: { readonly text: string; readonly place: Place };
  readonly body: string;
  /** Of the body's first character. Where it has a column, all lines of the body begin in that column. */
  readonly place: Place;
}

export interface Cover {
  readonly src: string;
  readonly alt: string;
  readonly caption?: string;
  readonly place: Place;
}

/**
 * HTML with the parts left open that need the rest of the site. A post is rendered without looking at another
 * file; `site/` fills the holes at the join.
 */
export type Html = readonly (string | Hole)[];

export type Hole = LinkHole | TitleHole | ReferenceHole | ImageHole | FormulaHole;

/** Stands for the value of an `href`: a path to a post, a page or a file of this site. */
export interface LinkHole {
  readonly type: 'link';
  /** As written: `other-post.md#heading`, `/about/`, `#basic-idea`. */
  readonly target: string;
  readonly place: Place;
}

/** Stands for the words of a link that has none: the title of the post that it leads to. */
export interface TitleHole {
  readonly type: 'title';
  /** That of the link. */
  readonly target: string;
}

/** `\ref` shows the number, `\eqref` the number in brackets, a link the whole name, such as `Theorem 3`. */
export type ReferenceForm = 'number' | 'bracketed' | 'name';

/** Stands for a whole link to something numbered: `(3)`, `Theorem 2`, `(3) in Title`. */
export interface ReferenceHole {
  readonly type: 'reference';
  /** As written: `eq:x`, `other-post#eq:x`, `../other.md#thm:y`. */
  readonly target: string;
  readonly form: ReferenceForm;
  /** Only the words: inside another link. */
  readonly bare?: true;
  /** Only the words, and not the other post's title. */
  readonly inFormula?: true;
  /** Only text, in an attribute. It repeats a reference that the page shows, so it is not checked again. */
  readonly asText?: true;
  readonly place: Place;
}

/** What stands in texts for the words of a reference or link. */
export type TextHole = ReferenceHole | TitleHole;

/** Stands for a whole `<img>`, or a `<picture>` with it. */
export interface ImageHole {
  readonly type: 'image';
  /** As written: `plot.svg`, `/images/x.png`, `https://…`. */
  readonly src: string;
  readonly alt: string;
  readonly title?: string;
  /** What they refer to, where only the join knows it: the character U+F0000 + n stands in them for the n-th. */
  readonly references?: readonly ReferenceHole[];
  /** As the author's HTML gives them. */
  readonly width?: string;
  readonly height?: string;
  /** Where it is shown, if not in a text: above it, or on a card. */
  readonly at?: 'top' | 'card';
  /** Stands in a `<picture>` of the author's. */
  readonly bare?: true;
  readonly place: Place;
}

/** A formula that KaTeX has set: its HTML with the MathML inside. Feeds take only the MathML. */
export interface FormulaHole {
  readonly type: 'formula';
  readonly html: string;
  /**
   * References to other posts, whose numbers only the join knows. The character U+F0000 + n stands in `html` for
   * the n-th, as text and as the value of an `href`.
   */
  readonly references: readonly ReferenceHole[];
}

/** An element of the visible part of formulas, the same for all formulas in which it stands below the same elements. */
export interface FormulaBox {
  readonly tag: string;
  readonly classes: readonly string[];
  readonly parent: FormulaBox | undefined;
}

/** A text in an element of a formula; empty for the element itself. Equal ones are the same object. */
export interface TextRun {
  readonly box: FormulaBox;
  readonly text: string;
}

/** Something numbered that can be referred to. */
export interface Label {
  /** As written, NFC: `eq:x`. */
  readonly name: string;
  /** Of its element in the page. */
  readonly id: string;
  readonly kind: 'equation' | 'figure' | 'table' | 'theorem';
  /** `3`, or what a `\tag` says. */
  readonly number: string;
  /** What a link to it reads: `(3)`, `Theorem 2`, `정리 2`. */
  readonly text: string;
}

export interface Heading {
  readonly depth: number;
  readonly id: string;
  /** Contents of the heading, without links and notes, formulas set. */
  readonly html: Html;
  /** The same as text, formulas in their readable form. */
  readonly text: string;
}

/** A post with its body turned into HTML. Made from the post and the configuration alone. */
export interface RenderedPost extends PostFacts {
  readonly post: Post;
  readonly html: Html;
  /** The readable text, for search; empty where nobody asks for it. */
  readonly text: string;
  /** The author's words alone, without formulas and code. */
  readonly prose: string;
  /** What its formulas consist of, for fonts. */
  readonly runs: readonly TextRun[];
}

/** A text of one line with its formulas set, and as text. */
export interface SetText {
  readonly html: Html;
  readonly text: string;
}

/** What is known of a rendered post beside its body: little, so all posts can be held together. */
export interface PostFacts {
  readonly title: SetText;
  /** The heading of the text that is the title; its HTML where that is more than the title's, by the marks of notes. */
  readonly titleHeading?: { readonly id: string; readonly html?: Html };
  /** Of the front matter. */
  readonly description?: SetText;
  /** The cover's. */
  readonly caption?: SetText;
  readonly headings: readonly Heading[];
  /** A card's text: formulas as Unicode or MathML. */
  readonly excerpt: Html;
  /** The same as text, for descriptions. */
  readonly excerptText: string;
  /**
   * What reads otherwise once other posts are known: the character U+F0000 + n stands for the n-th in `excerptText` and in
   * what is read for the search.
   */
  readonly textHoles?: readonly TextHole[];
  readonly minutes: number;
  /** Every id that a `#fragment` can name. */
  readonly ids: readonly string[];
  readonly labels: readonly Label[];
  readonly uses: { readonly math: boolean; readonly code: boolean };
  /** How many it has, and for how many KaTeX was asked, in this run. */
  readonly formulas: { readonly total: number; readonly rendered: number };
  readonly diagnostics: readonly Diagnostic[];
  /** Only for `check`. */
  readonly lint?: PostLint;
}

/** A rendered post as the join and the pages see it: the body, which is most of it, is read when it is wanted. */
export interface PostRecord extends PostFacts {
  readonly post: Post;
  /** The holes of the body that the join fills, in their order. */
  readonly holes: readonly Hole[];
  /** Characters of KaTeX's fonts that its formulas need, by font file. */
  readonly glyphs: Readonly<Record<string, string>>;
  /** The words that say what it is about, and how often each is written: `regret 12 bandit 7`. */
  readonly terms: string;
  /** Different for different posts, and for all that is known of them. Comes into no output. */
  readonly key: string;
  readonly body: () => Body;
  /** The body's HTML before, between and after its holes, as it is written to files; where it is kept in that form. */
  readonly bodyPieces?: () => readonly Uint8Array[];
  /** The body with nothing but the MathML of its formulas, and without its text; where that is less work. */
  readonly feedBody?: () => Body;
}

/** A rendered body, without its holes. */
export interface Body {
  readonly html: string;
  /** Where in `html` each hole is to be filled, ascending. */
  readonly holesAt: readonly number[];
  /** Begin and end in `html` of each formula, one after the other. */
  readonly formulas: readonly number[];
  /** That of the rendered post. */
  readonly text: string;
}

/** A definition of a macro, for `check`. */
export interface WrittenMacro {
  /** With its backslash. */
  readonly name: string;
  /** Of the name. */
  readonly place: Place;
  /** Whether it takes the place of another command without saying so. */
  readonly shadows: boolean;
}

/** What `check` wants to know of a post beside what is wrong with it. */
export interface PostLint {
  /** Labels that the post's own formulas refer to. */
  readonly usedLabels: readonly string[];
  /** Where each label is defined. */
  readonly labelPlaces: readonly { readonly name: string; readonly place: Place }[];
  /** Macros of the front matter and in formulas. */
  readonly macros: readonly WrittenMacro[];
  /** Names of the macros, of the site too, that formulas and other macros use. */
  readonly usedMacros: readonly string[];
  readonly fixes: readonly Fix[];
}

/** A replacement that is certainly right, of what is `written` at a place. */
export interface Fix {
  readonly place: Place;
  readonly written: string;
  readonly replacement: string;
}

/** A file that posts can refer to: beside a post, or in `static/`. */
export interface Asset {
  /** Relative to the site's root, with `/`, NFC: `posts/bandit/regret.svg`, `static/images/x.png`. */
  readonly path: string;
  /** Where it comes to lie in the output folder: `posts/bandit/regret.svg`, `images/x.png`. */
  readonly output: string;
  /** Pixels, for images, as they are shown. */
  readonly width?: number;
  readonly height?: number;
  /** The same picture in smaller files that not every browser can show, the smallest format first. */
  readonly sources?: readonly ImageSource[];
  /** For other sites that link to a post with this cover: a JPEG. */
  readonly preview?: { readonly output: string; readonly width: number; readonly height: number };
}

export interface ImageSource {
  readonly type: 'image/avif' | 'image/webp';
  /** From narrow to wide. */
  readonly files: readonly { readonly output: string; readonly width: number }[];
}

/** A post at its place among the others. */
export interface Entry {
  readonly rendered: PostRecord;
  readonly post: Post;
  /** Calendar date of the last revision: front matter, else git. */
  readonly updated?: string;
}

/** Posts that share a tag or a category, in one language. */
export interface Term {
  readonly name: string;
  readonly slug: string;
  readonly entries: readonly Entry[];
}

/** What one language shows. */
export interface Edition {
  readonly language: Language;
  /** Site path of its home: `/` or `/ko/`. */
  readonly home: string;
  /** Newest first. */
  readonly posts: readonly Entry[];
  /** `layout: page`. */
  readonly pages: readonly Entry[];
  readonly tags: readonly Term[];
  readonly categories: readonly Term[];
  readonly texts: Readonly<Record<string, string>>;
}

/** Everything that pages are made from. The default language's edition comes first. */
export interface Site {
  readonly config: Config;
  readonly editions: readonly Edition[];
  /** All versions of a text, by its translation key. */
  readonly translations: ReadonlyMap<string, readonly Entry[]>;
  readonly targets: Targets;
}

/** What links and images can lead to. */
export interface Targets {
  readonly basePath: string;
  /** Posts by the path of their source. */
  readonly sources: ReadonlyMap<string, Post>;
  /** Posts by their addresses. */
  readonly addresses: ReadonlyMap<string, Post>;
  /** Versions of each text, by its translation key. */
  readonly versions: ReadonlyMap<string, readonly Post[]>;
  readonly slugs: ReadonlyMap<string, readonly Post[]>;
  /** Drafts and posts of the future that this build leaves out. */
  readonly hidden: ReadonlySet<string>;
  /** Sources that no post could be made of, which has been told, each with the slug that its name gives. */
  readonly faulty: ReadonlyMap<string, string>;
  /** By path of the source. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** What references can name in each post, by the path of its source: labels, and headings by their ids. */
  readonly names: ReadonlyMap<string, ReadonlyMap<string, Named>>;
  /** Titles as text, by the path of the source. */
  readonly titles: ReadonlyMap<string, string>;
  /** `{ref} in {title}` in each language. */
  readonly elsewhere: ReadonlyMap<string, string>;
}

/** Something that a reference can name, and how it is shown. */
export interface Named {
  readonly id: string;
  readonly kind: Label['kind'] | 'heading';
  readonly number: string;
  readonly text: string;
}

/** A file of the site, its path relative to the output folder: `posts/x/index.html`. */
export type Output = OutputFile | PrintedFile;

export interface OutputFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** One that is made when its content is wanted, so that all of them are never in memory together. */
export interface PrintedFile {
  readonly path: string;
  readonly prepare: () => Prepared;
}

/** A file that is about to be made. Not to be kept: it holds everything that goes into it. */
export interface Prepared {
  /** Equal keys, equal contents. */
  readonly key: () => string;
  readonly print: () => Promise<{ readonly content: string | Uint8Array } | { readonly fault: Diagnostic }>;
}

/** `site.yaml`, validated, with every default filled in. */
export interface Config {
  readonly title: string;
  readonly description: string;
  /** Without a trailing slash: `https://x.github.io` and `/blog`, or `''` for both. */
  readonly origin: string;
  readonly basePath: string;
  readonly author: string;
  /** As configured; a language that only a post names is added at the join. The first is the default. */
  readonly languages: readonly Language[];
  readonly timezone: string;
  readonly pageSize: number;
  readonly permalink: string;
  readonly toc: boolean | 'open';
  readonly social: readonly Link[];
  /** Whether there is a search page. */
  readonly search: boolean;
  /** Sites that posts have a link for, to share them there. */
  readonly share: readonly ShareSite[];
  readonly comments?: Comments | undefined;
  readonly analytics?: Analytics | undefined;
  /** Whether KaTeX's fonts are cut to the glyphs in use. */
  readonly fonts: 'subset' | 'full';
  /** Whether theorems, lemmas and the like count together or each on their own. */
  readonly theorems: 'own' | 'shared';
  readonly citations: 'author-year' | 'numeric';
  readonly markdown: {
    readonly rawHtml: 'safe' | 'trusted' | 'none';
    readonly embeds: readonly string[];
  };
  readonly math: {
    /** Bodies by command name with its backslash: `{ '\\E': '\\mathbb{E}' }`. */
    readonly macros: Readonly<Record<string, string>>;
    readonly doubleDollarInText: 'inline' | 'display';
    readonly numbering: 'auto' | 'all' | 'none';
    /** What Han, Hangul and Kana outside of `\text` are. */
    readonly cjkOutsideText: 'warn' | 'error' | 'ignore';
  };
}

export type ShareSite = 'x' | 'linkedin' | 'reddit' | 'hackernews' | 'facebook' | 'telegram' | 'email';

/** Comments that GitHub keeps, shown by giscus. */
export interface Comments {
  readonly giscus: {
    /** `owner/name` */
    readonly repo: string;
    readonly repoId: string;
    readonly category: string;
    readonly categoryId: string;
    /** What of a post names its discussion, where its front matter does not. */
    readonly mapping: 'pathname' | 'url' | 'title' | 'og:title';
    readonly strict: boolean;
    readonly reactions: boolean;
    readonly inputPosition: 'top' | 'bottom';
  };
}

/** A script on every page that counts its readers. */
export interface Analytics {
  readonly script: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Language {
  readonly code: string;
  readonly title: string;
  readonly description: string;
  readonly author: string;
  readonly greeting?: { readonly title: string; readonly text: string };
  readonly menu: readonly Link[];
}

export interface Link {
  readonly name: string;
  readonly url: string;
  /** Of the address in `site.yaml`; missing for links of our own making. */
  readonly place?: Place;
}
