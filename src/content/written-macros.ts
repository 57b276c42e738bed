// Where the macros of a site are written: for `check` alone.
import { writtenMacro } from '../math/lint.js';
import { defineMacro, parseMacros } from '../math/macros.js';
import { type Locate, placesIn } from '../place.js';
import type { WrittenMacro } from '../types.js';
import { parseYaml } from '../yaml.js';

/** The site's macros, each at the place of its name. `sources` has the texts of `site.yaml` and `macros.tex`. */
export function writtenMacros(sources: ReadonlyMap<string, string>): readonly WrittenMacro[] {
  const written = <Found>(path: string, find: (text: string, locate: Locate) => Found[]): Found[] => {
    const text = sources.get(path);
    return text === undefined ? [] : find(text, placesIn(path, text));
  };
  return [...written('site.yaml', inSettings), ...written('macros.tex', inTex)];
}

function inSettings(text: string, locate: Locate): WrittenMacro[] {
  const math = parseYaml(text, locate).fields.get('math')?.value;
  const macros = math?.type === 'map' ? math.fields.get('macros')?.value : undefined;
  if (macros?.type !== 'map') return [];
  return [...macros.fields.values()].flatMap(({ key, value, place }) => {
    const defined = defineMacro(key, value.type === 'text' ? value.text : '');
    return 'fault' in defined ? [] : writtenMacro(defined, place);
  });
}

function inTex(text: string, locate: Locate): WrittenMacro[] {
  return parseMacros(text).definitions.map((definition) => {
    const { start, end } = definition.at;
    return writtenMacro(definition, locate(start, end - start));
  });
}
