// A rendered post taken apart: what the join needs to know of it, and its body, which is only needed where it is shown.
import type { Body, Hole, Html, PostFacts, RenderedPost } from '../types.js';

export interface SplitPost {
  readonly facts: PostFacts;
  readonly holes: readonly Hole[];
  readonly body: BodyParts;
}

/** A body as it is made: its HTML in parts, between which the holes are. */
export interface BodyParts extends Omit<Body, 'html'> {
  readonly html: readonly string[];
}

/** Halves of characters do not survive being written; here neither, so that a body is the same whether it was or not. */
export function wholeBody({ html, text, ...places }: BodyParts): Body {
  return { ...places, html: html.map((part) => part.toWellFormed()).join(''), text: text.toWellFormed() };
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

function splitHtml(html: Html, text: string): Omit<SplitPost, 'facts'> {
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
  return { holes, body: { html: parts, holesAt, formulas, text } };
}
