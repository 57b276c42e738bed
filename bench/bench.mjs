// Measures Postulate beside other generators, on one machine in one run, in turns, and writes docs/performance.md and .svg.
//   npm run bench -- [--kind maths,prose] [--posts N|DIR] [--runs N] [--only NAMES (see bench/peers.mjs)]
//                    [--seed N] [--growth 1000,10000,100000] [--no-start] [--theme DIR] [--dry]
// `--theme` has Hugo measured with one more theme, such as a clone of PaperMod; `--dry` prints the tables and writes nothing.
// Other generators are installed into bench/.peers at the first run.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, cpus, loadavg, release, type } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { corpus, kinds, writeCorpus } from './corpus.mjs';
import { run } from './measure.mjs';
import { peers as findPeers, names } from './peers.mjs';
import { copyPosts } from './posts.mjs';
import { chart, duration, markdown, median, withGenerated } from './report.mjs';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    kind: { type: 'string', default: 'maths,prose' },
    posts: { type: 'string' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: names.join(',') },
    seed: { type: 'string', default: '1' },
    growth: { type: 'string', default: '1000,10000' },
    start: { type: 'boolean', default: true },
    theme: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
});
const list = (text) => text.split(',').filter(Boolean);
const unknown = list(values.only).filter((name) => !names.includes(name));
const runs = Number(values.runs);
if (unknown.length > 0 || !(runs >= 1) || list(values.kind).some((kind) => !kinds[kind])) {
  console.error(
    `not known: ${[...unknown, values.kind, values.runs].join(' ')}; see the head of bench/bench.mjs`,
  );
  process.exit(2);
}

const root = join(import.meta.dirname, '..');
const work = join(import.meta.dirname, '.peers', 'posts');
const aside = join(import.meta.dirname, '.peers', 'aside');
const say = (line) => console.error(line);
const peers = findPeers(
  names.filter((name) => list(values.only).includes(name)),
  { theme: values.theme },
);
const ours = peers.find(({ name }) => name === 'postulate');

const scenarios = [
  { name: 'cold', label: 'Cold' },
  { name: 'warm', label: 'Nothing changed' },
  { name: 'edited', label: 'One post edited' },
];

if (loadavg()[0] > 0.5) say('this machine is busy with something else: the figures will be too high');
const sources = sourcesOf();
const corpora = [];
for (const source of sources) corpora.push(await compare(source));
const start = values.start && ours ? await small() : undefined;
const growth = ours ? await grow(list(values.growth).map(Number)) : [];

const generated = markdown({
  machine: {
    day: new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    system: `${type()} ${release()}`,
    node: process.versions.node,
  },
  versions: peers
    .map(({ version, label }) => version ?? label)
    .filter((line, at, all) => all.indexOf(line) === at),
  corpora,
  start,
  growth,
});
if (values.dry) console.log(generated);
else {
  const page = join(root, 'docs/performance.md');
  writeFileSync(page, withGenerated(readFileSync(page, 'utf8'), generated));
  if (corpora.length > 0) writeFileSync(join(root, 'docs/performance.svg'), chart(corpora));
}
rmSync(aside, { recursive: true, force: true });
const faults = corpora.flatMap(differences);
for (const fault of faults) say(fault);
// Generators understand posts of somebody's own differently; the made ones they all do.
process.exitCode = faults.length > 0 && sources.every(({ made }) => made) ? 1 : 0;

/** Folders of posts to measure with. */
function sourcesOf() {
  rmSync(work, { recursive: true, force: true });
  const { posts = '', seed } = values;
  if (posts !== '' && !/^\d+$/.test(posts)) {
    copyPosts(posts, join(work, 'own'));
    return [{ title: 'Posts of your own', folder: join(work, 'own'), formulas: true, made: false }];
  }
  return list(values.kind).map((kind) => {
    const folder = join(work, kind);
    writeCorpus(folder, { kind, posts: Number(posts || kinds[kind].posts), seed: Number(seed) });
    return {
      title: kind === 'maths' ? 'Posts full of maths' : 'Plain prose',
      folder,
      formulas: kinds[kind].formulas > 0,
      made: true,
    };
  });
}

