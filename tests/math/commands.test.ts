import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config.js';
import {
  isKnownCommand,
  isTextCommand,
  nearestCommand,
  nearestEnvironment,
} from '../../src/math/commands.js';
import { customaryCommands, customaryDefinition } from '../../src/math/customary.js';
import { setFormula } from '../../src/math/katex.js';
import { defineMacros, noMacros } from '../../src/math/macros.js';
import { symbols } from '../../src/math/symbols.js';

/** Asks KaTeX whether it has a command. */
function isDefined(name: string): boolean {
  let defined = false;
  const ask = (context: object) => {
    defined = (context as { isDefined: (name: string) => boolean }).isDefined(name);
    return '';
  };
  katex.renderToString('\\ask', { macros: { '\\ask': ask } });
  return defined;
}

const source = readFileSync(
  createRequire(import.meta.url)
    .resolve('katex')
    .replace(/\.js$/, '.mjs'),
  'utf8',
);

test('every command that KaTeX defines is known here', () => {
  const names = new Set([...source.matchAll(/"\\\\([a-zA-Z]+)"/g)].map(([, name]) => `\\${name}`));
  expect(names.size).toBeGreaterThan(700);
  // Refused or without use in a post, and Khan Academy's shades.
  const left =
    /^\\(?:(?:html|blue|teal|green|gold|red|maroon|purple|mint|gray|ka)[A-Z][a-zA-Z]*|href|url|includegraphics|message|errmessage|show)$/;
  const unknown = [...names].filter((name) => isDefined(name) && !isKnownCommand(name) && !left.test(name));
  expect(unknown).toEqual([]);
});

test('every symbol is a command of KaTeX’s, with the character that its MathML has', () => {
  const ours: Record<string, string> = { '·': '⋅', '|': '∣', '‖': '∥', '•': '∙' };
  const different = [...symbols].filter(([name, { text, kind }]) => {
    if (!isDefined(name)) return true;
    if (kind === 'function' || /^\\(?:text|aa$|AA$|[lr]q$|bmod$|[ij]$|ss$|[ao]e$|AE$|OE$|o$|O$)/.test(name))
      return false;
    const html = katex.renderToString(`${name} `, { output: 'mathml', strict: 'ignore' });
    const set = html.replace(/<annotation.*/s, '').replace(/<[^>]*>|[\s\u2061\u2063\u200b]/g, '');
    const plain: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
    const double: Record<string, string> = { ℕ: 'N', ℝ: 'R', ℤ: 'Z', ℂ: 'C', 𝕜: 'k' };
    return ![text, ours[text], double[text]].includes(plain[set] ?? set);
  });
  expect(different).toEqual([]);
});

test.each([
  ['\\frca', '\\frac'],
  ['\\aplha', '\\alpha'],
  ['\\lamda', '\\lambda'],
  ['\\mathbbb', '\\mathbb'],
  ['\\rightarow', '\\rightarrow'],
  ['\\sofmax', '\\softmax'],
  ['\\xyzzyplugh', undefined],
  // Of short names only what was typed in the wrong order or case, or with a letter too few or too many.
  ['\\ot', '\\to'],
  ['\\IN', '\\in'],
  ['\\cdt', '\\cdot'],
  ['\\X', undefined],
  ['\\xr', undefined],
  ['\\smn', undefined],
])('near %s is %s', (name, near) => {
  expect(nearestCommand(name, noMacros)).toBe(near);
});

test('a macro of the author can be the nearest', () => {
  expect(nearestCommand('\\looss', new Map([['\\loss', { parameters: 0, body: 'L' }]]))).toBe('\\loss');
  expect(nearestEnvironment('bmatirx')).toBe('bmatrix');
});

test.each(['\\H', '\\c', '\\r', '\\textellipsis', '\\ss'])(
  '%s is proposed to nobody in a formula',
  (name) => {
    expect(
      [`${name}x`, `${name.slice(0, -1)}`, `${name}s`].map((one) => nearestCommand(one, noMacros)),
    ).not.toContain(name);
  },
);

test('the commands for texts alone are those that KaTeX refuses in formulas', () => {
  const isSet = (tex: string) => setFormula(tex, { display: true }).ok;
  const names = [...symbols.keys()].filter((name) => !isSet(`${name} {a}`));
  expect(names.filter((name) => !isTextCommand(name) || !isSet(`\\text{${name} {a}}`))).toEqual([]);
  expect([...symbols.keys()].filter(isTextCommand)).toEqual(names);
});

describe('what authors define', () => {
  const more = [
    '\\C',
    '\\Q',
    '\\E',
    '\\F',
    '\\RR',
    '\\bbP',
    '\\cD',
    '\\calN',
    '\\vx',
    '\\mA',
    '\\bX',
    '\\vtheta',
  ];

  test.each([...customaryCommands, ...more])(
    '%s is not known to KaTeX, and its definition can be used',
    (name) => {
      expect(isDefined(name) || isKnownCommand(name)).toBe(false);
      const definition = customaryDefinition(name);
      const { config, diagnostics } = parseConfig(`math:\n  macros:\n    ${definition}\n`, 'site.yaml');
      expect(diagnostics).toEqual([]);
      const { macros, faults } = defineMacros(config?.math.macros ?? {});
      expect(faults).toEqual([]);
      expect(setFormula(`x ${name} {a}{b}{c}`, { display: true, macros })).toMatchObject({
        ok: true,
        warnings: [],
      });
    },
  );

  test('is told by name alone', () => {
    for (const name of ['\\alpha', '\\be', '\\ee', '\\sofmax', '\\constructor', '\\P'])
      expect(customaryDefinition(name), name).toBeUndefined();
  });
});
