// A rendered post taken apart: what the join needs to know of it, and its body, which is only needed where it is shown.
import type { Body, Hole, Html, PostFacts, RenderedPost } from '../types.js';

export interface SplitPost {
  readonly facts: PostFacts;
  readonly holes: readonly Hole[];
  readonly body: Body;
}

/** Formulas that need nothing of other posts become part of the body's HTML, but their places are kept. */
export function splitPost({
  post: _post,
  runs: _runs,
  prose: _prose,
  html,
  text,
  ...facts
}: RenderedPost): SplitPost {
  return { facts, ...splitHtml(html, text) };
}

function splitHtml(html: Html, text: string): { readonly holes: readonly Hole[]; readonly body: Body } {
  const holes: Hole[] = [];
  const holesAt: number[] = [];
  const formulas: number[] = [];
  const parts: string[] = [];
  let length = 0;
  for (const part of html) {
    if (typeof part === 'string') {
      parts.push(part);
      length += part.length;
    } else if (part.type === 'formula' && part.references.length === 0) {
      parts.push(part.html);
      formulas.push(length, length + part.html.length);
      length += part.html.length;
    } else {
      holes.push(part);
      holesAt.push(length);
    }
  }
  // Halves of characters do not survive being written; here, so that a body is the same whether it was or not.
  return {
    holes,
    body: { html: parts.join('').toWellFormed(), holesAt, formulas, text: text.toWellFormed() },
  };
}
