// Lines of code as the highlighter has read them before. What it makes of a line depends on nothing but the line and the
// state in which the line before has left it, and code says much twice: imports, closing brackets, whole listings.
// In the bundle its loop over lines asks here (`scripts/compile.mjs`).

/** The highlighter's state between two lines. */
interface State {
  readonly equals: (other: never) => boolean;
}

interface Read<S> {
  readonly tokens: Uint32Array;
  readonly ruleStack: S;
}

/** A grammar of vscode-textmate. What is known of its lines goes with it. */
export interface LineGrammar<S extends State> {
  readonly tokenizeLine2: (line: string, state: S | null) => Read<S>;
  known?: Known<S>;
}

interface Known<S> {
  /** By the state before the line, which is null before the first. */
  readonly lines: Map<S | null, Map<string, Read<S>>>;
  count: number;
}

/** Lines that are remembered of a grammar, and states that are told apart: most code comes back to a few. */
const most = { lines: 20_000, states: 200 };

/** The same as `grammar.tokenizeLine2(line, state)`. */
export function tokenizeOnce<S extends State>(
  grammar: LineGrammar<S>,
  line: string,
  state: S | null,
): Read<S> {
  if (!grammar.known || grammar.known.count >= most.lines || grammar.known.lines.size >= most.states)
    grammar.known = { lines: new Map(), count: 0 };
  const { known } = grammar;
  let lines = known.lines.get(state);
  const found = lines?.get(line);
  if (found) return found;
  const { tokens, ruleStack } = grammar.tokenizeLine2(line, state);
  if (!lines) {
    lines = new Map();
    known.lines.set(state, lines);
  }
  const read = { tokens, ruleStack: sameState(known, ruleStack) };
  lines.set(line, read);
  known.count += 1;
  return read;
}

/** Every line ends in a new state, mostly one that there has been: then that one, so that lines after it are found. */
function sameState<S extends State>({ lines }: Known<S>, state: S): S {
  for (const one of lines.keys()) if (one?.equals(state as never)) return one;
  lines.set(state, new Map());
  return state;
}
