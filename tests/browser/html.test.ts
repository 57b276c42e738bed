// html-validate on every page of both sites, with all recommended rules but those below.
import { HtmlValidate } from 'html-validate';
import { describe, expect, inject, it } from 'vitest';
import { pagesOf } from './visit.js';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // KaTeX places its glyphs by them.
    'no-inline-style': 'off',
    // KaTeX writes `class ="…"` in MathML, which HTML allows.
    'attr-delimiter': 'off',
    // HTML allows all but white space. The colon keeps our own ids apart from those of headings.
    'valid-id': ['error', { relaxed: true }],
    // Whatever has a role that may be named: lists, boxes that scroll.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    // A title is as long as its author wants it.
    'long-title': 'off',
  },
});

describe.each(['blog', 'constructs'] as const)('%s', (name) => {
  it('Every page is valid HTML.', async () => {
    const faults: string[] = [];
    for (const { path, html } of pagesOf(inject('sites')[name])) {
      const { results } = await validator.validateString(html);
      for (const { line, column, ruleId, message } of results.flatMap(({ messages }) => messages))
        faults.push(`${path} ${line}:${column} ${ruleId}: ${message}`);
    }
    expect(faults).toEqual([]);
  });
});

it('A fault would be found.', async () => {
  const { valid } = await validator.validateString('<p><div id="x"></div></p><i id="x"></i>');
  expect(valid).toBe(false);
});
