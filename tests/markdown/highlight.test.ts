import { all, createStarryNight } from '@wooorm/starry-night';
import { toHtml } from 'hast-util-to-html';
import { expect, it } from 'vitest';
import { createHighlighting, scopeOf } from '../../src/markdown/highlight.js';

const whole = await createStarryNight(all);

const blocks: readonly (readonly [language: string, code: string])[] = [
  ['python', 'def f(x: int) -> str:\n    return f"{x!r}"  # shown'],
  ['bash', 'for f in *.md; do echo "$f"; done'],
  ['sh', 'ruby <<RUBY\nputs [1, :two].map { |x| x.to_s }\nRUBY\ncat <<HTML\n<b class="x">\nHTML'],
  ['html', '<style>p { color: red }</style>\n<script>const x = `a`;</script>\n<p title="t">x</p>'],
  ['md', '# T\n\n```js\nlet x = 1\n```\n\n```python\nx = None\n```\n'],
  ['js', 'const q = gql`query { me { id } }`;\nconst h = /* html */ `<p>x</p>`;'],
  ['latex', '\\begin{equation} x^2 \\end{equation} % note'],
  ['php', '<p><?php echo "a"; ?></p><script>let x = 1</script>'],
];

it.each(blocks)('%s looks as it does with all grammars loaded', async (language, code) => {
  const highlighting = createHighlighting();
  const lines = await highlighting('', (highlight) => highlight(code, language));
  const tree = whole.highlight(code, whole.flagToScope(language) ?? '');
  // The lines close and open again what goes on from one to the next.
  const joined = (html: string) => html.replace(/<\/?span[^>]*>/g, '');
  expect(joined(lines?.join('\n') ?? '')).toBe(joined(toHtml(tree)));
  const classes = (html: string) => [...new Set(html.match(/class="[^"]*"/g))].sort();
  expect(classes(lines?.join('\n') ?? '')).toEqual(classes(toHtml(tree)));
  if (!/<span[^>]*>[^<]*\n/.test(toHtml(tree))) expect(lines?.join('\n')).toBe(toHtml(tree));
});

it('a grammar that only a block inside refers to is loaded when the block is there', async () => {
  const highlighting = createHighlighting();
  let rendered = 0;
  const render = (code: string) =>
    highlighting('```html\n', (highlight) => {
      rendered++;
      return highlight(code, 'html')?.join('\n');
    });
  expect(await render('<p>x</p>')).toContain('pl-ent');
  expect(rendered).toBe(1);
  expect(await render('<script>let x = 1</script>')).toContain('pl-k');
  expect(rendered).toBeGreaterThan(2);
});

it('a language is found by all its names, extensions and paths', () => {
  const words = all.flatMap(({ names, extensions, extensionsWithDot = [] }) => [
    ...names,
    ...[...extensions, ...extensionsWithDot].flatMap((one) => [one, one.slice(1), `a/B${one}/`]),
  ]);
  const others = ['', '.', 'constructor', ' Py ', 'unheard-of', '__proto__'];
  for (const word of [...words, ...others])
    expect([word, scopeOf(word)]).toEqual([word, whole.flagToScope(word)]);
});

it('code of a grammar with a pattern that Oniguruma refuses stays plain, and other code does not', async () => {
  const text = ['awk', 'regexp', 'python'].map((name) => `\`\`\`${name}\n`).join('');
  const seen = await createHighlighting()(text, (highlight) => [
    highlight('^a(b|c)+\\d{2,3}$', 'regexp'),
    highlight('BEGIN { FS = ":" }\n/root/ { print $1 }', 'awk'),
    highlight('def f(): return 1', 'python')?.join('\n'),
  ]);
  expect(seen.slice(0, 2)).toContain(undefined);
  expect(seen[2]).toContain('pl-k');
});