/** All generators on one corpus. A first round, which no time is taken of, looks at memory and at what was made. */
async function compare({ title, folder, formulas }) {
  const files = readdirSync(folder).sort();
  const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  const edited = files[files.length >> 1];
  // Hugo that sets formulas and Hugo that does not are the same where there are none.
  const other = (name) => name.replace('-set', '-left');
  const isTwice = ({ name }) =>
    !formulas && other(name) !== name && peers.some((peer) => peer.name === other(name));
  const measured = peers.filter((peer) => !isTwice(peer));
  const results = measured.map((peer) => ({ ...peer, times: { cold: [], warm: [], edited: [] } }));
  for (const result of results) {
    lay(result, folder);
    result.megabytes = (await build(result, { memory: true }))?.megabytes ?? 0;
    result.counts = count(result);
    say(`${title}: ${result.label}: ${JSON.stringify(result.counts)}`);
  }
  const own = ours ? changes(files) : [];
  for (let round = 1; round <= runs; round++) {
    for (const result of results) lay(result, folder);
    // Otherwise the first one shares the disk with what has just been copied.
    spawnSync('sync');
    for (const { name, label } of scenarios)
      for (const result of results) {
        if (name === 'edited')
          append(join(result.sites, result.posts, edited), `One more sentence, the ${round}.`);
        await take(result, result.times[name], `${title}: ${label}`);
      }
    for (const change of own) {
      change.prepare();
      await build(ours);
      change.change(round);
      await take(ours, change.times, `${title}: ${change.label}`);
    }
  }
  const medians = (times) =>
    Object.fromEntries(
      Object.entries(times).flatMap(([name, all]) => (all.length > 0 ? [[name, median(all)]] : [])),
    );
  return {
    title,
    runs,
    posts: files.length,
    bytes,
    scenarios,
    peers: results.map(({ label, sets, times, megabytes, counts }) => ({
      ...{ label, sets, megabytes, counts },
      seconds: medians(times),
    })),
    own: own.flatMap(({ label, times }) => (times.length > 0 ? [{ label, seconds: median(times) }] : [])),
  };
}

async function take(peer, times, what) {
  const measured = await build(peer);
  if (measured) times.push(measured.seconds);
  say(`${what}: ${peer.label}: ${measured ? duration(measured.seconds) : 'failed'}`);
}

/** Changes that touch more than one post. What is not there yet is made and built before. */
function changes(files) {
  const site = ours.sites;
  const template = join(site, 'templates/post.vto');
  const theme = readFileSync(join(root, 'templates/post.vto'), 'utf8');
  const macros = join(site, 'macros.tex');
  return [
    {
      label: 'the template of posts',
      prepare: () => {
        mkdirSync(join(site, 'templates'), { recursive: true });
        writeFileSync(template, theme);
      },
      change: (round) => writeFileSync(template, `${theme}<!-- ${round} -->\n`),
      times: [],
    },
    {
      label: 'a macro that ten posts use',
      prepare: () => {
        writeFileSync(macros, '\\newcommand{\\benchmark}{\\mathcal{B}}\n');
        for (const name of files.slice(0, 10)) append(join(site, 'posts', name), '$\\benchmark$');
      },
      change: (round) => writeFileSync(macros, `\\newcommand{\\benchmark}{\\mathcal{B}_{${round}}}\n`),
      times: [],
    },
  ];
}

function append(path, paragraph) {
  writeFileSync(path, `${readFileSync(path, 'utf8')}\n\n${paragraph}\n`);
}

/** Deletes at the end of the run: for a while after many files have been deleted, ext4 makes new ones slowly. */
function putAside(folder) {
  if (!existsSync(folder)) return;
  mkdirSync(aside, { recursive: true });
  renameSync(folder, join(aside, String(readdirSync(aside).length)));
}

/** A new site of a generator: nothing of an earlier build is left. */
function lay(peer, folder) {
  putAside(peer.sites);
  mkdirSync(join(peer.sites, peer.posts), { recursive: true });
  peer.lay(peer.sites);
  cpSync(folder, join(peer.sites, peer.posts), { recursive: true });
}

