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

export interface DateView {
  /** For `<time datetime>`: `2020-10-31`. */
  readonly iso: string;
  /** In the page's language: `October 31, 2020`. */
  readonly text: string;
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
  readonly image?: string;
  readonly published?: string;
  readonly modified?: string;
  readonly tags: readonly string[];
  /** JSON-LD, escaped for a script element. */
  readonly jsonLdHtml?: string;
  /** Further `<meta>` elements, by name: `citation_title`. */
  readonly meta: readonly { readonly name: string; readonly content: string }[];
  readonly noindex: boolean;
  readonly prev?: string;
  readonly next?: string;
}

/** Common to all pages. Every template gets this as `page`, with the fields of its own kind. */
export interface BaseView {
  /** Name of the template: `home`, `post`, `list`, `tags`, `archive`, `page`, `not-found`. */
  readonly kind: string;
  readonly lang: string;
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
  readonly feed?: string;
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
  readonly titleHtml: string;
  readonly description?: string;
  readonly date?: DateView;
  readonly updated?: DateView;
  readonly minutes: string;
  readonly authors: readonly string[];
  readonly draft: boolean;
  readonly tags: readonly LinkView[];
  readonly categories: readonly LinkView[];
  readonly translations: readonly LinkView[];
  readonly toc: readonly TocView[];
  readonly cover?: { readonly imageHtml: string; readonly caption?: string };
  readonly bodyHtml: string;
  /** How to cite the post. */
  readonly citation?: { readonly bibtex: string; readonly text: string };
  /** The newer and the older post. */
  readonly newer?: LinkView;
  readonly older?: LinkView;
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

export interface NotFoundView extends BaseView {
  readonly title: string;
  readonly archive: LinkView;
  readonly recent: readonly LinkView[];
}
