// What other systems read in a text, and what is written here in its place. A pattern may be left open where another
// construct, such as an address, divides the text.

import { nearestEnvironment } from '../math/commands.js';
import { environmentNames } from '../math/environments.js';
import { kindLike, nearestKind } from './block-kinds.js';
import { directiveHint } from './myst.js';
import type { Piece } from './places-in.js';

export interface ForeignText {
  /** With `g`. */
  readonly pattern: RegExp;
  readonly name: string;
  readonly hint: string | ((match: RegExpExecArray) => string);
  /** Whether it is that, by its words and what stands round it. */
  readonly fits?: (piece: Piece, match: RegExpExecArray) => boolean;
  /** Whether it ends a paragraph. */
  readonly isLast?: true;
  /** Whether it is read in HTML, too. */
  readonly inHtml?: true;
}

/** Something of every pattern below, and in few other texts. Without anchors, which make it ten times slower. */
export const sign =
  /\{[{%:#]|\\[a-zA-Z]|\[\[|%%|:::|!!!|\?\?\?|===|\)=|\^[\w-]{3}|\^\[|\[(?:toc|TOC)\]| =\d*x\d*\)/;

/** Nothing but blanks and the marks of quotes and lists stands before it. */
const isAtLineStart = ({ before }: Piece) => /^[ \t>*+\-\d.)]*$/.test(before);

const isBehindBlank = ({ before }: Piece) => before === '' || /[\s(>]/.test(before.charAt(before.length - 1));

/** The next line that is not blank is indented. */
const isBeforeIndented = ({ after }: Piece) => /^[^\n]*\n(?:[ \t>\r]*\n)?[ \t>]*(?: {2}|\t)\S/.test(after);

/** `{{ page.title }}`, `{{"/about/"}}`, and not the braces of `{{a}}` or `{{1, 2}}`. */
const variable = /\{\{-?(?:\s+["'\w]|["']\/|[\w-]+\.)[^{}]*\}\}/g;

/** Whether an address holds a variable of Liquid, which is told with the text round it. */
export const hasLiquid = (address: string): boolean =>
  address.includes('{{') && address.search(variable) >= 0;

const markdown = 'write Markdown for it: docs/writing.md lists figures, callouts and the rest';

/** One of these that is never closed is an error of its own; `subequations` may be closed, and hold more than a formula. */
const ofFormulas = environmentNames.filter((name) => name !== 'subequations');

export const foreignTexts: readonly ForeignText[] = [
  { pattern: /\{\{[<%][^{}]*(?:\}\})?/g, name: 'a shortcode of Hugo', hint: markdown, inHtml: true },
  {
    pattern: /(?<!\{)\{%(?:[^%]*%\}|-? +[a-z]\w* [^%]*$)/g,
    name: 'a tag of Liquid',
    hint: markdown,
    inHtml: true,
  },
  {
    pattern: variable,
    name: 'a variable of Liquid',
    hint: 'write what it stands for; links that begin with / work below a sub-path too',
    inHtml: true,
  },
  {
    // Not the formats `{:.2f}` and `{:d}`, and not Elixir's `{:ok, value}`.
    pattern:
      /\{(?:::\/?[A-Za-z][^{}]*|:\s*(?:\/[^{}]*|[.#][A-Za-z][^{}]*|[\w-]+=[^{}]*|[\w-]+:\s[^{}]*|[A-Za-z][\w-]{2,}(?:\s+[.#\w][^{}:,[\]]*)?))\}/g,
    name: 'an attribute list of kramdown',
    hint: 'leave it out, or write HTML: contents come by themselves, and images take a title as their caption',
  },
  {
    pattern: /\\(?=[a-zA-Z]*cite)[a-zA-Z]+\*?(?:\[[^[\]\n]*\]){0,2}\{[^{}]*\}/g,
    name: 'a citation of LaTeX',
    hint: 'cite with [@key], or with @key in a sentence',
  },
  {
    pattern: new RegExp(String.raw`\\begin[ \t]*\{(?!(?:${ofFormulas.join('|')})\*?\})([a-zA-Z]+\*?)\}`, 'g'),
    name: 'an environment of LaTeX',
    hint: ([, name = '']) => environmentHint(name),
    fits: isAtLineStart,
  },
  {
    pattern: /\\(?:(?:new|renew|provide)command|DeclareMathOperator)\*?|\\def(?=\\)/g,
    name: 'a definition of LaTeX',
    hint: 'put it into macros.tex for all posts, under macros: in the front matter for this one, or into a formula',
    fits: isAtLineStart,
  },
  {
    pattern: /\\label\{[^{}\n]*\}/g,
    name: 'a label of LaTeX',
    hint: ([label]) =>
      `write ${label.replace(/^.*\{/, '{#')} behind the heading, the caption or the :::theorem; \\label belongs in formulas`,
  },
  {
    pattern: /\\hyperref\[([^[\]\n]*)\]\{([^{}\n]*)\}/g,
    name: 'a link of LaTeX',
    hint: ([, name = '', words = '']) => `write [${words}](#${name})`,
  },
  {
    pattern:
      /\\(?:(?:name|page|v|V|vpage|full|labelc|labelcpage)ref\*?\{[^{}\n]*\}|[cC]refrange\*?\{[^{}\n]*\}\{[^{}\n]*\})/g,
    name: 'a reference of LaTeX',
    hint: 'write [](#name), \\cref{name} or \\ref{name}: they show the name or the number of the thing, and lead to it',
  },
  {
    // An address in it may be a link by itself.
    pattern: /\\(?:href|url)\{(?:[^{}\n]*\}(?:\{[^{}\n]*\})?)?/g,
    name: 'a link of LaTeX',
    hint: 'write [words](address), or <address>',
  },
  {
    pattern: /\\texttt\{[^{}\n]*\}/g,
    name: 'a command of LaTeX',
    hint: 'write `code` between backticks',
  },
  {
    pattern: /\\(?:(?:sub){0,2}section|textbf|textit|emph|footnote)\*?\{[^{}]*\}|\\item(?![a-zA-Z])/g,
    name: 'a command of LaTeX',
    hint: 'write Markdown for it: ## for a heading, **bold**, *emphasis*, [^1] for a note, - for an item',
  },
  {
    pattern:
      /\\(?:(?:new|clear)page|pagebreak|noindent|(?:small|med|big)skip|[vh](?:space|fill)|centering|tableofcontents|maketitle)(?![a-zA-Z])\*?(?:\{[^{}\n]*\})?/g,
    name: 'a command of LaTeX',
    hint: 'leave it out: the theme sets the text, and contents come by themselves',
  },
  {
    pattern: /\\(?:textcolor|underline|paragraph|includegraphics|usepackage)(?:\[[^[\]\n]*\])?\{[^{}\n]*\}/g,
    name: 'a command of LaTeX',
    hint: 'write Markdown or HTML for it; packages are not needed',
  },
  {
    // With words in it, which the regular expression `^[a-z]+` has not.
    pattern: /\^\[(?=[^[\]\n]*\p{L}{2}[^[\]\n]* )[^[\]\n]*\]?/gu,
    name: 'an inline note of pandoc',
    hint: 'write [^1] for it, and the note as a paragraph [^1]: … of its own',
  },
  {
    pattern: /^\[{1,2}toc\]{1,2}$/gim,
    name: 'a mark for contents',
    hint: 'leave it out: contents come by themselves',
    fits: isAtLineStart,
  },
  {
    pattern: / =(?:\d+x\d*|x\d+)\)/g,
    name: 'the size of an image',
    hint: 'leave it out, or write <img src="…" alt="…" width="…">',
    fits: ({ before }) => /!\[[^[\]]*\]\([^\s()]+$/.test(before),
  },
  {
    // Not the blocks of Svelte, and not the label of a quote that is a theorem.
    pattern: /\{#(?!(?:if|each|await|key|snippet)\s)[^\s{}#\\][^{}#\n]*\}[ \t]*$/gm,
    name: 'a label where nothing takes it',
    hint: 'put {#name} at the end of the line of the closing $$, of the heading or the caption, with nothing behind it; the caption of a table begins with Table:',
    fits: ({ before, after }) =>
      /(?:^|[\s>)$])$/.test(before) && /^\s*(?:\n|$)/.test(after) && !/\[![a-z]+\]/i.test(before),
  },
  {
    pattern: /^:::+\{([a-z][\w:-]*)\}.*$/gm,
    name: 'a directive of MyST',
    hint: ([, name = '']) =>
      name === 'math' ? 'write three backticks in place of the colons, or $$ lines' : directiveHint(name),
    fits: isAtLineStart,
  },
  {
    pattern: /^:::+(?!\{[a-z]).*$/gm,
    name: 'the mark of a block that is not one',
    hint: ([mark]) => blockHint(mark),
    fits: isAtLineStart,
  },
  {
    pattern: /^(!!!|\?\?\?\+?) ?([a-z][\w-]*)(?: +[\w-]+)* +"([^"\n]*)(?:" *)?$/gim,
    name: 'an admonition of MkDocs',
    hint: admonitionHint,
    fits: isAtLineStart,
  },
  {
    pattern: /^(!!!|\?\?\?\+?) ?([a-z][\w-]*)(?: +[\w-]+)* *$/gim,
    name: 'an admonition of MkDocs',
    hint: admonitionHint,
    fits: (piece) => isAtLineStart(piece) && isBeforeIndented(piece),
  },
  {
    pattern: /^===[!+]? +"[^"\n]*(?:" *)?$/gm,
    name: 'a tab of MkDocs',
    hint: 'write a heading, and the text below it without indentation',
    fits: isAtLineStart,
  },
  {
    pattern: /^\([A-Za-z][\w:.+-]+\)=$/gm,
    name: 'a target of MyST',
    hint: ([target]) =>
      `write {#${target.slice(1, -2)}} behind the heading, the caption or the :::theorem, and \\label{…} in a formula`,
    fits: isAtLineStart,
  },
  {
    pattern: /!\[\[[^\s[\]][^[\]\n]*\]\]/g,
    name: 'an embedded file of Obsidian',
    hint: 'write ![what it shows](file.png) for an image, and a link to anything else',
  },
  {
    pattern: /(?<!!)\[\[[^\s"'`[\]:][^[\]\n]*\]\]/g,
    name: 'a link of Obsidian',
    hint: 'write [words](file.md), with # and the address of a heading where it leads to one',
    fits: ({ before }, [link]) => !/[\w`$)\]]$/.test(before.slice(-1)) && isWikiLink(link.slice(2, -2)),
  },
  {
    pattern: /%%[^%]+(?<!\d)%%(?![\w%])/g,
    name: 'a comment of Obsidian',
    hint: 'readers see it: delete it, or write <!-- … -->',
    fits: isBehindBlank,
  },
  {
    pattern: /^%%$/gm,
    name: 'a comment of Obsidian',
    hint: 'readers see it: delete it, or write <!-- … -->',
    fits: isAtLineStart,
  },
  {
    pattern: /(?<=^|[ \n])\^(?=[\d-]*[A-Za-z])[A-Za-z\d-]{3,}$/g,
    name: 'the id of a block of Obsidian',
    hint: 'leave it out; a heading or a :::theorem takes a name as {#name}',
    fits: isBehindBlank,
    isLast: true,
  },
];

function environmentHint(name: string): string {
  const bare = name.replace('*', '');
  const kind = kindLike(bare);
  if (kind !== undefined) return `write :::${kind}, then the text, and ::: on a line of its own`;
  if (bare === 'subequations') return 'it is read round one environment, and nothing else';
  if (/^(?:itemize|enumerate|description)$/.test(bare)) return 'write a Markdown list';
  if (/^(?:tabular|table|tabularx|longtable)$/.test(bare)) return 'write a Markdown table';
  if (/^(?:figure|tikzpicture|tikzcd)$/.test(bare))
    return 'write ![what it shows](file.svg "caption") for a picture';
  const near = nearestEnvironment(name);
  return near === undefined ? 'formulas stand between $$ lines' : `did you mean ${near}?`;
}

const attributesOfCpp =
  /^(?:nodiscard|noreturn|deprecated|fallthrough|likely|unlikely|maybe_unused|no_unique_address)\b/;

/** Whether words in double brackets are words or a day, and no index, matrix, class of characters or attribute of C++. */
function isWikiLink(words: string): boolean {
  if (attributesOfCpp.test(words) || /^_?toc_?$/i.test(words)) return false;
  const isName = words.includes(',') ? /\p{L}{3}/u : /\p{L}{2}/u;
  return isName.test(words) || /^\d{4}-\d\d-\d\d/.test(words);
}

/** Of a mark that is looked at closely. */
const longest = 200;

function blockHint(mark: string): string {
  const [, name = '', title = '', attributes = ''] =
    /^:+ *([a-z][\w-]*)(?: +([^\s[{][^{]*?))?(?: *(\{[^{}]*\}))?$/i.exec(mark.slice(0, longest).trimEnd()) ??
    [];
  const kind = name === '' ? undefined : nearestKind(name);
  const opening =
    kind === undefined ? ':::name[Title]{#label}' : `:::${kind}${title && `[${title}]`}${attributes}`;
  return `a block opens with ${opening}, without blanks, and closes with ::: on a line of its own`;
}

function admonitionHint([, mark = '', name = '', title = '']: RegExpExecArray): string {
  const kind = kindLike(name) ?? 'note';
  const isFolded = mark !== '!!!';
  const words = title.trim();
  if (isFolded && kind !== 'proof')
    return `write <details><summary>${words || 'Title'}</summary> and </details> round the text, with blank lines between and not indented`;
  const opening = `:::${kind}${words && `[${words}]`}${isFolded ? '{fold}' : ''}`;
  return `write ${opening}, then the text, not indented, and ::: on a line of its own`;
}