function build(peer, options = {}) {
  return run(peer.command(peer.sites), { cwd: peer.sites, env: peer.env, ...options });
}

/** What a generator made: pages of posts, all pages, formulas in the pages of posts. */
function count({ sites, output, sets }) {
  const folder = join(sites, output);
  if (!existsSync(folder)) return { posts: 0, pages: 0, formulas: 0 };
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.html'),
  );
  const posts = pages.filter((path) => /^posts[\\/](?!page[\\/])[^\\/]+[\\/]index\.html$/.test(path));
  const formulas = posts.reduce((sum, path) => {
    const html = readFileSync(join(folder, path), 'utf8');
    return sum + html.split(sets ? 'class="katex"' : 'class="formula"').length - 1;
  }, 0);
  return { posts: posts.length, pages: pages.length, formulas };
}

/** Whether the generators did the same work: all posts, and nearly as many formulas (some repeat headings in a contents list). */
function differences({ title, posts, peers: results }) {
  const [{ counts: base }] = results;
  return results.flatMap(({ label, counts }) => [
    ...(counts.posts === posts ? [] : [`${title}: ${label} made ${counts.posts} of ${posts} posts`]),
    ...(Math.abs(counts.formulas - base.formulas) <= 0.03 * base.formulas
      ? []
      : [`${title}: ${label} has ${counts.formulas} formulas instead of ${base.formulas}`]),
  ]);
}

/** Builds so small that starting is most of them: a blog of three posts, and six hundred of which none or one changed. */
async function small() {
  const three = [];
  for (const post of corpus({ kind: 'maths', posts: 600, seed: Number(values.seed) }))
    if (three.length < 3 && post.text.length < 6000 && post.text.includes('$$') && post.text.includes('```'))
      three.push(post);
  const folders = { three: join(work, 'three'), many: join(work, 'many') };
  mkdirSync(folders.three, { recursive: true });
  for (const { name, text } of three) writeFileSync(join(folders.three, `${name}.md`), text);
  writeCorpus(folders.many, { kind: 'maths', posts: 600, seed: Number(values.seed) });
  const few = { ...ours, sites: `${ours.sites}-three` };
  const many = { ...ours, sites: `${ours.sites}-many` };
  lay(many, folders.many);
  await build(many);
  const edited = join(many.sites, 'posts/post-00300.md');
  const bare = [];
  const rows = [
    { label: '3 posts with formulas and code, cold', before: () => lay(few, folders.three), peer: few },
    { label: '3 posts, nothing changed', before: () => {}, peer: few },
    { label: '600 posts full of maths, nothing changed', before: () => {}, peer: many },
    {
      label: '600 posts full of maths, one edited',
      before: () => append(edited, 'One more sentence.'),
      peer: many,
    },
  ].map((row) => ({ ...row, times: [] }));
  for (let round = 0; round < runs * 3; round++) {
    bare.push((await run([process.execPath, '-e', '0'], {})).seconds);
    for (const { before, peer, times, label } of rows) {
      before();
      await take(peer, times, label);
    }
  }
  return { bare: median(bare), rows: rows.map(({ label, times }) => ({ label, seconds: median(times) })) };
}

/** Cold builds of more and more small posts. Memory is of a run of its own. */
async function grow(sizes) {
  const rows = [];
  for (const posts of sizes) {
    const folder = join(work, 'growing');
    putAside(folder);
    writeCorpus(folder, { kind: 'prose', posts, seed: Number(values.seed) });
    const peer = { ...ours, sites: `${ours.sites}-growing` };
    const times = [];
    for (let round = 0; round < (posts > 1000 ? 1 : runs); round++) {
      lay(peer, folder);
      await take(peer, times, `${posts} posts`);
    }
    lay(peer, folder);
    const measured = await build(peer, { memory: true });
    putAside(peer.sites);
    if (times.length > 0 && measured)
      rows.push({ posts, seconds: median(times), megabytes: measured.megabytes });
  }
  return rows;
}
