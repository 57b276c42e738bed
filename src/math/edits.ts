// A formula as KaTeX is given it, a little different from its source, and the way back from places in the one to
// places in the other.

export interface Edit {
  /** Offsets in the source; equal for an insertion. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Edited {
  readonly text: string;
  /** The place in the source of an offset in the text; what an edit put in has the place of the edit. */
  readonly toSource: (offset: number) => number;
}

/** Carries out edits, which must not overlap. Those at one place keep their order. */
export function applyEdits(source: string, edits: readonly Edit[]): Edited {
  if (edits.length === 0) return { text: source, toSource: (offset) => offset };
  const sorted = [...edits].sort((one, other) => one.start - other.start);
  let text = '';
  let read = 0;
  for (const edit of sorted) {
    text += source.slice(read, edit.start) + edit.text;
    read = edit.end;
  }
  return { text: text + source.slice(read), toSource: (offset) => toSource(offset, sorted) };
}

function toSource(offset: number, sorted: readonly Edit[]): number {
  let shift = 0;
  for (const { start, end, text } of sorted) {
    if (offset < start + shift) break;
    if (offset < start + shift + text.length) return start;
    shift += text.length - (end - start);
  }
  return offset - shift;
}
