// Keys that other systems and their themes know, and that may stand in a post without a word from us: what they
// steer is decided elsewhere here, or does not exist. Keys that can keep a post from being seen are in `hiding-keys.ts`.

export const ignoredKeys: readonly string[] = [
  // Reserved for what posts may have here.
  'references',
  // Formulas, code and diagrams: recognised by what the text holds.
  'math katex mathjax mathjax3 latex useMath hasMath enableMath usemathjax tikzjax mermaid chart code',
  'highlight highlighter codeDiff prettyTable pseudocode typograms disableHLJS',
  // Comments, sharing, search engines.
  'comment commentable disqus disqusComments giscus giscusComments utterances share',
  'shareButtons showShare disableShare social canonical',
  'canonicalUrl keywords seo images videos audio ogImage socialImage feed',
  // Hugo.
  'cascade isCJKLanguage linkTitle markup menu menus outputs params resources',
  'translationKey type weight kind',
  // PaperMod and other themes of Hugo.
  'tocOpen tocSide useHugoToc hideMeta hideSummary hideHeader hideFooter hideTitle searchHidden',
  'showReadingTime showBreadCrumbs showPostNavLinks showWordCount showCodeCopyButtons',
  'showRssButtonInSectionTermList showAuthor showDate editPost editUrl readingTime coverCaption',
  'coverImageCredit featured featuredImagePreview thumbnail pinned lightgallery license summaryLength top_img',
  'placeholder projects publication abstract lead',
  // Jekyll and its themes.
  'author_profile background banner bigimg catalog citation classes css custom_css custom_js',
  'excerpt_separator external_source external_url feature-img fig-caption footer gallery guid',
  'has_children header header-img header-mask header-style hero icon id img img_path importance js',
  'liquid map media_subdir media_subpath nav nav_order order page_css pagination parent pin profile',
  'read_time ref related related_posts related_publications render_with_liquid sidebar _styles tabs',
  'tagline toc_data toc_icon toc_label toc_sticky',
  // Astro and its themes.
  'badge client hideEditPost imports minutesRead readTime setup sticky timezone',
  // Zola.
  'extra in_search_index template',
  // Docusaurus.
  'hide_table_of_contents',
  // Obsidian, Quarto and others.
  'collection cssclass cssclasses execute format group heading jupyter jupytext kernelspec link links notes',
  'number-sections page-layout priority source venue version',
].flatMap((keys) => keys.split(' '));
