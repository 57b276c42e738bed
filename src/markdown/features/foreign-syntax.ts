// What other systems would turn into something and stays as it is written here: it is said.
import type { Code, Html, InlineCode, Parents, Text } from 'mdast';
import type { Context, Feature } from '../feature.js';
import { type ForeignText, foreignTexts, sign } from '../foreign-texts.js';
import { directiveHint, isDirective, roleHint } from '../myst.js';
import { piecesIn } from '../places-in.js';
import { shortcodeSyntax } from '../shortcode-syntax.js';
import { visitAll } from '../walk.js';

export const foreignSyntax: Feature = {
  name: 'foreign syntax',
  needs: /\{\{</,
  syntax: shortcodeSyntax,
  transform(tree, context) {
    const blocks: Blocks = { open: 0 };
    visitAll(tree, (node, index, parent) => {
      if (node.type === 'text') checkText(node, parent, blocks, context);
      else if (node.type === 'html') checkHtml(node, blocks, context);
      else if (node.type === 'inlineCode') checkRole(node, parent?.children[(index ?? 0) - 1], context);
      else if (node.type === 'code') checkFence(node, context);
    });
  },
};

/** How many `:::` have been told that open a block: those that close it are no news. */
interface Blocks {
  open: number;
}

const inParagraphs = foreignTexts.filter((one) => !one.isLast);
const inHtml = foreignTexts.filter((one) => one.inHtml);

function checkText(node: Text, parent: Parents | undefined, blocks: Blocks, context: Context): void {
  if (!sign.test(node.value)) return;
  const isLast = parent?.type === 'paragraph' && parent.children.at(-1) === node;
  check(node, node.value, isLast ? foreignTexts : inParagraphs, blocks, context);
}

/** What is not shown, or shown as it is. */
const literal = /<!--.*?(?:-->|$)|<(script|style|pre|code|textarea)\b.*?(?:<\/\1\s*>|$)/gis;

function checkHtml(node: Html, blocks: Blocks, context: Context): void {
  if (!/\{[{%]/.test(node.value)) return;
  check(node, node.value.replace(literal, ''), inHtml, blocks, context);
}

function check(
  node: Text | Html,
  text: string,
  wanted: readonly ForeignText[],
  blocks: Blocks,
  context: Context,
): void {
  const matches = wanted
    .flatMap((syntax) => [...text.matchAll(syntax.pattern)].map((match) => ({ syntax, match })))
    .sort((a, b) => a.match.index - b.match.index);
  const find = piecesIn(node, context);
  for (const { syntax, match } of matches) {
    const [found] = match;
    // In a table a bar is escaped, so that it ends no cell.
    const piece = find(found) ?? (found.includes('|') ? find(found.replaceAll('|', '\\|')) : undefined);
    if (
      piece ? isEscaped(piece.before) || syntax.fits?.(piece, match) === false : !isOverLines(found, syntax)
    )
      continue;
    const closes = /^:+\s*$/.test(found);
    if (closes && blocks.open > 0) {
      blocks.open -= 1;
      continue;
    }
    if (found.startsWith(':::') && !closes) blocks.open += 1;
    const hint = typeof syntax.hint === 'string' ? syntax.hint : syntax.hint(match);
    report(
      `${shown(found)} is ${syntax.name} and stays text`,
      piece?.place ?? context.place(node),
      hint,
      context,
    );
  }
}

/** What is escaped is meant as it is. */
function isEscaped(before: string): boolean {
  return before.endsWith('\\') && /(?<!\\)\\(?:\\\\)*$/.test(before.slice(-50));
}

/** In a quote that is not found. */
function isOverLines(found: string, { fits }: ForeignText): boolean {
  return found.includes('\n') && fits === undefined;
}

/** `` {eq}`name` `` is a text that ends with braces, and code. */
function checkRole(
  code: InlineCode,
  before: Parents['children'][number] | undefined,
  context: Context,
): void {
  if (before?.type !== 'text' || !before.value.endsWith('}')) return;
  const [role, name] = /\{([a-z][\w:.+-]+)\}$/.exec(before.value) ?? [];
  const { start, end } = code.position ?? {};
  if (role === undefined || name === undefined || start?.offset === undefined) return;
  const from = start.offset - role.length;
  if (!context.body.startsWith(role, from) || isEscaped(context.body.slice(0, from))) return;
  const written = context.body.slice(from, end?.offset);
  const place = { start: { line: start.line, column: start.column - role.length } };
  report(
    `${shown(written)} is a role of MyST and stays text`,
    context.place({ position: place }, written.length),
    roleHint(name, code.value),
    context,
  );
}

function checkFence(node: Code, context: Context): void {
  const [, name] = /^\{([a-z][\w:-]*)\}$/.exec(node.lang ?? '') ?? [];
  // Without more on its line it is never closed, which is an error of its own.
  if (name === undefined || !isDirective(name) || (name === 'math' && !node.meta)) return;
  const [line = ''] = context.body.slice(node.position?.start.offset).split('\n', 1);
  const written = line.trimEnd();
  report(
    `${shown(written)} is a directive of MyST and stays code`,
    context.place(node, written.length),
    directiveHint(name),
    context,
  );
}

function shown(found: string): string {
  const line = found.replace(/\s+/g, ' ').trim();
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

function report(message: string, place: ReturnType<Context['place']>, hint: string, context: Context): void {
  context.report('warning', 'markdown/foreign-syntax', message, place, hint);
}
