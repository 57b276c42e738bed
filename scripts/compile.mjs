// Makes dist/: the program in src/ and the packages it consists of as a few files, so that a start opens and compiles
// little. What is loaded by `import()` gets files of its own and is read when it is wanted. A program `dist/<name>.js` loads
// its part `dist/<name>.cjs`, and this the others, by `src/load.ts`, which takes their bytecode from `dist/code/`.
//
//   node scripts/compile.mjs
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { parseAst } from 'rolldown/parseAst';
import { patched } from './patches.mjs';

/** Programs that are started by their path, as `src/<name>.ts` and `dist/<name>.js`; those that exist are made. */
const entries = ['cli', 'speed/index', 'speed/worker', 'speed/writing', 'speed/printer'];

/** Read from the installed packages at run time: a native library, and what is taken from them piece by piece. */
const external = [/^node:/, 'sharp', /^@wooorm\/starry-night\/./];

const out = 'dist';
const require = createRequire(import.meta.url);

rmSync(out, { recursive: true, force: true });
const bundle = await rolldown({
  input: Object.fromEntries(
    entries.filter((name) => existsSync(`src/${name}.ts`)).map((name) => [name, `src/${name}.ts`]),
  ),
  external,
  platform: 'node',
  plugins: [
    onigurumaBeside(),
    withoutUnused(),
    grammarTable(),
    patched(),
    knownLines(),
    importsThroughLoader(),
  ],
});
const { output } = await bundle.write({
  dir: out,
  format: 'cjs',
  entryFileNames: '[name].cjs',
  // Flat, since the program finds its own files from where it stands.
  chunkFileNames: '[name]-[hash].cjs',
  // Stack traces are for people: nothing is renamed or pressed together.
  minify: false,
});
await bundle.close();
await makeLoader();
for (const { isEntry, name } of output) if (isEntry) makeStart(name);
writeFileSync(join(out, 'package.json'), '{ "type": "commonjs" }\n');
writeFileSync(join(out, 'LICENSES.txt'), licenses(packagesIn(output)));
writeFileSync(join(out, 'build-id'), buildId(output));
// In a process of its own, with the settings that the program itself makes, and no others.
const { status } = spawnSync(process.execPath, ['scripts/code-cache.mjs'], { stdio: 'inherit' });
process.exitCode = status ?? 1;

/** `src/load.ts` is no part of the program that it loads. */
async function makeLoader() {
  const loader = await rolldown({ input: 'src/load.ts', external, platform: 'node' });
  await loader.write({ file: join(out, 'load.js'), format: 'cjs' });
  await loader.close();
}

/** The file by which a program is started. */
function makeStart(name) {
  const up = name.includes('/') ? '..' : '.';
  const code = `module.exports = require('${up}/load.js').load('${name}.cjs');\n`;
  writeFileSync(join(out, `${name}.js`), name === 'cli' ? `#!/usr/bin/env node\n${code}` : code);
}

/** What is still imported when the program runs: see `importModule` in `src/load.ts`. */
function importsThroughLoader() {
  return {
    name: 'imports-through-loader',
    renderChunk: (code) => {
      if (!/\bimport\(/.test(code)) return null;
      const places = [];
      const walk = (node) => {
        if (typeof node !== 'object' || node === null) return;
        if (node.type === 'ImportExpression') places.push(node.start);
        for (const inner of Object.values(node)) walk(inner);
      };
      walk(parseAst(code));
      return places
        .sort((a, b) => b - a)
        .reduce((text, at) => `${text.slice(0, at)}importModule${text.slice(at + 'import'.length)}`, code);
    },
  };
}

/**
 * The highlighter reads its engine from where its package lies; in the bundle it lies beside the program. It is handed
 * over as a function: of bytes it is asked whether they are a `Response`, for which Node.js loads its HTTP client.
 */
function onigurumaBeside() {
  const code = `
import { readFile } from 'node:fs/promises';
import { instantiate } from ${JSON.stringify(resolve('src/wasm.ts'))};
export const getOniguruma = async () => {
  const program = await readFile(new URL('onig.wasm', import.meta.url));
  return { instantiator: async (imports) => ({ instance: instantiate(program, imports) }) };
};
`;
  return {
    name: 'oniguruma-beside',
    resolveId: (id) => (id === '#get-oniguruma' ? '\0get-oniguruma' : null),
    load: (id) => (id === '\0get-oniguruma' ? code : null),
    writeBundle: () => {
      const own = createRequire(require.resolve('@wooorm/starry-night'));
      copyFileSync(own.resolve('vscode-oniguruma/release/onig.wasm'), join(out, 'onig.wasm'));
    },
  };
}

/**
 * What is never called: gray-matter is only ever used with engines of ours (one of its own runs code), and of the
 * parsers of latex-utensils only the one of BibTeX, without a trace.
 */
function withoutUnused() {
  const unused =
    /[\\/](?:gray-matter[\\/]lib[\\/]engines|latex-utensils[\\/]out[\\/]src[\\/](?:latex\w*[\\/]\w+|bibtex[\\/]\w+_trace))\.js$/;
  return {
    name: 'without-unused',
    load: (id) => (unused.test(id) ? 'module.exports = {};' : null),
  };
}

/** The highlighter's loop over the lines of code asks `known-lines.ts` first. */
function knownLines() {
  const call = 'grammar.tokenizeLine2(';
  const source = JSON.stringify(resolve('src/markdown/known-lines.ts'));
  return {
    name: 'known-lines',
    transform: (code, id) => {
      if (!/starry-night[\\/]lib[\\/]parse\.js$/.test(id)) return null;
      if (code.split(call).length !== 2) throw new Error(`${id} is not as it was: see knownLines`);
      return `import { tokenizeOnce } from ${source};\n${code.replace(call, 'tokenizeOnce(grammar, ')}`;
    },
  };
}

/** Of the table that loading all grammars makes, the program has the result. */
function grammarTable() {
  return {
    name: 'grammar-table',
    load: async (id) => {
      if (!/[\\/]src[\\/]markdown[\\/]grammars\.ts$/.test(id)) return null;
      const made = await rolldown({ input: id, external: ['@wooorm/starry-night'], platform: 'node' });
      const path = resolve(out, 'grammars.mjs');
      await made.write({ file: path, format: 'esm' });
      await made.close();
      const table = await import(pathToFileURL(path).href);
      rmSync(path);
      return Object.entries(table)
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
        .join('\n');
    },
  };
}

/** Folders of the packages whose code is in the bundle. */
function packagesIn(chunks) {
  const modules = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  const folders = modules.flatMap(
    (id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id) ?? [],
  );
  return [...new Set(folders)].sort();
}

/** What the licences of the packages ask for: their texts. */
function licenses(folders) {
  return folders
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const texts = readdirSync(folder)
        .filter((file) => /^(?:licen[cs]e|copying)/i.test(file))
        .map((file) => readFileSync(join(folder, file), 'utf8').trim());
      return `${[`${name} ${version} (${license})`, ...texts].join('\n\n')}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** Changes when anything in the program does: what an earlier program kept in a cache is then of no use. */
function buildId(chunks) {
  const sum = createHash('sha256');
  for (const chunk of [...chunks].sort((a, b) => (basename(a.fileName) < basename(b.fileName) ? -1 : 1)))
    sum.update(chunk.fileName).update(chunk.type === 'chunk' ? chunk.code : chunk.source);
  return sum.digest('hex');
}
