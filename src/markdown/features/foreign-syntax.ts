// What other systems would turn into something and stays text here: it is shown as it is written, and said.
import type { Text } from 'mdast';
import type { Context, Feature } from '../feature.js';
import { placesIn } from '../places-in.js';
import { visit } from '../walk.js';

interface Syntax {
  readonly pattern: RegExp;
  readonly name: string;
  readonly hint: string;
}

const syntaxes: readonly Syntax[] = [
  {
    pattern: /\{\{[<%][^{}]*\}\}/g,
    name: 'a shortcode of Hugo',
    hint: 'write Markdown for it: docs/writing.md lists figures, callouts and the rest',
  },
  {
    pattern: /\{%[^%]*%\}/g,
    name: 'a tag of Liquid',
    hint: 'write Markdown for it: docs/writing.md lists figures, callouts and the rest',
  },
  {
    // `{{ page.title }}`, and not the braces of `{{a}}` or `{{1, 2}}`.
    pattern: /\{\{-?(?:\s+["'\w]|[\w-]+\.)[^{}]*\}\}/g,
    name: 'a variable of Liquid',
    hint: 'write what it stands for; links that begin with / work below a sub-path too',
  },
  {
    // Not the format `{:.2f}`.
    pattern: /\{::?\s*[.#/]?[A-Za-z][^{}]*\}/g,
    name: 'an attribute list of kramdown',
    hint: 'leave it out, or write HTML: contents come by themselves, and images take a title as their caption',
  },
  {
    pattern: /\\cite[pt]?\{[^{}]*\}/g,
    name: 'a citation of LaTeX',
    hint: 'cite with [@key], or with @key in a sentence',
  },
  {
    pattern: /^:::.*$/gm,
    name: 'the mark of a block that is not one',
    hint: 'a block opens with :::name[Title]{#label}, without blanks, and closes with ::: on a line of its own',
  },
];

export const foreignSyntax: Feature = {
  name: 'foreign syntax',
  transform: (tree, context) => visit(tree, 'text', (node) => check(node, context)),
};

function check(node: Text, context: Context): void {
  if (!/[{:]/.test(node.value)) return;
  for (const { pattern, name, hint } of syntaxes) {
    const [found] = node.value.match(pattern) ?? [];
    if (found === undefined) continue;
    const shown = found.length > 40 ? `${found.slice(0, 40)}…` : found;
    context.report(
      'warning',
      'markdown/foreign-syntax',
      `${shown} is ${name} and stays text`,
      placesIn(node, context)(found),
      hint,
    );
  }
}
