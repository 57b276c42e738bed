// Every Markdown construct, as pairs of files in cases/: `name.md`, and `name.html` with its HTML and diagnostics.
// Front matter of a case is the site's configuration. Accept new output with `vitest --update`, after reading it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configOf, html, render, reports } from './render.js';

const folder = join(import.meta.dirname, 'cases');
const names = readdirSync(folder).flatMap((name) => (name.endsWith('.md') ? name.slice(0, -3) : []));

describe('Markdown', () => {
  it.each(names)('%s', async (name) => {
    const [, yaml = '', body = ''] =
      /^(?:---\n(.*?)---\n)?(.*)$/s.exec(readFileSync(join(folder, `${name}.md`), 'utf8')) ?? [];
    const [language] = configOf(yaml).languages;
    const rendered = render(body, { yaml, post: { lang: language?.code ?? 'en' } });
    const comments = reports(rendered).map((report) => `<!-- ${report} -->`);
    const shown = [html(rendered).trim(), ...comments, ''].join('\n');
    await expect(shown).toMatchFileSnapshot(join(folder, `${name}.html`));
  });

  it('has a case for every expected output', () => {
    const outputs = readdirSync(folder).flatMap((name) => (name.endsWith('.html') ? name.slice(0, -5) : []));
    expect(outputs).toEqual(names);
  });
});
