// What templates see: flat, ready to print, the same names in every page. A value that ends in `Html` is safe
// HTML and goes through the `safe` filter; everything else is text and is escaped by the engine.

/** Interface texts of one language, from `templates/texts/<lang>.yaml`. */
export type Texts = Readonly<Record<string, string>>;

export interface LinkView {
  readonly name: string;
  readonly href: string;
  readonly current?: boolean;
  /** BCP 47, set where the target is in another language. */
  readonly lang?: string;
}

export interface AttributeView {
  readonly name: string;
  readonly value: string;
}

/** A script element. */
export interface AnalyticsView {
  readonly script: string;
  readonly attributes: readonly AttributeView[];
}

export interface DateView {
  /** For `<time datetime>`: `2020-10-31`. */
  readonly iso: string;
  /** In the page's language: `October 31, 2020`. */
  readonly text: string;
}

/** An image for other sites: its address is absolute. */
export interface ImageView {
  readonly href: string;
  readonly alt: string;
  readonly width?: string;
  readonly height?: string;
}

/** Contents of `<head>` that differ by page. */
export interface HeadView {
  /** Of the page alone; the layout adds the site's title. Empty on the home page. */
  readonly title: string;
  readonly description: string;
  /** Absolute; absent without `baseUrl`. */
  readonly canonical?: string;
  /** All versions of the page by language, itself included; `x-default` among them. Empty without `baseUrl`. */
  readonly alternates: readonly { readonly lang: string; readonly href: string }[];
  readonly type: 'website' | 'article';
  /** Open Graph locale: `ko_KR`. */
  readonly locale: string;
  /** What other sites show of the page. */
  readonly image?: ImageView;
  readonly published?: string;
  readonly modified?: string;
  readonly tags: readonly string[];
  /** JSON-LD, escaped for a script element. */
  readonly jsonLdHtml?: string;
  /** Further `<meta>` elements, by name: `citation_title`. */
  readonly meta: readonly { readonly name: string; readonly content: string }[];
  readonly noindex: boolean;
  /** Empty without `baseUrl`. */
  readonly feeds: readonly { readonly type: string; readonly title: string; readonly href: string }[];
  readonly prev?: string;
  readonly next?: string;
}

export type Direction = 'ltr' | 'rtl';

/** Common to all pages. Every template gets this as `page`, with the fields of its own kind. */
export interface BaseView {
  /** Name of the template: `home`, `post`, `list`, `tags`, `archive`, `search`, `page`, `not-found`. */
  readonly kind: string;
  readonly lang: string;
  /** For a language that is written from right to left. */
  readonly dir?: Direction;
  readonly texts: Texts;
  readonly site: {
    readonly title: string;
    readonly description: string;
    readonly author: string;
    readonly home: string;
  };
  readonly head: HeadView;
  readonly menu: readonly LinkView[];
  /** The same page in every language, or that language's home; empty when the site has one language. */
  readonly languages: readonly LinkView[];
  readonly social: readonly LinkView[];
  /** The RSS feed of the page's language. */
  readonly feed?: string;
  /** Set only when the owner counts readers. */
  readonly analytics?: AnalyticsView;
  readonly assets: {
    readonly style: string;
    readonly script: string;
    readonly favicon: string;
    /** Set only on pages with formulas. */
    readonly math?: { readonly style: string; readonly preload: readonly string[] };
  };
  readonly year: string;
}

/** A post in a list. */
export interface CardView {
  readonly href: string;
  readonly title: string;
  readonly excerptHtml: string;
  readonly date?: DateView;
  readonly minutes: string;
  readonly authors: readonly string[];
  readonly draft: boolean;
  readonly future?: boolean;
  readonly cover?: { readonly imageHtml: string };
}

export interface PaginationView {
  readonly current: string;
  readonly total: string;
  readonly prev?: string;
  readonly next?: string;
  /** Every page, or with gaps when there are many; a gap has no href. */
  readonly pages: readonly { readonly number: string; readonly href?: string; readonly current: boolean }[];
}

export interface HomeView extends BaseView {
  readonly greeting?: { readonly title: string; readonly text: string };
  readonly cards: readonly CardView[];
  readonly pagination?: PaginationView;
}

export interface PostView extends BaseView {
  readonly crumbs: readonly LinkView[];
  /** With marks of notes, if the title stands in the text with them. */
  readonly titleHtml: string;
  /** Of the heading that is the title, where that stands in the text. */
  readonly titleId?: string;
  readonly descriptionHtml?: string;
  readonly date?: DateView;
  readonly updated?: DateView;
  readonly minutes: string;
  readonly authors: readonly string[];
  readonly draft: boolean;
  readonly future?: boolean;
  readonly tags: readonly LinkView[];
  readonly categories: readonly LinkView[];
  readonly translations: readonly LinkView[];
  readonly toc: readonly TocView[];
  readonly tocOpen: boolean;
  readonly cover?: { readonly imageHtml: string; readonly captionHtml?: string };
  readonly bodyHtml: string;
  /** How to cite the post. */
  readonly citation?: { readonly bibtex: string; readonly text: string };
  /** Series of several posts that this one is a part of. */
  readonly series: readonly SeriesView[];
  /** Posts about the same things. */
  readonly related: readonly LinkView[];
  /** Links that share the post on other sites. */
  readonly share: readonly LinkView[];
  readonly comments?: CommentsView;
  /** The newer and the older post. */
  readonly newer?: LinkView;
  readonly older?: LinkView;
}

export interface SeriesView {
  readonly name: string;
  /** `Part 2 of 3` */
  readonly part: string;
  /** Oldest first. */
  readonly posts: readonly LinkView[];
}

/** What the script needs to load the discussion, and the link that stands in until then. */
export interface CommentsView {
  readonly script: string;
  /** For giscus, without `data-`. */
  readonly attributes: readonly AttributeView[];
  readonly link: LinkView;
}

export interface TocView {
  readonly href: string;
  readonly html: string;
  readonly children: readonly TocView[];
}

/** Posts of one tag or category. */
export interface ListView extends BaseView {
  readonly crumbs: readonly LinkView[];
  readonly title: string;
  readonly count: string;
  readonly cards: readonly CardView[];
  readonly pagination?: PaginationView;
}

/** All tags or categories. */
export interface TermsView extends BaseView {
  readonly crumbs: readonly LinkView[];
  readonly title: string;
  readonly terms: readonly { readonly name: string; readonly href: string; readonly count: string }[];
}

export interface ArchiveView extends BaseView {
  readonly crumbs: readonly LinkView[];
  readonly title: string;
  readonly years: readonly {
    readonly year: string;
    readonly count: string;
    readonly posts: readonly { readonly href: string; readonly title: string; readonly date: DateView }[];
  }[];
}

export interface SearchView extends BaseView {
  readonly crumbs: readonly LinkView[];
  readonly title: string;
  /** Missing where the index could not be made: then the page offers the archive alone. */
  readonly search?: { readonly script: string; readonly index: string };
  readonly archive: LinkView;
}

export interface NotFoundView extends BaseView {
  readonly title: string;
  /** The same in the other languages, where this page answers for all of them: the title, and a link to the home. */
  readonly others: readonly {
    readonly lang: string;
    readonly dir?: Direction;
    readonly title: string;
    readonly home: LinkView;
  }[];
  readonly archive: LinkView;
  readonly search?: LinkView;
  readonly recent: readonly LinkView[];
}
