// What was measured, as the tables and the picture of docs/performance.md. Pure: from results to text.

export const median = (numbers) => {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export function duration(seconds) {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  return `${seconds.toFixed(seconds < 100 ? 1 : 0)} s`;
}

export function ratio(number) {
  return `${number.toFixed(number < 10 ? 1 : 0)}×`;
}

const grouped = (number) => Math.round(number).toLocaleString('en');

const table = (head, rows) =>
  [head, head.map((_, at) => (at === 0 ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** The generated part of the page, as Markdown. */
export function markdown({ machine, versions, corpora, start, growth }) {
  return [
    `Measured on ${machine.day}: ${machine.cores} cores (${machine.cpu}), ${machine.system}, Node ${machine.node}.`,
    versions.map((version) => `- ${version}`).join('\n'),
    ...corpora.flatMap(corpusPart),
    ...(start ? [startPart(start)] : []),
    ...(growth?.length ? [growthPart(growth)] : []),
    corpora.length > 0
      ? '![How long each generator takes: the times of the tables above as bars](performance.svg)'
      : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

function corpusPart({ title, runs, posts, bytes, peers, scenarios, own }) {
  const base = peers[0];
  const cell = (peer, { name }) => {
    const seconds = peer.seconds[name];
    if (seconds === undefined) return 'failed';
    if (peer === base || base.seconds[name] === undefined) return duration(seconds);
    return `${duration(seconds)} · ${ratio(seconds / base.seconds[name])}`;
  };
  const rows = peers.map((peer) => [
    peer === base ? `**${peer.label}**` : peer.label,
    ...scenarios.map((scenario) => cell(peer, scenario)),
    `${grouped(peer.megabytes)} MB`,
    grouped(peer.counts.posts),
    grouped(peer.counts.pages),
    peer.sets || peer.counts.formulas === 0
      ? grouped(peer.counts.formulas)
      : `0 (${grouped(peer.counts.formulas)} left)`,
  ]);
  const head = ['', ...scenarios.map(({ label }) => label), 'peak memory', 'posts', 'pages', 'formulas set'];
  return [
    `### ${title}`,
    `${grouped(posts)} posts, ${(bytes / 1e6).toFixed(1)} MB of Markdown. Medians of ${runs} ${runs === 1 ? 'run' : 'runs'}, the generators in turns; after the time, how many times as long as ${base.label}.`,
    table(head, rows),
    ...(own.length > 0
      ? [
          `${base.label} alone:`,
          table(
            ['changed', 'time', 'part of a cold build'],
            own.map(({ label, seconds }) => [
              label,
              duration(seconds),
              `${Math.round((100 * seconds) / base.seconds.cold)} %`,
            ]),
          ),
        ]
      : []),
  ];
}

function startPart({ bare, rows }) {
  return [
    '### Small builds',
    `In multiples of a start of Node that does nothing (\`node -e 0\`: ${duration(bare)}).`,
    table(
      ['', 'time', 'starts of Node'],
      rows.map(({ label, seconds }) => [label, duration(seconds), (seconds / bare).toFixed(1)]),
    ),
  ].join('\n\n');
}

function growthPart(rows) {
  return [
    '### Growth',
    'Posts of 1 KB, cold.',
    table(
      ['posts', 'time', 'time per post', 'peak memory', 'memory per post'],
      rows.map(({ posts, seconds, megabytes }) => [
        grouped(posts),
        duration(seconds),
        `${((seconds * 1000) / posts).toFixed(2)} ms`,
        `${grouped(megabytes)} MB`,
        `${grouped((megabytes * 1024) / posts)} KB`,
      ]),
    ),
  ].join('\n\n');
}

/** The picture in words, for those who do not see it. */
function describe(corpora) {
  return corpora
    .map(({ title, peers, scenarios }) => {
      const parts = scenarios.map(({ name, label }) => {
        const times = peers
          .filter(({ seconds }) => seconds[name] !== undefined)
          .map((peer) => `${peer.label} ${duration(peer.seconds[name])}`);
        return `${label}: ${times.join(', ')}`;
      });
      return `${title}. ${parts.join('. ')}.`;
    })
    .join(' ');
}

const row = 24;
const width = 790;
const left = 330;
const longest = 360;

/** Bars, readable in light and dark; every group has a scale of its own, and every bar its figure. */
export function chart(corpora) {
  let y = 10;
  const parts = [];
  for (const { title, peers, scenarios } of corpora) {
    y += 26;
    parts.push(text(10, y, title, 'title'));
    for (const { name, label } of scenarios) {
      y += 26;
      parts.push(text(10, y, label, 'group'));
      const most = Math.max(...peers.map(({ seconds }) => seconds[name] ?? 0));
      for (const [at, peer] of peers.entries()) {
        const seconds = peer.seconds[name];
        y += row;
        parts.push(text(left - 10, y, peer.label, 'label'));
        if (seconds === undefined) parts.push(text(left, y, 'failed', 'value'));
        else {
          const length = Math.max(2, Math.round((longest * seconds) / most));
          parts.push(
            `<rect class="${at === 0 ? 'ours' : 'other'}" x="${left}" y="${y - 13}" width="${length}" height="16" rx="2"/>`,
            text(left + length + 8, y, duration(seconds), 'value'),
          );
        }
      }
      y += 8;
    }
    y += 14;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 10}" width="${width}" height="${y + 10}" role="img" aria-labelledby="title description">
<title id="title">How long builds take</title>
<desc id="description">${escaped(describe(corpora))}</desc>
<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.title { font-size: 16px; font-weight: 600; }
.group { font-weight: 600; }
.label { text-anchor: end; }
.ours { fill: #1a7f37; }
.other { fill: #8c959f; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .ours { fill: #3fb950; }
  .other { fill: #6e7681; }
}
</style>
${parts.join('\n')}
</svg>
`;
}

const text = (x, y, content, kind) => `<text class="${kind}" x="${x}" y="${y}">${escaped(content)}</text>`;

const escaped = (content) => content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const begin = '<!-- measured: begin. Written by `npm run bench`. -->';
const end = '<!-- measured: end -->';

/** The page with its generated part replaced; what people wrote round it stays. */
export function withGenerated(page, generated) {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the page has no lines ${begin} and ${end}`);
  return `${page.slice(0, from + begin.length)}\n\n${generated}\n\n${page.slice(to)}`;
}
