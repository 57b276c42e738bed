// Formulas: numbered together, in the order of the text, then set one by one.
import type { Element, Text } from 'hast';
import type { Code, Nodes, Root } from 'mdast';
import { definitionsIn } from '../../math/definitions.js';
import { type Fault, fault } from '../../math/fault.js';
import { lintFormula, writtenMacro } from '../../math/lint.js';
import type { Macros } from '../../math/macros.js';
import { numberFormulas } from '../../math/numbering.js';
import { equationText, writtenReference } from '../../math/reference-commands.js';
import { readRows } from '../../math/rows.js';
import { scanMath } from '../../math/scan.js';
import { pointAt } from '../../math/source.js';
import { mathSyntax } from '../../math/syntax.js';
import { type DisplayMath, type InlineMath, mathFromMarkdown, unclosedMath } from '../../math/tree.js';
import type { Place } from '../../types.js';
import { element } from '../element.js';
import type { Context, Feature } from '../feature.js';
import { placeFrom, pointAfter } from '../points.js';
import { holdsReference, reserveFormula } from '../set-formula.js';
import { visitAll } from '../walk.js';

type Formula = DisplayMath | InlineMath;

export const math: Feature = {
  name: 'math',
  needs: /[$\\]|[`~]{3}[ \t]*\{?math/,
  syntax: ({ math: { doubleDollarInText } }, text) => mathSyntax(text, { doubleDollarInText }),
  isKnownAtOnce: true,
  tree: mathFromMarkdown(),
  transform: setAll,
  handlers: (context) => ({
    math: (_, node: DisplayMath) => (node.data.isBlank ? placeholder(node) : display('div', node, context)),
    inlineMath: (_, node: InlineMath): Text | Element =>
      node.data.display && !node.data.isBlank ? display('span', node, context) : placeholder(node),
  }),
};

/** A fence of formulas that is closed is a formula. */
function reportFence(node: Code, context: Context): void {
  if (!/^(?:math|\{math\})$/.test(node.lang ?? '') || node.meta) return;
  const [fence = ''] = /^(?:`+|~+)/.exec(context.body.slice(node.position?.start.offset)) ?? [];
  const opening = `${fence}${node.lang}`;
  const hint = `close it with ${fence} on a line of its own`;
  const place = context.place(node, opening.length);
  context.report('error', 'math/unclosed', `this ${opening} is never closed`, place, hint);
}

function setAll(tree: Root, context: Context): void {
  for (const { line, column, length, message, hint } of unclosedMath(tree)) {
    context.report('error', 'math/unclosed', message, placeAt({ line, column }, length, context), hint);
  }
  const formulas: Formula[] = [];
  visitAll(tree, (node: Nodes) => {
    if (node.type === 'math' || node.type === 'inlineMath') formulas.push(node);
    else if (node.type === 'code') reportFence(node, context);
  });
  const labelled = new Set(context.labels.all.map(({ name }) => name));
  const numbering = numberFormulas(
    formulas.map(({ value, data }) => ({ tex: value, display: data.display })),
    {
      mode: context.options.math.numbering,
      macros: context.options.macros,
      isLabel: (name) => labelled.has(name),
    },
  );
  for (const fault of numbering.faults) {
    const formula = formulas[fault.formula];
    if (formula) report(fault, formula, context);
  }
  for (const { name, id, text, formula, offset, length } of numbering.labels.values()) {
    const node = formulas[formula];
    if (text === undefined) context.labels.unnumbered.add(name);
    if (!node || text === undefined) continue;
    const place = placeAt(pointAt(node, offset), length, context);
    context.labels.define(
      { name, id, kind: 'equation', number: text, text: equationText(text, 'name') },
      place,
    );
  }
  let macros = context.options.macros;
  formulas.forEach((formula, index) => {
    const { value: tex, data } = formula;
    const { result, content } = reserveFormula(
      {
        tex,
        isDisplay: data.display,
        macros,
        numbers: numbering.formulas[index],
        place: placeOf(formula, 0, tex.length, context),
      },
      context,
    );
    if (result.ok) for (const warning of result.warnings) report(warning, formula, context);
    else report(result.error, formula, context);
    if (context.options.lint) lint(formula, macros, context);
    data.placeholder = content;
    if (result.ok && result.html === '') data.isBlank = true;
    if (result.defines) macros = result.macros;
  });
}

