// Tells formulas from prose where the delimiters alone do not: dollars are prices and shell variables too, and
// `\(` and `\[` are escaped brackets in Markdown. Every rule looks at one candidate and its two neighbours.

/** What stands between two delimiters, and the characters on both sides of them (empty at the text's ends). */
export interface Candidate {
  readonly body: string;
  readonly before: string;
  readonly after: string;
  /** The words before it, as far as they are looked at. */
  readonly words?: string;
}

/** `\alpha`, `\,`, `\{`: no prose has these. The escapes that Markdown's authors use (`\*`, `\_`, `\$`) do not count. */
const command = /\\[a-zA-Z,;{}| ]/;
/** `x^2`, `x_1`, `(a+b)_i`, but neither `snake_case` nor `[^1]`. */
const script = /(?<!\[)\^|(?<!\p{L})\p{L}_|[)\]}']_|_\{/u;
const operator = /[=<>+*]/;
const cjk = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const word = /^[A-Za-z0-9]$/;
const digit = /^[0-9]$/;
/** What may stand after a formula that ends with a blank; before anything else its last dollar opens the next one. */
const afterBlank =
  /^$|[\s.,;:!?)\]}"'*_|<]|(?![ -~])[\p{Po}\p{Pe}\p{Pf}]|[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const functions = /\b(?:mod|log|ln|exp|sin|cos|tan|max|min|gcd|lcm|det|lim|sup|inf|dim|arg)\b/g;

/**
 * Whether `$…$` is a formula. Pandoc's rule (no blank inside the dollars, no digit after them), but for bodies that
 * can only be TeX: `$\sim$6000`, `$\mathbf{S} $`; and against prices and variables that satisfy the rule by
 * chance: `US$5 or A$`, `$HOME:$PATH`, `[$5](a) or [x$](b)`.
 */
