// Makes posts to measure with: seeded, and in the proportions of real ones.
//   node bench/corpus.mjs DIR [--kind maths|prose] [--posts N] [--seed N]
// `maths` has what 644 real posts about maths were found to have: 11.8 KB a post, 73 formulas, 2.1 blocks of code, with much
// difference between posts. `prose` is 1 KB a post and no formula. Posts use only what all generators understand.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { displayFormula, inlineFormula, notation } from './formulas.mjs';
import { listing } from './listings.mjs';
import { random as seeded } from './random.mjs';

/** What a post has on average. */
export const kinds = {
  maths: { posts: 644, bytes: 11_600, sigma: 0.75, formulas: 70, displays: 0.13, listings: 2.25 },
  prose: { posts: 4000, bytes: 860, sigma: 0.2, formulas: 0, displays: 0, listings: 0 },
};

/** Posts as `{ name, text }`, one after the other: a hundred thousand need not be in memory. */
export function* corpus({ kind, posts, seed = 1 }) {
  for (let index = 0; index < posts; index++) {
    const random = seeded(seed * 1_000_003 + index);
    yield { name: nameOf(index), text: post(random, kinds[kind], index) };
  }
}

const nameOf = (index) => `post-${String(index + 1).padStart(5, '0')}`;

const english =
  'the of a is to and in that we it for this with as be on are which by not can from one has at an have its if then each when more will only so two all but there where than also between over how may their first such these into no other same most any both given some since about under would large small model data value function point set space number case result proof bound time error random matrix vector sample mean step rule idea question answer problem method gradient distribution variance estimate theorem lemma limit sequence series product kernel operator measure surface curve graph network layer weight feature user item session ranking click price market signal noise energy field group ring order prime root convex smooth finite infinite linear local global simple hard known unknown often rarely always never almost exactly roughly therefore however moreover instead finally suppose consider recall note define write show prove compute compare train test learn choose draw update converge depend hold follow'.split(
    ' ',
  );
const korean =
  '그리고 이것은 우리가 확률 분포 를 따르는 값 을 최적화 하는 방법 이다 데이터 에서 모델 의 가중치 가 점점 수렴 한다 따라서 결과 는 다음과 같이 쓸 수 있다 기울기 행렬 벡터 함수 문제 추천 시스템 에서는 사용자 아이템 사이의 관계 를 학습 하고 평가 한다'.split(
    ' ',
  );
const tags =
  'Machine learning|Statistics|Probability|Analysis|Algebra|Optimization|NLP|Recommender systems|Geometry|Python|Topology|Physics|Graphs|Bayes|Deep learning|Number theory|R|Bandits|Numerics|Kernels|Category theory|Causality|Time series|Sampling|Information theory|C++|Games|Logic|Puzzles|Notes'.split(
    '|',
  );

function post(random, kind, index) {
  const words = kind.formulas > 0 && random.chance(0.06) ? korean : english;
  const symbols = notation(random);
  const bytes = Math.min(8, random.spread(kind.sigma)) * kind.bytes;
  // A long post has more of everything, and some posts are all maths or all code.
  const share = (count, sigma) => Math.round(((count * bytes) / kind.bytes) * random.spread(sigma));
  const formulas = share(kind.formulas, 0.5);
  const listings = kind.listings > 0 ? share(kind.listings, 0.8) : 0;
  const displays = Math.round(formulas * kind.displays);
  const blocks = [
    ...Array.from({ length: displays }, () => () => `$$\n${displayFormula(random, symbols)}\n$$`),
    ...Array.from({ length: listings }, () => () => listing(random)),
  ].map((make) => ({ make, at: random.next() }));
  blocks.sort((one, other) => one.at - other.at);

  const state = { random, words, index, formulas: formulas - displays, symbols };
  const made = blocks.map(({ at, make }) => ({ at, text: make() }));
  const proseBytes = Math.max(300, bytes - made.reduce((sum, { text }) => sum + text.length + 2, 0));
  state.perByte = state.formulas / proseBytes;
  const body = [];
  for (let written = 0, sinceHeading = 0, set = 0; written < proseBytes || made.length > 0; ) {
    if (sinceHeading > 900 && written < proseBytes) {
      const text = heading(state);
      body.push(text);
      sinceHeading = 0;
    }
    if (written < proseBytes) {
      const text = prose(state, Math.round(written * state.perByte) - set);
      set += text.split('$').length >> 1;
      written += Buffer.byteLength(text) + 2;
      sinceHeading += text.length;
      body.push(text);
    }
    while (made.length > 0 && (made[0].at * proseBytes <= written || written >= proseBytes))
      body.push(made.shift().text);
  }
  const title = capital(phrase(state, random.between(3, 7)));
  return `---\ntitle: "${title} ${index + 1}"\ndate: ${date(random)}\ntags: [${tagsOf(random).join(', ')}]\n---\n\n${body.join('\n\n')}\n`;
}

