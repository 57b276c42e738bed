// Sources parsed by an earlier build. Front matter is small, but it takes long to read.
import { isFuture } from '../content/dates.js';
import type { ParsedSource, SourceParser } from '../content/post.js';
import type { ParserSettings } from '../shortcuts.js';
import { keyOf, textKey } from './keys.js';
import type { Store } from './store.js';

export interface ParserEvents {
  /** The key of a source, by its path: of its text alone. */
  readonly onKey: (path: string, key: string) => void;
  /** The length of a text that the store does not know. */
  readonly onNew: (length: number) => void;
}

export function parserWith(
  store: Store,
  parse: SourceParser,
  settings: ParserSettings,
  { onKey, onNew }: ParserEvents,
): SourceParser {
  const { config, drafts, future, now } = settings;
  const common = keyOf(config, drafts, future);
  return (source) => {
    const own = textKey(source);
    onKey(source.path, own);
    const key = `source-${keyOf(common, own)}`;
    const kept = store.get(key) as ParsedSource | undefined;
    const known = kept && withBody(kept, source.text);
    if (known && !isFutureNow(known)) return known;
    onNew(source.text.length);
    const parsed = parse(source);
    const { unaddressed, hidden } = parsed;
    // What the clock decides is not kept; of the rest, time only runs on.
    const isKept = hidden !== 'future' && !unaddressed?.post.future;
    if (isKept && (!unaddressed || source.text.endsWith(unaddressed.post.body)))
      store.put(key, withoutBody(parsed));
    return parsed;
  };

  function isFutureNow({ unaddressed }: ParsedSource): boolean {
    const { date, dateTime } = unaddressed?.publication ?? unaddressed?.post ?? {};
    return date !== undefined && isFuture({ date, ...(dateTime !== undefined && { dateTime }) }, now);
  }
}

/** The body is the end of the source: its length is enough. Fields keep their order, which keys depend on. */
function withoutBody({ unaddressed, ...parsed }: ParsedSource): unknown {
  if (!unaddressed) return parsed;
  const { post } = unaddressed;
  return { ...parsed, unaddressed: { ...unaddressed, post: { ...post, body: post.body.length } } };
}

function withBody({ unaddressed, ...parsed }: ParsedSource, text: string): ParsedSource {
  if (!unaddressed) return parsed;
  const length = Number(unaddressed.post.body);
  const body = length === 0 ? '' : text.slice(-length);
  return { ...parsed, unaddressed: { ...unaddressed, post: { ...unaddressed.post, body } } };
}
