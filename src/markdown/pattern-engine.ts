// The engine that the patterns of grammars run in. Oniguruma, in WebAssembly, tries all patterns of a rule at every place
// of a line, and again after each token. Here one pattern is looked for after the other, and what was found of it in a
// line holds until the tokens have passed that place; patterns are JavaScript's where `ascii-patterns.ts` can translate
// them. Lines that are not ASCII are left to Oniguruma as they are.
import { type Translation, translate } from './ascii-patterns.js';

/** What vscode-textmate wants of an engine. */
export interface Engine {
  readonly createOnigScanner: (patterns: string[]) => Scanner;
  readonly createOnigString: (text: string) => Text;
}

interface Scanner {
  readonly findNextMatchSync: (text: Text, from: number, options: number) => Found | null;
  readonly dispose?: () => void;
}

interface Text {
  readonly content: string;
  readonly dispose?: () => void;
}

interface Found {
  readonly index: number;
  readonly captureIndices: readonly Range[];
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

interface Line extends Text {
  /** ASCII that ends at its only newline. */
  readonly isSimple: boolean;
  readonly characters: Characters;
  /** The same for Oniguruma, once it is asked. */
  whole: Text | undefined;
}

/** A bit for each character of ASCII. The one of NUL stands for the end of the line, too. */
type Characters = readonly [number, number, number, number];

/** A pattern, what it was found at in the last line, and how many scanners have it. */
interface Pattern {
  readonly translation: Translation | undefined;
  /** Oniguruma, for a pattern that is not translated. */
  readonly scanner: Scanner | undefined;
  /** What a match can begin with. */
  readonly begins: Characters;
  /** It asks where the search began. */
  readonly isPlaced: boolean;
  readonly compiled: Partial<Record<'atStart' | 'later' | 'groupsAtStart' | 'groupsLater', RegExp>>;
  users: number;
  /** The first match in the line from that place on, or that there is none. */
  line: Line | undefined;
  from: number;
  match: Match | null;
}

interface Match {
  readonly start: number;
  readonly end: number;
  readonly isAtStart: boolean;
  readonly texts: readonly (string | undefined)[];
  captures: readonly Range[] | undefined;
}

/** In a longer line JavaScript's engine, which never gives up, could look for a pattern for very long. */
const longest = 1000;

/** What is known of patterns is kept for all engines that are made of it. */
export function createEngine(): (oniguruma: Engine) => Engine {
  const patterns = new Map<string, Pattern>();
  return (oniguruma) => {
    const take = (source: string): Pattern => {
      const pattern = patterns.get(source) ?? makePattern(source, oniguruma);
      patterns.set(source, pattern);
      pattern.users += 1;
      return pattern;
    };
    // Some are made of what a text says, as the end of a heredoc.
    const leave = (source: string): void => {
      const pattern = patterns.get(source);
      if (!pattern) return;
      pattern.users -= 1;
      if (pattern.users > 0) return;
      patterns.delete(source);
      pattern.scanner?.dispose?.();
    };
    return {
      createOnigString: makeLine,
      createOnigScanner: (sources) =>
        // What `\K` moves is the place that matches are compared by.
        sources.some((source) => source.includes('\\K'))
          ? onigurumaAlone(sources, oniguruma)
          : makeScanner(sources, sources.map(take), oniguruma, leave),
    };
  };
}

function onigurumaAlone(sources: string[], oniguruma: Engine): Scanner {
  const scanner = oniguruma.createOnigScanner(sources);
  return {
    findNextMatchSync: (text, from, options) => ask(scanner, oniguruma, text as Line, from, options),
    dispose: () => scanner.dispose?.(),
  };
}

/** A pattern that no engine accepts is refused here. */
function makePattern(source: string, oniguruma: Engine): Pattern {
  const translation = translate(source);
  return {
    translation,
    scanner: translation ? undefined : oniguruma.createOnigScanner([source]),
    begins: translation ? charactersOf(translation.begins) : [-1, -1, -1, -1],
    isPlaced: translation ? translation.atStart !== undefined : source.includes('\\G'),
    compiled: {},
    users: 0,
    line: undefined,
    from: 0,
    match: null,
  };
}

function charactersOf(begins: bigint): Characters {
  const set = begins | (begins >> 128n);
  const word = (shift: bigint) => Number(BigInt.asIntN(32, set >> shift));
  return [word(0n), word(32n), word(64n), word(96n)];
}

function makeLine(content: string): Line {
  const words: [number, number, number, number] = [1, 0, 0, 0];
  let isSimple = content.length <= longest;
  for (let at = 0; at < content.length; at++) {
    const code = content.charCodeAt(at);
    const bit = 1 << (code & 31);
    if (code < 32) words[0] |= bit;
    else if (code < 64) words[1] |= bit;
    else if (code < 96) words[2] |= bit;
    else words[3] |= bit;
    if (code > 127 || (code === 10 && at < content.length - 1)) isSimple = false;
  }
  const line: Line = {
    content,
    isSimple,
    characters: words,
    whole: undefined,
    dispose: () => line.whole?.dispose?.(),
  };
  return line;
}

interface Candidate {
  readonly pattern: Pattern;
  readonly index: number;
}

/** How far a scanner is in a line, and which patterns can still match there. */
interface Reading {
  readonly line: Line;
  readonly left: Candidate[];
  from: number;
}

function makeScanner(
  sources: string[],
  patterns: readonly Pattern[],
  oniguruma: Engine,
  leave: (source: string) => void,
): Scanner {
  const all = patterns.map((pattern, index) => ({ pattern, index }));
  const state: { whole?: Scanner; reading?: Reading } = {};
  return {
    findNextMatchSync: (text, from, options) => {
      const line = text as Line;
      if (!line.isSimple) {
        state.whole ??= oniguruma.createOnigScanner(sources);
        return ask(state.whole, oniguruma, line, from, options);
      }
      if (state.reading?.line !== line || from < state.reading.from)
        state.reading = { line, left: candidates(all, line), from };
      return first(state.reading, from, oniguruma);
    },
    dispose: () => {
      state.whole?.dispose?.();
      for (const source of sources) leave(source);
    },
  };
}

function ask(scanner: Scanner, oniguruma: Engine, line: Line, from: number, options = 0): Found | null {
  line.whole ??= oniguruma.createOnigString(line.content);
  return scanner.findNextMatchSync(line.whole, from, options);
}

function candidates(all: readonly Candidate[], { characters }: Line): Candidate[] {
  const left: Candidate[] = [];
  for (const one of all) {
    const { begins } = one.pattern;
    const common =
      (begins[0] & characters[0]) |
      (begins[1] & characters[1]) |
      (begins[2] & characters[2]) |
      (begins[3] & characters[3]);
    if (common !== 0) left.push(one);
  }
  return left;
}

/** The first match of all, and of those at the same place the one of the first pattern. */
function first(reading: Reading, from: number, oniguruma: Engine): Found | null {
  const { line, left } = reading;
  reading.from = from;
  let best: Match | undefined;
  let bestOne: Candidate | undefined;
  let kept = 0;
  let at = 0;
  while (at < left.length && best?.start !== from) {
    const one: Candidate | undefined = left[at++];
    if (!one) break;
    const match = search(one.pattern, line, from, oniguruma);
    // A pattern that matches nowhere from here on is not asked again.
    if (match || one.pattern.isPlaced) left[kept++] = one;
    if (!match || (best && match.start >= best.start)) continue;
    best = match;
    bestOne = one;
  }
  if (kept < at) left.splice(kept, at - kept);
  return best && bestOne
    ? { index: bestOne.index, captureIndices: capturesOf(bestOne.pattern, line, best) }
    : null;
}

function search(pattern: Pattern, line: Line, from: number, oniguruma: Engine): Match | null {
  const { match: known, scanner, isPlaced } = pattern;
  if (!isPlaced || scanner) {
    if (!isPlaced && pattern.line === line && pattern.from <= from && (!known || known.start >= from))
      return known;
    pattern.line = line;
    pattern.from = from;
    pattern.match = scanner ? matchOf(ask(scanner, oniguruma, line, from)) : run(pattern, line, from);
    return pattern.match;
  }
  const atStart = compiled(pattern, 'atStart', pattern.translation?.atStart, 'y');
  atStart.lastIndex = from;
  const match = atStart.exec(line.content);
  if (match) return makeMatch(match, true);
  return from < line.content.length ? run(pattern, line, from + 1) : null;
}

function run(pattern: Pattern, { content }: Line, from: number): Match | null {
  const later = pattern.compiled.later ?? compiled(pattern, 'later', pattern.translation?.later, 'g');
  later.lastIndex = from;
  const match = later.exec(content);
  return match && makeMatch(match, false);
}

/** Many patterns begin with what is in no line. */
function compiled(pattern: Pattern, name: keyof Pattern['compiled'], source = '', flags = ''): RegExp {
  const known = pattern.compiled[name];
  if (known) return known;
  const made = new RegExp(source, flags);
  pattern.compiled[name] = made;
  return made;
}

function makeMatch(texts: RegExpExecArray, isAtStart: boolean): Match {
  const start = texts.index;
  return { start, end: start + texts[0].length, isAtStart, texts, captures: undefined };
}

function matchOf(found: Found | null): Match | null {
  const { start = 0, end = 0 } = found?.captureIndices[0] ?? {};
  return found && { start, end, isAtStart: false, texts: [], captures: found.captureIndices };
}

function capturesOf(pattern: Pattern, line: Line, match: Match): readonly Range[] {
  match.captures ??= [range(match.start, match.end), ...groupsOf(pattern, line, match)];
  return match.captures;
}

/** Nobody asks where a group is that is empty. */
function groupsOf(pattern: Pattern, { content }: Line, match: Match): Range[] {
  const { translation } = pattern;
  const { start, end, isAtStart, texts } = match;
  if (!translation || translation.groups.length === 0) return [];
  const { groups, groupsAhead, atStart = '', later } = translation;
  // Most groups that are set are all of the match, and need not be looked for.
  if (!groupsAhead && groups.every((group) => !texts[group] || texts[group]?.length === end - start))
    return groups.map((group) => (texts[group] ? range(start, end) : nowhere));
  const found = isAtStart
    ? compiled(pattern, 'groupsAtStart', atStart, 'dy')
    : compiled(pattern, 'groupsLater', later, 'dy');
  found.lastIndex = start;
  const indices = found.exec(content)?.indices ?? [];
  return groups.map((group) => {
    const [from, to] = indices[group] ?? [0, 0];
    return range(from, to);
  });
}

function range(start: number, end: number): Range {
  return { start, end, length: end - start };
}

const nowhere = range(0, 0);
