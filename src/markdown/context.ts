// What constructs are given while one post is rendered, and where they leave what they find.
import { diagnostic } from '../diagnostic.js';
import type { Diagnostic, Post } from '../types.js';
import type { Context, RenderOptions, Reserved } from './feature.js';
import { parseInline } from './inline.js';
import { createLabels } from './labels.js';
import { chooseMark } from './placeholders.js';

/** `diagnostics` grows while the post is rendered. */
export function createContext(post: Post, options: RenderOptions, diagnostics: Diagnostic[]): Context {
  const reserved: Reserved[] = [];
  const { body, title, description, summary, cover } = post;
  const written = [body, title, description, summary, cover?.caption, ...Object.values(options.texts)];
  const mark = chooseMark(written.join());
  const report: Context['report'] = (severity, code, message, place, hint) => {
    diagnostics.push(diagnostic(severity, code, message, place, hint));
  };
  return {
    post,
    options,
    body: post.body,
    mark,
    reserved,
    textHoles: [],
    reserve(content, forms) {
      reserved.push({ content, ...(forms && { forms }) });
      return `${mark}${reserved.length - 1}${mark}`;
    },
    place: ({ position }, length) => ({
      file: post.path,
      ...(position && { line: position.start.line + post.bodyLine - 1, column: position.start.column }),
      ...(length === undefined ? {} : { length }),
    }),
    labels: createLabels(report),
    cited: [],
    work: { katexCalls: 0, runs: [] },
    lint: { usedLabels: new Set(), usedMacros: new Set(), macros: [], fixes: [] },
    report,
    parseInline: (text, surroundings) => parseInline(text, surroundings, options),
  };
}
