// Blocks between `:::`. In their titles formulas bind tighter than brackets: `:::theorem[On $[0, 1)$]`. Only containers
// are read, because the inline directives of the same proposal take `12:30` and `a:b` for their own.
import { directive } from 'micromark-extension-directive';
import type { Extension } from 'micromark-util-types';
import { formulaAt } from '../math/formula.js';
import { hiding } from '../math/hiding.js';
import { withBareTitles } from './block-titles.js';

const colon = 58;

/** The syntax of blocks. */
export function directiveSyntax(): Extension {
  const [container] = [directive().flow?.[colon] ?? []].flat();
  if (!container) throw new Error('micromark-extension-directive has no construct for flow.');
  return { flow: { [colon]: hiding(withBareTitles(container), bracketsInFormulas) } };
}

/** The places of brackets that belong to formulas. */
function bracketsInFormulas(line: string): ReadonlySet<number> {
  const brackets = new Set<number>();
  if (!/\[.*[$\\]/.test(line)) return brackets;
  for (let index = line.indexOf('['); index < line.length; index++) {
    if (line[index] !== '$' && line[index] !== '\\') continue;
    const formula = formulaAt(line, index, { doubleDollarInText: 'inline' });
    const close = formula?.close ?? index + 1;
    for (let at = index; formula && at < close; at++) if (/[[\]]/.test(line.charAt(at))) brackets.add(at);
    index = formula || line[index] === '$' ? close - 1 : close;
  }
  return brackets;
}
