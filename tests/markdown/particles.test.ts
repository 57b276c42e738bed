// Where a line of Korean may not end.
import { describe, expect, it } from 'vitest';
import { html, render } from './render.js';

/** With the joiner as something that can be seen. */
const shown = (body: string) => html(render(body)).trim().replaceAll('\u2060', '|');

describe('A word joiner', () => {
  it.each([
    ['값(value)은', '<p>값(value)|은</p>'],
    ['“예”라고, "예"라고, 「예」라고', '<p>“예”|라고, "예"|라고, 「예」|라고</p>'],
    ['50%를 넘는다!라는 말…은', '<p>50%|를 넘는다!|라는 말…|은</p>'],
    ['**값(value)**은', '<p><strong>값(value)</strong>|은</p>'],
    ['*값 "value"*은', '<p><em>값 "value"</em>|은</p>'],
    ['"*value*"는', '<p>"<em>value</em>"|는</p>'],
    ['(*value*)는', '<p>(<em>value</em>)|는</p>'],
    ['<https://example.org/값(value)>은', '값(value)</a>|은</p>'],
    ['[값.com의 값(value)은](https://example.org/)', '값.com의 값(value)|은</a>'],
    ['`f(x)`는', '<p><code>f(x)</code>|는</p>'],
    ['[값(value)](https://example.org)은', '<p><a href="https://example.org">값(value)</a>|은</p>'],
    ['## 값 {#a}\n\n[](#a)은', '|은</p>'],
  ])('stands in %s', (body, expected) => {
    expect(shown(body)).toContain(expected);
  });

  it.each([
    '값은 value는 *value*는',
    '(은 "예 \'예 “예',
    '값(value) 은',
    '값(value)\n은',
    '(a)\n\n은',
    '- (a)\n- 은',
    '| (a) | 은 |\n|---|---|\n| (a) | 은 |',
    '`f(x)는`',
    '```\nf(x)는\n```',
    'f(x) and 50%',
    '<https://ko.wikipedia.org/wiki/행렬(수학)의_곱>',
    'https://예시.한국/글 www.예시.한국',
  ])('does not stand in %j', (body) => {
    expect(shown(body)).not.toContain('|은');
    expect(shown(body)).not.toContain('|');
  });

  it('is in what is read by lines, and nowhere else', () => {
    const { headings, ids, text, prose, excerpt, excerptText, title } = render(
      '## 값(value)은\n\n값(value)은 $f(x)$는.',
      {
        post: { title: '값(value)은' },
      },
    );
    expect(excerpt.join('')).toBe('값(value)\u2060은 f(x)\u2060는.');
    expect(render('값(value)은 https://예시.한국/글').excerpt.join('')).toBe(
      '값(value)\u2060은 https://예시.한국/글',
    );
    expect(JSON.stringify({ headings, ids, text, prose, excerptText, title })).not.toContain('\u2060');
  });
});