export function isDollarFormula(candidate: Candidate): boolean {
  const { body, before, after } = candidate;
  if (body.trim() === '') return false;
  const tex = command.test(body);
  const sure = tex || script.test(body);
  if (/^\s|(?<!\\)\s$/.test(body) && !mayBePadded(candidate, tex, sure)) return false;
  if (tex) return true;
  if (digit.test(after) && !sure) return false;
  if (/^[A-Za-z0-9({]$/.test(after) && /[-–—/:([,.|&~]$/.test(body) && !isClosed(body, sure)) return false;
  // The dollars belong to the text around them, or to code, a link, HTML.
  if (/`|<\/|^[^[]*\]\(/.test(body)) return false;
  return sure || !isMoneyOrVariable({ body, before, after });
}

/** `|V|`, `^-`, `a_1, a_2, ...`: their last character does not lead on to what follows. */
function isClosed(body: string, sure: boolean): boolean {
  return /^[_^]|(?:^|[^|])\|[^|]+\|$/.test(body) || (sure && body.endsWith('...'));
}

function mayBePadded({ body, before, after }: Candidate, tex: boolean, sure: boolean): boolean {
  if (!tex && hasWord(body)) return false;
  if (/^\s/.test(body) && word.test(before)) return false;
  if (/\s$/.test(body) && !afterBlank.test(after) && !(tex && /^[-0-9]$/.test(after))) return false;
  // ` n `, ` x + 1 `: no price has blanks on both sides, a letter and no word.
  return (
    sure || (/^\s.*\s$/s.test(body) && /\p{L}/u.test(body) && !/\p{L}{2}/u.test(body.replace(functions, '')))
  );
}

function isMoneyOrVariable({ body, before, after }: Candidate): boolean {
  const isAmount = digit.test(body.charAt(0));
  if (isAmount && /^[A-Z]$/.test(before)) return true;
  if (digit.test(before) && /^[-–—/,.;:)\]]/.test(body)) return true;
  // `costs ($) and prices ($)`
  if ((before === '(' && body.startsWith(')')) || (before === '[' && body.startsWith(']'))) return true;
  if (word.test(after) && /(?:[;="*>}]|,')$/.test(body)) return true;
  if (/(?<!\p{L})(?:(?:\p{L}{2,}|a|I)\s+){4}\p{L}{2,}/u.test(body)) return true;
  return (isAmount || word.test(before) || word.test(after)) && hasWord(body);
}

function hasWord(body: string): boolean {
  return /\s\p{L}{2,}/u.test(body.replace(functions, '')) || cjk.test(body);
}

/**
 * Whether kramdown's `\$$…$$` at the beginning of a line is a formula and not a price before one: `\$$20 is $$x$$`,
 * `\$$5 + $$x$$`.
 */
export function isEscapedDollarsFormula({ body }: Candidate): boolean {
  if (body.trim() === '' || /^\S.*\s$/s.test(body)) return false;
  return command.test(body) || !hasWord(body);
}

/**
 * Whether `\(…\)` is a formula and not escaped brackets: `file\(s\)`, `\(see above\)`, `\(Kim, 2019\)`, `분석\(PCA\)`,
 * `Support Vector Machines \(SVM\)`, `\[a\]\(b\)`.
 */
export function isParenthesisFormula({ body, before, words = '' }: Candidate): boolean {
  if (body.trim() === '') return false;
  if (isCertain(body)) return true;
  if (isVerbal(body) || (cjk.test(before) ? isAside(body) : /^[\p{L}\]]$/u.test(before))) return false;
  return (
    !year.test(body.replace(functions, '')) && !abbreviation.test(body) && !isAcronym(body.trim(), words)
  );
}

/** What stands in brackets behind a Korean word, no blank between: `주성분 분석\(PCA\)`, `그림\(2\)`. */
function isAside(body: string): boolean {
  if (/[=<>+*]\s*$/.test(body)) return true;
  if (operator.test(body) || /^\s*[[(].*,.*[\])]\s*$/.test(body)) return false;
  return !/\p{L}/u.test(body) || /\p{L}{2}/u.test(body.replace(functions, ''));
}

/** A year behind a name, or years with a dash. One alone may be a number that somebody means: `\(2000\) steps`. */
const year =
  /^\s*(?:.*\p{L}{2,}\.?,?\s+(?:1[6-9]|20)\d\d[a-z]?|(?:.*\p{L}{2,}\.?,?\s+)?(?:1[6-9]|20)\d\d–(?:\d\d)?\d\d)\s*$/u;

/** `a.k.a.`, `e.g.`, `p. 12`, `Fig. 2`. */
const abbreviation =
  /(?<!\p{L})(?:\p{L}\.\p{L}\.|(?:pp?|cf|vs|viz|resp|ca|etc|al|no|vol|chap|ch|sec|figs?|eqs?|thm|ex)\.(?!\p{L}))/iu;

/**
 * Whether capitals are the initials of the words before them, in which `of` and its like may be passed over. A letter
 * alone is no word but what the capitals are made of: `points A and B \(AB\)`.
 */
function isAcronym(letters: string, words: string): boolean {
  if (!/^\p{Lu}{2,}$/u.test(letters)) return false;
  const left = [...letters.toLowerCase()];
  for (const word of words
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .reverse()) {
    if (word.length > 1 && word.startsWith(left.at(-1) ?? '')) left.pop();
    else if (word !== '' && !/^(?:an?|and|by|for|in|of|on|the|to|under|with)$/.test(word)) break;
  }
  return left.length === 0;
}

/**
 * Whether `\[…\]` is a formula and not escaped brackets: never before `(`, `[` or `:`, which make a link of what
 * Markdown escapes there. In a sentence (`alone` false) it has to show that it is one, because `\[1\]`,
 * `\[sic\]` and `\[0, 1\]` are what other programs write for brackets.
 */
export function isBracketFormula({ body, after }: Candidate, alone: boolean): boolean {
  if (body.trim() === '' || /^[([:]$/.test(after)) return false;
  if (isCertain(body)) return true;
  return alone ? !isVerbal(body) && !/^[\d\s,]*$/.test(body) : operator.test(body) && !isVerbal(body);
}

/** Whether an environment in mid-sentence is a formula and not the sentence's subject: `\begin{align}…\end{align}`. */
export function isEnvironmentFormula(environment: string): boolean {
  return /[\\^_&=]/.test(environment.replace(/\\(?:begin|end)[ \t]*\{[^{}]*\}/g, ''));
}

function isCertain(body: string): boolean {
  return command.test(body) || script.test(body);
}

function isVerbal(body: string): boolean {
  const words = body.replace(functions, '');
  return (/\p{L}{4,}|\p{L}{2,}[\s,]+\p{L}{2,}/u.test(words) || cjk.test(words)) && !operator.test(words);
}

const newline = /\r\n|\r|\n/;
/** A blank line; in a quote it holds the quote's marks. */
const blank = /^[ \t>]*$/;
/** Lines that begin another block: headings, fenced code, directives, thematic breaks. */
const block = /^[ \t>]*(?:#{1,6}[ \t]|`{3}|~{3}|:{3}|(?:-[ \t]*){3,}$|(?:\*[ \t]*){3,}$)/;
/** Arguments whose words are words. */
const words = /\\(?:text[a-z]*|mbox|hbox|operatorname\*?|label|tag|begin|end)\s*\{[^{}]*\}|\\[a-zA-Z]+/g;

/**
 * Whether what stands between two fences is no formula: it holds another block or, after a blank line, a line of
 * three words or of Chinese, Japanese or Korean. Then a fence is missing, and nothing may be swallowed.
 */
export function holdsOtherBlocks(body: string): boolean {
  const lines = body.split(newline);
  if (lines.some((line) => block.test(line))) return true;
  if (!lines.slice(1, -1).some((line) => blank.test(line))) return false;
  return lines.some((line) => {
    const rest = line.replace(words, ' ');
    return /(?<!\p{L})\p{L}{2,}[,;:]? +\p{L}{2,}[,;:]? +\p{L}{2,}/u.test(rest) || cjk.test(rest);
  });
}
