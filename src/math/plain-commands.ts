// What commands are in readable text: a table of how each shows its arguments.
import type { ReferenceForm } from '../types.js';
import { equationText, referenceCommands, referenceForms, referenceNames } from './reference-commands.js';
import { accented, accents, unicodeScript } from './scripts.js';
import { asUnit, fraction, join, ordinary, type Piece, space } from './spacing.js';

/** Reads the arguments of a command, each once and in order. */
export interface Arguments {
  /** As a formula, in an alphabet by MathML's name. */
  readonly formula: (style?: string) => readonly Piece[];
  readonly option: () => readonly Piece[] | undefined;
  readonly text: () => string;
  readonly source: () => string;
  /** A star right behind the command. */
  readonly star: () => boolean;
  /** Says that the text does not say everything. */
  readonly inexact: () => void;
  /** What a reference shows, if that is known. */
  readonly reference: ReferenceText;
}

export type ReferenceText = (name: string, form: ReferenceForm) => string | undefined;

type Show = (args: Arguments) => readonly Piece[];

/** The pieces of a command, or undefined if nothing is known of it. */
export function commandPieces(name: string, args: Arguments): readonly Piece[] | undefined {
  const accent = Object.hasOwn(accents, name) ? accents[name] : undefined;
  if (accent !== undefined) return accent_(args, accent);
  return Object.hasOwn(shown, name) ? shown[name]?.(args) : undefined;
}

function accent_(args: Arguments, accent: string): readonly Piece[] {
  const base = args.formula();
  const text = join(base);
  const one = accented(text, accent);
  if (one !== undefined) return [ordinary(one)];
  args.inexact();
  return [ordinary(text === '' ? accent : `(${text})${accent}`)];
}

const nothing: Show = () => [];
const blank: Show = () => [space];
const argument: Show = (args) => args.formula();
const text: Show = (args) => [ordinary(args.text())];
const fractionOf: Show = (args) => [fraction(args.formula(), args.formula())];
const skip =
  (count: number, show: Show): Show =>
  (args) => {
    for (let at = 0; at < count; at++) args.source();
    return show(args);
  };
const inStyle =
  (style: string): Show =>
  (args) =>
    args.formula(style);
const as =
  (kind: Piece['kind']): Show =>
  (args) => [{ text: join(args.formula()), kind }];
const inexactly =
  (show: Show): Show =>
  (args) => {
    args.inexact();
    return show(args);
  };
const bracketed =
  (open: string, close: string): Show =>
  (args) => [{ text: open, kind: 'open' }, ...args.formula(), { text: close, kind: 'close' }];
const named: Show = (args) => {
  args.star();
  return [{ text: join(args.formula()), kind: 'function' }];
};

const chosen: Show = (args) => [ordinary(`(${join(args.formula())} choose ${join(args.formula())})`)];

/** `\genfrac(){0pt}{}{n}{k}`: two delimiters, the thickness of the line, a style, what is above it and below. */
const generalFraction: Show = (args) => {
  const [open, close] = [args.formula(), args.formula()].map((one) => join(one).replace('.', ''));
  // Without a thickness it is the usual one.
  const hasLine = !/^0*\.?0*[a-z]+$/.test(args.source().trim());
  args.source();
  const [above, below] = [args.formula(), args.formula()];
  const inside = hasLine ? fraction(above, below) : ordinary(`${join(above)} choose ${join(below)}`);
  const isBare = `${open}${close}` === '' && !hasLine;
  const pieces: Piece[] = [
    { text: isBare ? '(' : (open ?? ''), kind: 'open' },
    inside,
    { text: isBare ? ')' : (close ?? ''), kind: 'close' },
  ];
  return pieces.filter((piece) => piece.text !== '');
};

/** `\sideset{_a}{'}\sum`: what stands before an operator and behind it. */
const sides: Show = (args) => {
  const [before, behind] = [args.formula(), args.formula()].map((one) => join(one));
  return [{ text: `${before}${join(args.formula())}${behind}`, kind: 'operator' }];
};

/** `\overset{a}{b}` as `b^(a)`: what stands over a thing is no power, so this is only a makeshift. */
const over =
  (mark: string): Show =>
  (args) => {
    const script = join(args.formula(), true);
    const [first = ordinary(''), ...rest] = args.formula();
    return [{ ...first, text: `${first.text}${rest.map((piece) => piece.text).join('')}${mark}(${script})` }];
  };

const arrow =
  (character: string): Show =>
  (args) => {
    const below = args.option();
    const above = join(args.formula(), true);
    const scripts = `${above === '' ? '' : `^(${above})`}${below ? `_(${join(below, true)})` : ''}`;
    return [{ text: `${character}${scripts}`, kind: 'relation' }];
  };

function reference(form: ReferenceForm): Show {
  return (args) => {
    const shown = referenceNames(args.source(), form).map((name) => {
      const known = args.reference(name, form);
      if (known === undefined) args.inexact();
      return known ?? equationText(name, form);
    });
    return [ordinary(shown.join(', '))];
  };
}

/** By their degree. */
const roots: ReadonlyMap<string, string> = new Map([
  ['', '√'],
  ['2', '√'],
  ['3', '∛'],
  ['4', '∜'],
]);

const root: Show = (args) => {
  const degree = join(args.option() ?? [], true);
  return [
    ordinary(`${roots.get(degree) ?? `${unicodeScript(degree, '^') ?? degree}√`}${asUnit(args.formula())}`),
  ];
};

