// The one module that runs starry-night, GitHub's highlighter. Of its 700 grammars it loads those that code needs:
// many refer to others (HTML to JavaScript, a shell to Ruby), and these again, until nearly all would be loaded for
// a line of shell. So a grammar that is only referred to has a *stand-in*, whose pattern no engine accepts: as soon as
// the engine comes to where the grammar counts, it refuses, the real one is loaded, and the text is rendered again.
// What comes out is thus the same as with all grammars.
import type { Grammar } from '@wooorm/starry-night';
import { createStarryNight } from '@wooorm/starry-night';
import type { Root, RootContent } from 'hast';
import type { Highlighter } from './feature.js';
import { allScopes, grammarScopes } from './grammars.js';
import { createEngine } from './pattern-engine.js';

/** Renders something that may show the code in `text`, with a highlighter that has every grammar it asks for. */
export type Highlighting = <T>(text: string, render: (highlight: Highlighter) => T) => Promise<T>;

/** Keeps the grammars it has loaded. */
export function createHighlighting(): Highlighting {
  const loaded = new Map<string, Loaded>();
  const known = new Set(allScopes);
  const state: { engine?: Awaited<ReturnType<typeof createStarryNight>> } = {};
  // Only the bundled highlighter asks for an engine (`scripts/patches.mjs`). As it is, it has Oniguruma.
  const options: object = { engine: createEngine() };

  async function load(scopes: Iterable<string>): Promise<void> {
    const before = loaded.size;
    for (const scope of scopes) await loadOne(scope);
    if (loaded.size > before) state.engine = await createStarryNight([...grammarsOf(loaded, known)], options);
  }

  async function loadOne(scope: string): Promise<void> {
    if (loaded.has(scope) || !known.has(scope)) return;
    const { default: grammar } = (await import(/* @vite-ignore */ `@wooorm/starry-night/${scope}`)) as {
      default: Grammar;
    };
    loaded.set(scope, { grammar, references: referencesIn(grammar) });
    for (const dependency of grammar.dependencies ?? []) await loadOne(dependency);
  }

  return async (text, render) => {
    await load(namedScopes(text));
    for (;;) {
      const missing = new Set<string>();
      const result = render((code, language) => {
        const scope = scopeOf(language);
        if (scope === undefined) return undefined;
        if (!loaded.has(scope) || !state.engine) {
          missing.add(scope);
          return undefined;
        }
        try {
          return linesOf(state.engine.highlight(code, scope));
        } catch (error) {
          const beyond = notYetLoaded(scope, loaded, known);
          if (beyond.length === 0) {
            // A few grammars have a pattern that Oniguruma refuses: their code stays plain.
            if (error instanceof Error && error.constructor === Error) return undefined;
            throw error;
          }
          for (const one of beyond) missing.add(one);
          return undefined;
        }
      });
      if (missing.size === 0) return result;
      await load(missing);
    }
  };
}

interface Loaded {
  readonly grammar: Grammar;
  /** What it includes of other grammars: `source.js`, `source.js#expression`. */
  readonly references: ReadonlySet<string>;
}

/** The grammar for what a code block names: a name, an extension, or a path. Spaces and a closing slash do not count. */
export function scopeOf(language: string): string | undefined {
  const { names, extensions, extensionsWithDot } = grammarScopes;
  const word = language.replace(/^[\t ]+|[\t /]+$/g, '').toLowerCase();
  const name = own(names, word);
  if (name !== undefined) return name;
  const dot = word.lastIndexOf('.');
  if (dot === -1) return own(extensions, `.${word}`);
  return own(extensions, word.slice(dot)) ?? own(extensionsWithDot, word.slice(dot));
}

function own(table: Readonly<Record<string, string>>, word: string): string | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** A guess: what is missed here is loaded when it is asked for. */
function namedScopes(text: string): Set<string> {
  const words = [...text.matchAll(/(?:`{3,}|~{3,})[\t ]*\{?\.?([^\s{},:`]+)/g)];
  return new Set(words.flatMap(([, word = '']) => scopeOf(word) ?? []));
}

function referencesIn(grammar: Grammar): Set<string> {
  const references = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key !== 'include' || typeof inner !== 'string') walk(inner);
      else if (!/^[#$]/.test(inner)) references.add(inner);
    }
  };
  walk(grammar);
  return references;
}

/** The loaded grammars, and stand-ins for those that they refer to. */
function grammarsOf(loaded: ReadonlyMap<string, Loaded>, known: ReadonlySet<string>): Grammar[] {
  const standIns = new Map<string, Grammar>();
  for (const reference of [...loaded.values()].flatMap(({ references }) => [...references])) {
    const [scopeName = '', rule] = reference.split(/#(.*)/s);
    if (loaded.has(scopeName) || !known.has(scopeName)) continue;
    const { repository, ...rest } = standIns.get(scopeName) ?? {
      ...{ scopeName, names: [], extensions: [], patterns: [refused()], repository: {} },
    };
    standIns.set(scopeName, {
      ...rest,
      repository: rule === undefined ? { ...repository } : { ...repository, [rule]: refused() },
    });
  }
  return [...[...loaded.values()].map(({ grammar }) => grammar), ...standIns.values()];
}

/** A call of a group that there is none of. */
function refused() {
  return { match: '\\g<missing>' };
}

/** What the grammar and the loaded ones below it refer to. */
function notYetLoaded(
  scope: string,
  loaded: ReadonlyMap<string, Loaded>,
  known: ReadonlySet<string>,
): string[] {
  const reached = new Set([scope]);
  for (const one of reached)
    for (const reference of loaded.get(one)?.references ?? []) reached.add(reference.split('#')[0] ?? '');
  return [...reached].filter((one) => known.has(one) && !loaded.has(one));
}

/** No token of a line goes on in the next: what ends lines stands between them. */
function linesOf(tree: Root): string[] {
  return print(tree.children).split(/\r\n|\r|\n/);
}

/** HTML as remark-html prints it. The highlighter makes texts and spans, and a general printer looks for all else, too. */
function print(nodes: readonly RootContent[]): string {
  let html = '';
  for (const node of nodes) {
    if (node.type === 'text') html += printText(node.value);
    if (node.type !== 'element') continue;
    html += `<span class="${node.properties.className}">${print(node.children)}</span>`;
  }
  return html;
}

function printText(text: string): string {
  return /[&<]/.test(text) ? text.replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;') : text;
}
