// What roles and directives of MyST are written as here. Directives that hold code, as `{code-cell}`, are code.
import { kindLike } from './block-kinds.js';

/** Of a role such as `` {eq}`name` ``. */
export function roleHint(role: string, value: string): string {
  const [, before = '', target = value] = /^([^<]*)<([^<>]*)>$/.exec(value) ?? [];
  const words = before.trim();
  switch (role.replace(/^(?:prf|cite):/, '')) {
    case 'math':
      return `write $${value}$`;
    case 'eq':
      return `write \\eqref{${target}}`;
    case 'ref':
    case 'numref':
      return `write [${words}](#${target})`;
    case 'doc':
    case 'download':
      return `write [${words || 'words'}](${target}), with the file's ending`;
  }
  if (role.startsWith('cite')) {
    const keys = value.split(',').map((key) => `@${key.trim()}`);
    return role.startsWith('cite:t') ? `write ${keys.join(' and ')}` : `write [${keys.join('; ')}]`;
  }
  return 'write Markdown or HTML for it';
}

const figure = 'write ![what it shows](file.png "Caption {#fig:name}")';
const table = 'write a table of Markdown, and below it a paragraph Table: Caption {#tbl:name}';
const alone = 'leave it out: contents and references come by themselves';
const html = 'write Markdown or HTML for it';

const hints: Readonly<Record<string, string>> = {
  math: 'put the formula on the lines below the fence, options such as :label: name before it',
  figure,
  image: figure,
  table,
  'list-table': table,
  'csv-table': table,
  contents: alone,
  tableofcontents: alone,
  toctree: alone,
  bibliography: alone,
  dropdown: 'write <details> and <summary>Title</summary> round it, with blank lines between',
  ...Object.fromEntries(
    'aside card epigraph glossary grid iframe include index margin raw sidebar tab-item tab-set video'
      .split(' ')
      .map((name) => [name, html]),
  ),
};

/** Whether a fence of that name holds no code. */
export function isDirective(name: string): boolean {
  return Object.hasOwn(hints, name) || name.startsWith('prf:') || kindLike(name) !== undefined;
}

/** Of a directive such as ```` ```{note} ````. */
export function directiveHint(name: string): string {
  if (Object.hasOwn(hints, name)) return hints[name] ?? html;
  const kind = kindLike(name.replace(/^prf:/, '')) ?? (name.startsWith('prf:') ? 'remark' : undefined);
  return kind === undefined
    ? html
    : `write :::${kind}[Title]{#label}, and ::: on a line of its own at its end`;
}
