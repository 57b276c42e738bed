// Keys of what builds keep: hashes of everything that a value depends on, and of nothing else that changes often.
import { hash } from 'node:crypto';
import type { Bibliography } from '../bibliography/cite.js';
import type { Entries } from '../bibliography/parse.js';
import { type Macros, usedMacros } from '../math/macros.js';
import type { RenderSettings } from '../render-posts.js';
import type { Post, Source } from '../types.js';

/** SHA-256 of values as JSON. */
export function keyOf(...values: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(values), 'base64url');
}

/** The same of a source, which is long, as it is. */
export function textKey({ path, text }: Source): string {
  return hash('sha256', `${path}\0${text}`, 'base64url');
}

/** Keys of what posts were read from, by path. They stand for bodies, which are long. */
export type SourceKeys = ReadonlyMap<string, string>;

export type PostKeys = (post: Post, bibliography: Bibliography) => string;

/** Gives the function that makes the key of a rendered post; what posts have in common is hashed once. */
export function postKeys({ macros, texts, ...settings }: RenderSettings, sources: SourceKeys): PostKeys {
  const common = new Map([...texts].map(([lang, own]) => [lang, keyOf(settings, own)]));
  const all = keyOf([...macros]);
  const works = new Map<Bibliography, string>();
  const worksKey = (bibliography: Bibliography) => {
    const { style, entries } = bibliography;
    const key =
      works.get(bibliography) ?? keyOf(style, [...entries], macrosIn(formulasIn(entries).join('\n'), macros));
    works.set(bibliography, key);
    return key;
  };
  return (post, bibliography) => {
    const text = [
      post.title,
      post.description,
      post.summary,
      post.cover?.caption,
      post.body,
      ...post.macros.map(({ body }) => body),
    ].join('\n');
    const hasEntity = text.includes('&');
    return keyOf(
      { ...post, body: sources.get(post.path) ?? post.body },
      common.get(post.lang) ?? keyOf(settings),
      // Written as an entity, a backslash or an @ could be any command or citation.
      hasEntity && /&(?:#|bsol|commat)/.test(text) ? all : macrosIn(text, macros),
      text.includes('@') || (hasEntity && /&(?:#|commat)/.test(text))
        ? worksKey(bibliography)
        : bibliography.style,
    );
  };
}

/** TeX of the formulas of all works: titles are set with the site's macros. */
function formulasIn(entries: Entries): readonly string[] {
  return [...entries.values()].flatMap(({ fields }) =>
    Object.values(fields).flatMap((field) =>
      field.flatMap((part) => (typeof part === 'string' ? [] : part.tex)),
    ),
  );
}

/** The macros that a text can use, at first or second hand, with what they stand for. */
function macrosIn(text: string, macros: Macros): readonly unknown[] {
  return usedMacros(text, macros).map((name) => [name, macros.get(name)]);
}
