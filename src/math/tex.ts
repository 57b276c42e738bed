// TeX as tokens: control words, groups, comments. Cuts a formula exactly where KaTeX's own lexer does, so that an
// offset means the same to both. Offsets count UTF-16 units of the formula.

export interface Token {
  readonly type: 'command' | 'character' | 'space' | 'open' | 'close';
  /** `\alpha`, `x`, `{`; a command without the spaces behind it; `\verb|…|` whole. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A stretch of tokens, `from` inclusive, `to` exclusive, and where reading goes on behind it. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

const lexeme =
  /[ \r\n\t]+|%[^\n]*(?:\n|$)|\\verb(?:\*(.)|([^*a-zA-Z]))[^\n]*?(?:\1\2)|\\[a-zA-Z@]+|\\.|.[\u0300-\u036f]*/suy;

/** All tokens of a formula, comments left out. Never fails: what TeX cannot read becomes a character. */
export function tokenize(tex: string): Token[] {
  const tokens: Token[] = [];
  lexeme.lastIndex = 0;
  for (let start = 0; lexeme.test(tex); start = lexeme.lastIndex) {
    const end = lexeme.lastIndex;
    const text = tex.slice(start, end);
    if (!text.startsWith('%')) tokens.push({ type: typeOf(text), text, start, end });
  }
  return tokens;
}

function typeOf(text: string): Token['type'] {
  switch (text.charAt(0)) {
    case '\\':
      return text.length > 1 ? 'command' : 'character';
    case '{':
      return text === '{' ? 'open' : 'character';
    case '}':
      return text === '}' ? 'close' : 'character';
    case ' ':
    case '\r':
    case '\n':
    case '\t':
      return 'space';
    default:
      return 'character';
  }
}

/** Whether a token is one at which KaTeX's lexer gives up: a backslash at the end, a control or private-use character. */
export function isUnreadable({ type, text }: Token): boolean {
  const code = text.codePointAt(0) ?? 0;
  if (type !== 'character') return false;
  return (
    text === '\\' || code < 0x20 || code === 0x2028 || code === 0x2029 || (code >= 0xd800 && code <= 0xf8ff)
  );
}

/** The source of tokens again: a space keeps a control word and a letter behind it apart. */
export function untokenize(texts: readonly string[]): string {
  return texts
    .map((text, index) =>
      isControlWord(text) && /^[a-zA-Z@]/.test(texts[index + 1] ?? '') ? `${text} ` : text,
    )
    .join('');
}

function isControlWord(text: string): boolean {
  return /^\\[a-zA-Z@]+$/.test(text);
}

/** How a character is called that cannot be shown: `U+200B`. */
export function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

export function skipSpaces(tokens: readonly Token[], index: number): number {
  let next = index;
  while (tokens[next]?.type === 'space') next++;
  return next;
}

/** The index of the brace that closes the group opened at `index`; the number of tokens if nothing does. */
export function groupEnd(tokens: readonly Token[], index: number): number {
  let depth = 0;
  for (let at = index; at < tokens.length; at++) {
    const { type } = tokens[at] as Token;
    if (type === 'open') depth++;
    else if (type === 'close' && --depth === 0) return at;
  }
  return tokens.length;
}

/** The argument that begins at `index`, spaces skipped: the inside of a group, or a single token; or nothing. */
export function argumentAt(tokens: readonly Token[], index: number): Span | undefined {
  const start = skipSpaces(tokens, index);
  const first = tokens[start];
  if (first === undefined || first.type === 'close') return undefined;
  if (first.type !== 'open') return { from: start, to: start + 1, next: start + 1 };
  const end = groupEnd(tokens, start);
  return { from: start + 1, to: end, next: end + 1 };
}

/** An optional argument `[…]` that begins at `index`, spaces skipped; brackets inside groups do not end it. */
export function optionAt(tokens: readonly Token[], index: number): Span | undefined {
  const start = skipSpaces(tokens, index);
  if (tokens[start]?.text !== '[') return undefined;
  for (let at = start + 1; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.text === ']') return { from: start + 1, to: at, next: at + 1 };
    if (token.type === 'close') return undefined;
    if (token.type === 'open') at = groupEnd(tokens, at);
  }
  return undefined;
}

/** The text of a span of tokens as it is written, such as the name in `\begin{align}`. */
export function textOf(tokens: readonly Token[], span: Pick<Span, 'from' | 'to'>): string {
  return tokens
    .slice(span.from, span.to)
    .map((token) => token.text)
    .join('');
}

const openers = new Set(['\\left', '\\begin', '\\begingroup']);
const closers = new Set(['\\right', '\\end', '\\endgroup']);
/** Commands that take in the rest of their group, so KaTeX descends a level at each. */
const switches =
  /^\\(?:color|displaystyle|textstyle|scriptstyle|scriptscriptstyle|tiny|sixptsize|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge|rm|sf|tt|bf|it|cal)$/;

/** The first token that is nested deeper than `limit`, or undefined. KaTeX's own limit is the stack's. */
export function deeperThan(tex: string, limit: number): Token | undefined {
  if (tex.length <= limit) return undefined;
  const outer: number[] = [];
  let depth = 0;
  for (const token of tokenize(tex)) {
    if (token.type === 'open' || openers.has(token.text)) {
      outer.push(depth++);
    } else if (token.type === 'close' || closers.has(token.text)) {
      depth = outer.pop() ?? 0;
    } else if (switches.test(token.text)) {
      depth++;
    }
    if (depth > limit) return token;
  }
  return undefined;
}