/** Paragraphs most of the time; `due` is how many formulas the text has too few. */
function prose(state, due) {
  const { random } = state;
  const items = (mark) =>
    Array.from({ length: random.between(3, 6) }, (_, at) => `${mark(at)} ${sentence(state, due)}`).join('\n');
  return random.weighted([
    [84, () => Array.from({ length: random.between(2, 6) }, () => sentence(state, due)).join(' ')],
    [7, () => items(() => '-')],
    [4, () => items((at) => `${at + 1}.`)],
    [4, () => `> ${sentence(state, due)}`],
    [1, () => table(state)],
  ])();
}

function sentence(state, due) {
  const { random, words } = state;
  const length = random.between(6, 18);
  const parts = [];
  // About 6 bytes a word; what is due is caught up with bit by bit.
  const rate = Math.max(0, state.perByte * 9 + due * 0.02);
  for (let at = 0; at < length; at++) {
    parts.push(word(state));
    if (random.chance(rate)) parts.push(`$${inlineFormula(random, state.symbols)}$`);
  }
  const text = `${parts.join(' ')}.`;
  return words === english ? capital(text) : text;
}

function word(state) {
  const { random, words, index } = state;
  const plain = random.often(words);
  return random.weighted([
    [964, () => plain],
    [15, () => `*${phrase(state, 2)}*`],
    [9, () => `**${phrase(state, 2)}**`],
    [6, () => `\`${random.pick(english)}\``],
    [4, () => `[${phrase(state, 2)}](https://example.org/${random.pick(english)}/)`],
    [2, () => (index > 0 ? `[${phrase(state, 2)}](/posts/${nameOf(random.between(0, index - 1))}/)` : plain)],
  ])();
}

const phrase = ({ random, words }, count) =>
  Array.from({ length: count }, () => random.often(words)).join(' ');

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function heading(state) {
  const formula =
    state.formulas > 0 && state.random.chance(0.05) ? ` $${state.random.often(state.symbols)}$` : '';
  return `${state.random.chance(0.7) ? '##' : '###'} ${capital(phrase(state, state.random.between(2, 5)))}${formula}`;
}

function table(state) {
  const { random } = state;
  const cell = () =>
    state.formulas > 0 && random.chance(0.3) ? `$${random.often(state.symbols)}$` : random.pick(state.words);
  const row = () => `| ${cell()} | ${cell()} | ${random.next().toFixed(3)} |`;
  return [
    '| name | kind | value |',
    '|---|---|--:|',
    ...Array.from({ length: random.between(3, 7) }, row),
  ].join('\n');
}

function date(random) {
  const two = (number) => String(number).padStart(2, '0');
  return `${random.between(2012, 2025)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;
}

function tagsOf(random) {
  return [...new Set(Array.from({ length: random.between(1, 4) }, () => random.often(tags)))];
}

/** Writes a corpus to `folder`, a file a post. */
export function writeCorpus(folder, options) {
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of corpus(options)) writeFileSync(join(folder, `${name}.md`), text);
}

if (import.meta.filename === process.argv[1]) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      kind: { type: 'string', default: 'maths' },
      posts: { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [folder] = positionals;
  if (folder === undefined || kinds[values.kind] === undefined) {
    console.error('usage: node bench/corpus.mjs DIR [--kind maths|prose] [--posts N] [--seed N]');
    process.exit(2);
  }
  const posts = Number(values.posts ?? kinds[values.kind].posts);
  writeCorpus(folder, { kind: values.kind, posts, seed: Number(values.seed) });
}
