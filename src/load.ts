// Starts a program in `dist/`. Its parts lie beside the bytecode that V8 has made of them (`scripts/code-cache.mjs`):
// reading that is quicker than parsing and compiling, which would take a fifth of the processor time of a short build.
// V8 refuses bytecode of another version or of other settings; then the part is compiled as usual.
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { wasmSettings } from './wasm.js';

/**
 * Every thread compiles the program for itself, beside rendering. Without inlining that takes half as long, and what
 * comes out is as fast: the parser and KaTeX call through tables, which V8 cannot inline anyway. What runs a little longer
 * before it is optimized (three times V8's budget, and large functions longer again) is often not needed again. Later
 * versions of V8 have no such budget, and would complain about it.
 *
 * What posts are known as stays until the end. A young generation that grows by doubling copies it at each size.
 */
const hasBudget = Number.parseFloat(process.versions.v8) < 12.5;
const settings = [
  '--no-turbo-inlining',
  '--semi-space-growth-factor=16',
  ...(hasBudget ? ['--interrupt-budget=200000', '--bytecode-size-allowance-per-tick=50'] : []),
  ...wasmSettings,
];
// Before anything is loaded: bytecode is only good for the settings that it was made with.
for (const setting of settings) setFlagsFromString(setting);

/** Of a compiled program. */
export interface Part {
  readonly name: string;
  readonly script: Script;
  exports: object;
  /** Whether V8 took the bytecode that was there. */
  readonly isKnown: boolean;
}

type Require = (id: string) => unknown;

/** `importModule` stands where the source says `import()`, which Node.js 20 refuses in what comes from bytecode. */
type Body = (
  exports: object,
  require: Require,
  module: Part,
  __filename: string,
  importModule: (specifier: string) => Promise<unknown>,
) => void;

const program = dirname(fileURLToPath(import.meta.url));
/** One folder for each V8, so that the package can be carried to another machine. */
const codeFolder = join(program, 'code', `${process.versions.v8}-${process.platform}-${process.arch}`);
const outside = createRequire(import.meta.url);
const parts = new Map<string, Part>();

/** The exports of a part of the program, by its path in `dist/`, with `/`. */
export function load(name: string): object {
  const known = parts.get(name);
  if (known) return known.exports;
  const path = join(program, name);
  const begin = '(function (exports, require, module, __filename, importModule) { ';
  const cachedData = readCode(name);
  const script = new Script(`${begin}${readFileSync(path, 'utf8')}\n})`, {
    filename: path,
    columnOffset: -begin.length,
    ...(cachedData ? { cachedData } : {}),
  });
  const part: Part = { name, script, exports: {}, isKnown: script.cachedDataRejected === false };
  // Before it runs, as parts may need each other.
  parts.set(name, part);
  const require: Require = (id) =>
    id.startsWith('.') ? load(posix.join(posix.dirname(name), id)) : outside(id);
  const body: Body = script.runInThisContext();
  body(part.exports, require, part, path, importModule);
  return part.exports;
}

/** Those that have been loaded. */
export function loadedParts(): readonly Part[] {
  return [...parts.values()];
}

/** Where the bytecode of a part is kept. */
export function codePath(name: string): string {
  return join(codeFolder, `${name.replaceAll('/', '-')}.bin`);
}

/** Bytecode as it is kept: after its checksum, for V8 would run damaged code until the process ends. */
export function packCode(code: Buffer): Buffer {
  return Buffer.concat([Buffer.from(hash('sha256', code, 'hex'), 'latin1'), code]);
}

function readCode(name: string): Buffer | undefined {
  try {
    const packed = readFileSync(codePath(name));
    const code = packed.subarray(64);
    return packed.toString('latin1', 0, 64) === hash('sha256', code, 'hex') ? code : undefined;
  } catch {
    // Such as V8 of another version.
    return undefined;
  }
}

/** A package, or a program of ours by its address. */
async function importModule(specifier: string): Promise<unknown> {
  const isOurs = specifier.startsWith(pathToFileURL(`${program}/`).href);
  return isOurs ? outside(fileURLToPath(specifier)) : import(specifier);
}
