import { join } from 'node:path';
import { parseXml } from '@rgrove/parse-xml';
import { expect, it } from 'vitest';

// The benchmark is plain JavaScript: its modules are imported by path, without types.
const { chart, duration, markdown, median, withGenerated } = await import(
  join(import.meta.dirname, '../../bench/report.mjs')
);

const counts = { posts: 3, pages: 9, formulas: 40 };
const corpora = [
  {
    title: 'Posts <of> maths',
    runs: 3,
    posts: 3,
    bytes: 2_500_000,
    scenarios: [
      { name: 'cold', label: 'Cold' },
      { name: 'warm', label: 'Nothing changed' },
    ],
    peers: [
      { label: 'Ours', sets: true, megabytes: 100, counts, seconds: { cold: 2, warm: 0.25 } },
      { label: 'Theirs', sets: false, megabytes: 1200, counts, seconds: { cold: 30 } },
    ],
    own: [{ label: 'a macro', seconds: 1 }],
  },
];
const machine = { day: '2026-01-02', cores: 2, cpu: 'Abacus', system: 'Linux 6', node: '20.0.0' };

it('takes the middle of what was measured', () => {
  expect([median([9, 1, 5]), median([4, 1, 2, 3])]).toEqual([5, 2.5]);
  expect([duration(0.0714), duration(5.04), duration(250.4)]).toEqual(['71 ms', '5.0 s', '250 s']);
});

it('sets times side by side, with how many times as long as ours, and says what failed', () => {
  const page = markdown({ machine, versions: ['Ours 1', 'Theirs 2'], corpora, start: undefined, growth: [] });
  expect(page).toContain('Measured on 2026-01-02: 2 cores (Abacus), Linux 6, Node 20.0.0.');
  expect(page).toContain('- Ours 1\n- Theirs 2');
  expect(page).toContain('| **Ours** | 2.0 s | 250 ms | 100 MB | 3 | 9 | 40 |');
  expect(page).toContain('| Theirs | 30.0 s · 15× | failed | 1,200 MB | 3 | 9 | 0 (40 left) |');
  expect(page).toContain('| a macro | 1.0 s | 50 % |');
});

it('tells small builds in starts of Node, and growth by the post', () => {
  const page = markdown({
    machine,
    versions: [],
    corpora: [],
    start: { bare: 0.05, rows: [{ label: '3 posts', seconds: 0.2 }] },
    growth: [{ posts: 1000, seconds: 2, megabytes: 100 }],
  });
  expect(page).toContain('| 3 posts | 200 ms | 4.0 |');
  expect(page).toContain('| 1,000 | 2.0 s | 2.00 ms | 100 MB | 102 KB |');
});

it('draws a bar for each time, as long as the time, with the figures as text', () => {
  const svg: string = chart(corpora);
  expect(() => parseXml(svg)).not.toThrow();
  const lengths = [...svg.matchAll(/class="(ours|other)" x="\d+" y="\d+" width="(\d+)"/g)];
  expect(lengths.map(([, whose, length]) => [whose, Number(length)])).toEqual([
    ['ours', 24],
    ['other', 360],
    ['ours', 360],
  ]);
  expect(svg).toContain('prefers-color-scheme: dark');
  expect(svg).toMatch(/<desc[^>]*>Posts &lt;of&gt; maths\. Cold: Ours 2\.0 s, Theirs 30\.0 s\./);
});

it('replaces only what was generated before', () => {
  const page = (middle: string) =>
    `# By hand\n\n<!-- measured: begin. Written by \`npm run bench\`. -->\n\n${middle}\n\n<!-- measured: end -->\n\nmore\n`;
  expect(withGenerated(page('old'), 'new')).toBe(page('new'));
  expect(() => withGenerated('# no place\n', 'new')).toThrow(/measured/);
});