function lint(formula: Formula, macros: Macros, context: Context): void {
  for (const definition of definitionsIn(formula.value).definitions) {
    const { start, end } = definition.at;
    context.lint.macros.push(writtenMacro(definition, placeOf(formula, start, end - start, context)));
  }
  for (const { fix, ...found } of lintFormula(formula.value, formula.data.display, macros)) {
    report(found, formula, context);
    if (fix !== undefined)
      context.lint.fixes.push({
        place: placeOf(formula, found.offset, found.length, context),
        written: formula.value.slice(found.offset, found.offset + found.length),
        replacement: fix,
      });
  }
}

/** A box that scrolls by itself. */
function display(tagName: 'div' | 'span', node: Formula, { options }: Context): Element {
  const properties = {
    className: ['math-display'],
    tabIndex: 0,
    role: 'group',
    ariaLabel: options.texts.formula ?? '',
  };
  return element(tagName, properties, [placeholder(node)]);
}

function placeholder({ data }: Formula): Text {
  return { type: 'text', value: data.placeholder };
}

function report(fault: Fault, formula: Formula, context: Context): void {
  tell(fault, placeOf(formula, fault.offset, fault.length, context), context);
}

function tell({ severity, code, message, hint }: Fault, place: Place, context: Context): void {
  const { draftMath, math: settings } = context.options;
  const isCjk = code === 'math/cjk-outside-text';
  if (isCjk && settings.cjkOutsideText === 'ignore') return;
  const strict = isCjk && settings.cjkOutsideText === 'error' ? 'error' : severity;
  // While a post is being written, a formula that is not finished must not hide the rest.
  context.report(strict === 'error' && draftMath ? 'warning' : strict, code, message, place, hint);
}

function placeOf(formula: Formula, offset: number, length: number, context: Context): Place {
  return placeAt(pointAt(formula, offset), length, context);
}

function placeAt(point: { line: number; column: number }, length: number, { post }: Context): Place {
  return { file: post.path, line: point.line + post.bodyLine - 1, column: point.column, length };
}

/** References of a formula of the front matter; other pages show it, too, and nobody looks there where they lead. */
function unresolved(tex: string, { labels, options: { macros } }: Context): Fault[] {
  if (!holdsReference(tex, macros)) return [];
  const unknown = readRows(tex, macros).references.filter(({ name }) => !labels.find(name));
  return unknown.map(({ name, offset, length }) =>
    fault(
      'error',
      'math/unknown-reference',
      `a formula of the front matter cannot refer to ${name}`,
      { start: offset, end: offset + length },
      'other pages show this text, too: write the number itself, or leave it out',
    ),
  );
}

const command = new RegExp(String.raw`(?<!\\)${writtenReference}`, 'g');

/** References outside of formulas stay text, for the same reason. */
function reportReferences(text: string, context: Context, at: Place): void {
  if (!/ref[ \t]*\{/.test(text)) return;
  // A formula that holds the same is told anyway.
  const prose = scanMath(text).flatMap((part) => (part.type === 'text' ? part.value : []));
  let behind = 0;
  for (const [written] of prose.flatMap((part) => [...part.matchAll(command)])) {
    const offset = text.indexOf(written, behind);
    behind = Math.max(behind, offset + 1);
    const { line, column } = at;
    const isKnown = offset >= 0 && line !== undefined && column !== undefined;
    context.report(
      'warning',
      'markdown/foreign-syntax',
      `${written} is a reference in a text of the front matter and stays text`,
      isKnown
        ? { ...at, ...placeFrom({ line, column }, pointAfter(text.slice(0, offset))), length: written.length }
        : at,
      'other pages show this text, too: write the number itself, or leave it out',
    );
  }
}

/**
 * Plain text with its formulas set: a title, a summary. Returns the text with placeholders. `at` is the place of the
 * text's first character.
 */
export function setFormulasIn(
  text: string,
  context: Context,
  at: Place = { file: context.post.path },
): string {
  reportReferences(text, context, at);
  return scanMath(text)
    .map((part) => {
      if (part.type === 'text') return part.value;
      const placeFor = (offset: number, length: number): Place => {
        const { line, column } = at;
        if (line === undefined || column === undefined) return at;
        return { ...at, ...placeFrom({ line, column }, pointAt(part, offset)), length };
      };
      const { result, content } = reserveFormula(
        {
          tex: part.value,
          isDisplay: false,
          macros: context.options.macros,
          numbers: undefined,
          place: placeFor(0, part.value.length),
        },
        context,
      );
      for (const fault of [
        ...(result.ok ? result.warnings : [result.error]),
        ...unresolved(part.value, context),
      ]) {
        tell(fault, placeFor(fault.offset, fault.length), context);
      }
      return content;
    })
    .join('');
}
