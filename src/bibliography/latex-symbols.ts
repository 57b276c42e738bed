// What TeX commands in the fields of a bibliography stand for. Tables only; `latex.ts` reads by them.

/** Accent commands, by the combining character that follows its base in Unicode. */
export const accents: Readonly<Record<string, string>> = {
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '"': '\u0308',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  b: '\u0331',
  c: '\u0327',
  d: '\u0323',
  G: '\u030f',
  h: '\u0309',
  H: '\u030b',
  k: '\u0328',
  r: '\u030a',
  t: '\u0361',
  u: '\u0306',
  U: '\u030d',
  v: '\u030c',
};

/** Commands that are a character by themselves. */
export const symbols: Readonly<Record<string, string>> = {
  // Letters.
  aa: 'å',
  AA: 'Å',
  ae: 'æ',
  AE: 'Æ',
  dh: 'ð',
  DH: 'Ð',
  dj: 'đ',
  DJ: 'Đ',
  i: 'ı',
  j: 'ȷ',
  l: 'ł',
  L: 'Ł',
  ng: 'ŋ',
  NG: 'Ŋ',
  o: 'ø',
  O: 'Ø',
  oe: 'œ',
  OE: 'Œ',
  ss: 'ß',
  SS: 'ẞ',
  th: 'þ',
  TH: 'Þ',
  // Characters with a meaning of their own in TeX.
  '&': '&',
  '%': '%',
  $: '$',
  '#': '#',
  _: '_',
  '{': '{',
  '}': '}',
  textasciicircum: '^',
  textasciitilde: '~',
  textbackslash: '\\',
  textbar: '|',
  textdollar: '$',
  textgreater: '>',
  textless: '<',
  textunderscore: '_',
  // Spaces, and places where a word may be divided.
  ' ': ' ',
  '\n': ' ',
  '\r': ' ',
  '\t': ' ',
  '\\': ' ',
  ',': '\u202f',
  ':': ' ',
  ';': ' ',
  newline: ' ',
  quad: ' ',
  qquad: ' ',
  space: ' ',
  thinspace: '\u202f',
  '!': '',
  '-': '',
  '/': '',
  '@': '',
  // Punctuation and signs.
  copyright: '©',
  dag: '†',
  ddag: '‡',
  dots: '…',
  euro: '€',
  guillemotleft: '«',
  guillemotright: '»',
  ldots: '…',
  P: '¶',
  pounds: '£',
  quotedblbase: '„',
  S: '§',
  slash: '/',
  textbullet: '•',
  textcelsius: '℃',
  textdegree: '°',
  textellipsis: '…',
  textemdash: '—',
  textendash: '–',
  textmu: 'µ',
  textperiodcentered: '·',
  textquotedbl: '"',
  textquotedblleft: '“',
  textquotedblright: '”',
  textquoteleft: '‘',
  textquoteright: '’',
  textquotesingle: "'",
  textregistered: '®',
  texttimes: '×',
  texttrademark: '™',
  // Names.
  BibTeX: 'BibTeX',
  LaTeX: 'LaTeX',
  TeX: 'TeX',
};

/** Commands that change only the looks: they go, and what they apply to stays. */
export const looks: ReadonlySet<string> = new Set(
  (
    'bf bfseries boldmath bgroup egroup em emph hbox it itshape Large large lowercase MakeLowercase MakeUppercase ' +
    'mbox mdseries mkbibbold mkbibemph mkbibitalic mkbibparens natexlab noexpand normalfont normalsize ' +
    'protect relax rm rmfamily sc scshape sf sffamily sl slshape small text textbf textit textmd textnormal textrm ' +
    'textsc textsf textsl textsubscript textsuperscript texttt textup tt ttfamily underline uline uppercase upshape'
  ).split(' '),
);

/** Commands with arguments that no reader is meant to see: how many, before what is shown. */
export const hiddenArguments: Readonly<Record<string, number>> = {
  bibfield: 1,
  bibinfo: 1,
  foreignlanguage: 1,
  hspace: 1,
  href: 1,
  hyphenation: 1,
  noopsort: 1,
  SortNoop: 1,
  sortnoop: 1,
  textcolor: 1,
  thanks: 1,
  vspace: 1,
};

/** Longest first: what TeX's fonts make of these characters. */
export const ligatures: readonly (readonly [string, string])[] = [
  ['---', '—'],
  ['--', '–'],
  ['``', '“'],
  ["''", '”'],
  ['!`', '¡'],
  ['?`', '¿'],
  ['`', '‘'],
  ["'", '’'],
  ['~', '\u00a0'],
];
