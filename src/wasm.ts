// WebAssembly programs of which little is used, for a short time.
import { setFlagsFromString } from 'node:v8';

/** Node's types have it only beside those of browsers. */
declare const WebAssembly: {
  readonly Module: new (program: Uint8Array) => object;
  readonly Instance: new (module: object, imports?: object) => { readonly exports: object };
};

/**
 * V8 is not to optimize such a program, neither all of it (as `WebAssembly.instantiate` has it in Node.js 20) nor what is
 * called often: that takes far longer than what the program is wanted for. `load.ts` makes the same settings, but sooner.
 */
export const wasmSettings = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

/** Compiles a program, and gives an instance of it. */
export function instantiate(program: Uint8Array, imports?: object): { readonly exports: object } {
  for (const setting of wasmSettings) setFlagsFromString(setting);
  return new WebAssembly.Instance(new WebAssembly.Module(program), imports);
}
