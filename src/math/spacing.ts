// Readable text put together from pieces, with the spaces that TeX would show between relations, operators and
// names, and brackets where a line of text needs them and two-dimensional maths does not.

export type Kind =
  | 'relation'
  | 'binary'
  | 'operator'
  | 'function'
  | 'open'
  | 'close'
  | 'ordinary'
  | 'punctuation'
  | 'space';

export interface Piece {
  readonly text: string;
  readonly kind: Kind;
  /** Made of several terms, so that it needs brackets as part of a fraction or under a root. */
  readonly loose?: boolean;
  /** A fraction in one line, to which its neighbours would seem to belong. */
  readonly isFraction?: boolean;
}

/** A binary operator with nothing on its left is a sign. */
type Role = Kind | 'sign';

export const space: Piece = { text: ' ', kind: 'space' };

export function ordinary(text: string, loose = false): Piece {
  return { text, kind: 'ordinary', loose };
}

/** The text of pieces; `compact`, as in scripts, with no space that can be spared. */
export function join(pieces: readonly Piece[], compact = false): string {
  let text = '';
  let before: Role | undefined;
  let wanted = false;
  const strokes = new Set<string>();
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'space') {
      wanted = true;
    } else {
      const role = roleAt(pieces, index, before);
      const shown =
        piece.isFraction && needsBrackets(pieces, index, strokes) ? `(${piece.text})` : piece.text;
      text += before && hasGap(before, role, wanted, compact, text, shown) ? ` ${shown}` : shown;
      before = role;
      wanted = false;
      const stroke = strokeOf(piece);
      if (stroke && !strokes.delete(stroke)) strokes.add(stroke);
    }
  }
  return text;
}

function roleAt(pieces: readonly Piece[], index: number, before: Role | undefined): Role {
  const kind = pieces[index]?.kind ?? 'ordinary';
  if (kind !== 'binary') return kind;
  if (before === undefined || signsFollow.has(before)) return 'sign';
  return pieces.slice(index + 1).every((piece) => piece.kind === 'space') ? 'ordinary' : 'binary';
}

const signsFollow = new Set<Role>(['relation', 'binary', 'open', 'punctuation', 'operator', 'sign']);

function hasGap(
  before: Role,
  role: Role,
  wanted: boolean,
  compact: boolean,
  text: string,
  next: string,
): boolean {
  if (before === 'open' || before === 'sign' || role === 'close' || role === 'punctuation') return false;
  if (runsOn(text, next)) return true;
  if (compact)
    return (isNamed(before) || isNamed(role)) && /[\p{L}\p{N}]$/u.test(text) && /^[\p{L}\p{N}]/u.test(next);
  if (before === 'relation' && role === 'relation') return wanted;
  if (wanted || isSpaced(before) || isSpaced(role) || before === 'punctuation' || isNamed(role)) return true;
  return isNamed(before) && role !== 'open';
}

/** Whether a text goes on where another ends: `x^α` before a `y`, 2 before 1/2. */
function runsOn(text: string, next: string): boolean {
  return (
    (/[_^][\p{L}\p{N}]\p{M}*$/u.test(text) && /^[\p{L}\p{N}]/u.test(next)) ||
    (/\d$/.test(text) && /^\d+\//.test(next))
  );
}

/** Whether what stands right before or behind a fraction, but for a mark of the sentence, would be read as a part of it. */
function needsBrackets(pieces: readonly Piece[], index: number, strokes: ReadonlySet<string>): boolean {
  const [before, fraction, next] = [pieces[index - 1], pieces[index], pieces[index + 1]];
  if (before?.kind === 'ordinary') {
    if (before.text.endsWith('/') || before.isFraction) return true;
    if (/\p{L}$/u.test(before.text) && /^\d/.test(fraction?.text ?? '')) return true;
  }
  if (next?.kind !== 'ordinary' && next?.kind !== 'open') return false;
  return /^(?![.,;:?…]+(?!\S))\S/.test(next.text) && !strokes.has(strokeOf(next) ?? '');
}

/** The stroke with which a piece begins, perhaps with scripts: the second of two closes what the first has opened. */
function strokeOf({ text }: Piece): string | undefined {
  return /^[|‖]/.exec(text)?.[0];
}

function isSpaced(role: Role): boolean {
  return role === 'relation' || role === 'binary';
}

function isNamed(role: Role): boolean {
  return role === 'function' || role === 'operator';
}

/** Several terms, or an operator with what it works on. */
function isLoose(pieces: readonly Piece[]): boolean {
  return pieces.some(({ kind, loose }) => loose || isSpaced(kind) || isNamed(kind) || kind === 'punctuation');
}

export function fraction(above: readonly Piece[], below: readonly Piece[]): Piece {
  const over = join(above);
  const text = `${isLoose(above) ? `(${over})` : over}/${asUnit(below)}`;
  return { ...ordinary(text, true), isFraction: true };
}

/** The text of pieces, in brackets unless it is one thing: a number, a letter, a name with its argument. */
export function asUnit(pieces: readonly Piece[]): string {
  const text = join(pieces);
  const isUnit = !pieces.some((piece) => piece.loose) && unit.test(text);
  return isUnit || (pieces.length <= 1 && !isLoose(pieces)) ? text : `(${text})`;
}

/** Numbers, differentials, and brackets with a letter before them. Scripts are marks or modifier letters or numbers. */
const unit = /^(?:[\d.]+|[d∂]?\p{L}[\p{M}\p{Lm}\p{No}′]*(?:\([^()]*\))?|\([^()]*\))$/u;
