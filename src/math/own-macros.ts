// The commands that every formula is given beside KaTeX's own: labels, references, row numbers, definitions; and the
// ones that are taken away from authors. Macros come before built-in commands in KaTeX, so none of these can be got
// round; only tokens of our own making (`noexpand`) reach the built-in ones.
import type { Code } from '../diagnostic.js';
import type { ReferenceForm } from '../types.js';
import type { Definition, Macros } from './definitions.js';
import { dialectMacros } from './dialect.js';
import {
  argumentText,
  type Expansion,
  type Gullet,
  type KatexToken,
  type NativeMacro,
  ownTokens,
} from './gullet.js';
import { nativeMacro } from './native.js';
import type { RowNumber } from './numbering.js';
import { equationText, referenceForms, referenceNames } from './reference-commands.js';

/** Where a reference leads, and what stands there. */
export interface ReferenceTarget {
  readonly href: string;
  readonly text: string;
}

/** What a formula's own commands need to know, and what they find out. */
interface OwnContext {
  /** Numbers by the index that `\postulate@row` names. */
  readonly rows: readonly RowNumber[];
  /** From before the formula. */
  readonly macros: Macros;
  /** By the index that `\postulate@define` names. */
  readonly definitions: readonly Definition[];
  readonly reference: (name: string, form: ReferenceForm) => ReferenceTarget | undefined;
  /** Takes a link, gives the address that stands for it until the formula is set. */
  readonly link: (target: ReferenceTarget) => string;
}

/** What a refused command throws. */
interface Refusal extends Error {
  readonly refusal: { readonly code: Code; readonly message: string; readonly hint: string };
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'refusal' in error;
}

const refused: Readonly<Record<string, string>> = {
  '\\href': 'formulas hold no links of their own: put the link into the text',
  '\\url': 'formulas hold no links of their own: put the link into the text',
  '\\includegraphics': 'put the picture into the text',
  '\\htmlClass': 'formulas set no attributes of the page',
  '\\htmlId': 'write \\label to have something to refer to',
  '\\htmlStyle': 'take \\color or a size such as \\large',
  '\\htmlData': 'formulas set no attributes of the page',
  '\\message': 'delete it: nothing reads what it prints',
  '\\errmessage': 'delete it: nothing reads what it prints',
  '\\show': 'delete it: nothing reads what it prints',
};

/** Those that are the same for every formula. */
export const fixedMacros: Readonly<Record<string, NativeMacro>> = {
  ...dialectMacros,
  ...Object.fromEntries(Object.entries(refused).map(([name, hint]) => [name, () => refuse(name, hint)])),
  '\\label': withoutEffect,
  '\\require': withoutEffect,
};

function withoutEffect(gullet: Gullet): string {
  argumentText(gullet);
  return '';
}

function refuse(name: string, hint: string): never {
  const refusal = { code: 'math/untrusted', message: `${name} is not allowed in a formula`, hint } as const;
  throw Object.assign(new Error(refusal.message), { refusal });
}

/** The commands that know their formula, in KaTeX's terms. */
export function ownMacros(context: OwnContext): Record<string, NativeMacro> {
  const refer = (form: ReferenceForm) => (gullet: Gullet) => {
    const shown = referenceNames(argumentText(gullet), form).map((name) => {
      const target = context.reference(name, form);
      const text = textTokens(target?.text ?? equationText('??', form));
      if (!target) return text;
      // With something behind it, or KaTeX would make one text of it and a text before it in the MathML, without the link.
      const words = [...ownTokens('{', '}'), ...text];
      return [...group(words), ...group(ownTokens(...context.link(target))), ...ownTokens('\\href')];
    });
    const comma = textTokens(', ');
    return expansion(shown.reverse().flatMap((one, index) => (index === 0 ? one : [...comma, ...one])));
  };
  return {
    // One by one: made from a list, this object would take longer than all else that a short formula needs of us.
    '\\ref': refer(referenceForms.ref),
    '\\eqref': refer(referenceForms.eqref),
    '\\autoref': refer(referenceForms.autoref),
    '\\cref': refer(referenceForms.cref),
    '\\Cref': refer(referenceForms.Cref),
    '\\postulate@row': (gullet) =>
      expansion(numberTokens(gullet, context.rows[Number(argumentText(gullet))])),
    '\\postulate@define': (gullet) => {
      const index = Number(argumentText(gullet));
      const definition = context.definitions[index];
      if (definition && !(definition.by === '\\providecommand' && isTaken(context, index))) {
        gullet.macros.set(definition.name, nativeMacro(definition.macro), true);
      }
      return '';
    },
  };
}

/** Whether the author has a macro of that name already, for `\providecommand`. */
function isTaken({ macros, definitions }: OwnContext, index: number): boolean {
  const name = definitions[index]?.name ?? '';
  return macros.has(name) || definitions.slice(0, index).some((earlier) => earlier.name === name);
}

/**
 * The number of the row that ends here, in the way that `\tag` and `\nonumber` have: as a definition, because KaTeX
 * expands the first macro of a row before it has begun the row.
 */
function numberTokens(gullet: Gullet, row: RowNumber | undefined): KatexToken[] {
  if (row?.text === undefined) return define('\\@eqnsw', ownTokens('0'));
  if (row.tagged && row.id === undefined) return [];
  const tag = gullet.macros.get('\\df@tag');
  const written = typeof tag === 'object' ? tag.tokens : [];
  const shown = row.tagged ? written : textTokens(row.text);
  if (row.id === undefined) return define('\\df@tag', shown);
  return define('\\df@tag', [...group(shown), ...group(ownTokens(...row.id)), ...ownTokens('\\htmlId')]);
}

function define(name: string, tokens: readonly KatexToken[]): KatexToken[] {
  return [...group(tokens), ...ownTokens('\\gdef', name)];
}

function expansion(tokens: KatexToken[]): Expansion {
  return { tokens, numArgs: 0 };
}

function textTokens(text: string): KatexToken[] {
  const characters = [...text].map((character) => commandsOfCharacters[character] ?? character);
  return [...group(ownTokens(...characters)), ...ownTokens('\\text')];
}

/** Characters that mean something to TeX, as characters. */
const commandsOfCharacters: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'{}$&#_%'].map((character) => [character, `\\${character}`])),
  '\\': '\\textbackslash',
  '^': '\\textasciicircum',
  '~': '\\textasciitilde',
};

function group(tokens: readonly KatexToken[]): KatexToken[] {
  return [...ownTokens('}'), ...tokens, ...ownTokens('{')];
}