/** The same for several commands, whose names are given without backslashes. */
function all(names: string, show: Show): Record<string, Show> {
  return Object.fromEntries(names.split(' ').map((name) => [`\\${name}`, show]));
}

const shown: Readonly<Record<string, Show>> = {
  ...all('mathbb Bbb mathds mathbbm', inStyle('double-struck')),
  ...all('mathcal mathscr', inStyle('script')),
  ...all('mathfrak frak', inStyle('fraktur')),
  ...all('mathbf bold boldsymbol bm pmb', inStyle('bold')),
  ...all('mathrm mathit mathsf mathtt mathnormal mathsfit', inStyle('')),
  ...all('mathord mathinner boxed smash vcenter mathllap mathrlap mathclap angl phase ensuremath', argument),
  ...all('shoveleft shoveright reflectbox mathreflectbox', argument),
  ...all(
    'overbrace underbrace overbracket underbracket overgroup undergroup',
    inexactly((args) => [ordinary(join(args.formula()), true)]),
  ),
  ...all('overleftharpoon overrightharpoon overlinesegment underlinesegment', inexactly(argument)),
  ...all('underleftarrow underrightarrow underleftrightarrow Overrightarrow', inexactly(argument)),
  ...all(
    'textcolor colorbox raisebox href class style cssId htmlClass htmlId htmlStyle htmlData',
    skip(1, argument),
  ),
  ...all('fcolorbox', skip(2, argument)),
  ...all('mathop', as('operator')),
  ...all('mathbin', as('binary')),
  ...all('mathrel', as('relation')),
  ...all('mathopen', as('open')),
  ...all('mathclose', as('close')),
  ...all('mathpunct', as('punctuation')),
  ...all('operatorname operatornamewithlimits', named),
  ...all('text textrm textsf texttt textnormal textbf textmd textit textup textsc textsl emph', text),
  ...all('mbox hbox fbox llap rlap clap', text),
  ...all(
    'ce pu',
    inexactly((args) => [ordinary(args.source())]),
  ),
  ...all('frac dfrac tfrac cfrac', fractionOf),
  ...all('genfrac', inexactly(generalFraction)),
  ...all('sideset', inexactly(sides)),
  ...all('binom dbinom tbinom', inexactly(chosen)),
  ...all('sqrt', root),
  ...all('overset stackrel', inexactly(over('^'))),
  ...all('underset', inexactly(over('_'))),
  ...all('substack', argument),
  ...all('xrightarrow', inexactly(arrow('→'))),
  ...all('xleftarrow', inexactly(arrow('←'))),
  ...all('xRightarrow', inexactly(arrow('⇒'))),
  ...all('xLeftarrow', inexactly(arrow('⇐'))),
  ...all('xleftrightarrow', inexactly(arrow('↔'))),
  ...all('xLeftrightarrow', inexactly(arrow('⇔'))),
  ...all('xmapsto', inexactly(arrow('↦'))),
  ...all('xhookrightarrow', inexactly(arrow('↪'))),
  ...all('xhookleftarrow', inexactly(arrow('↩'))),
  ...all('xlongequal', inexactly(arrow('='))),
  ...all('bra Bra', bracketed('⟨', '|')),
  ...all('ket Ket', bracketed('|', '⟩')),
  ...all('braket Braket', bracketed('⟨', '⟩')),
  ...all('set Set', bracketed('{', '}')),
  ...all('pod', (args) => [space, ...bracketed('(', ')')(args)]),
  ...all('pmod', (args) => [
    space,
    { text: '(', kind: 'open' },
    ordinary('mod '),
    ...args.formula(),
    { text: ')', kind: 'close' },
  ]),
  ...all('mod', (args) => [{ text: 'mod', kind: 'binary' }, ...args.formula()]),
  ...all('mathchoice', (args) => {
    const display = args.formula();
    for (let at = 0; at < 3; at++) args.source();
    return display;
  }),
  ...all('not', (args) => {
    const [first = ordinary(''), ...rest] = args.formula();
    return [{ ...first, text: `${first.text}\u0338`.normalize('NFC') }, ...rest];
  }),
  ...all('tag', (args) => {
    const bare = args.star();
    const tag = args.text();
    return [space, ordinary(bare ? tag : `(${tag})`)];
  }),
  ...Object.fromEntries(referenceCommands.map((name) => [`\\${name}`, reference(referenceForms[name])])),
  ...all('label color require phantom hphantom vphantom', skip(1, nothing)),
  ...all('rule', (args) => {
    args.option();
    return skip(2, nothing)(args);
  }),
  ...all('hspace', (args) => {
    args.star();
    return skip(1, blank)(args);
  }),
  ...all(
    'displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag relax',
    nothing,
  ),
  ...all(
    'allowbreak nobreak mathstrut strut null hline hdashline begingroup endgroup displaybreak noindent',
    nothing,
  ),
  ...all('tiny Tiny sixptsize scriptsize footnotesize small normalsize large Large LARGE huge Huge', nothing),
  ...all('! / negthinspace negmedspace negthickspace xspace left right middle', nothing),
  ...all('big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm', nothing),
  ...all(', : ; > quad qquad enspace enskip space nobreakspace thinspace medspace thickspace', blank),
  ...all('hfill par newline', blank),
  '\\ ': blank,
  ...Object.fromEntries([...'{}%$#&_'].map((character) => [`\\${character}`, () => [bracket(character)]])),
  '\\|': () => [ordinary('‖')],
};

function bracket(character: string): Piece {
  return { text: character, kind: character === '{' ? 'open' : character === '}' ? 'close' : 'ordinary' };
}
