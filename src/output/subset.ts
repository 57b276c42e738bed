// Cuts TrueType fonts with HarfBuzz's subsetter, as WebAssembly, which is the same program on every platform. Its
// functions are those of `hb-subset.h`, which works with addresses in the memory of the program.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { instantiate } from '../wasm.js';

export interface FontSubset {
  readonly font: Uint8Array;
  /** The characters that stay. */
  readonly characters: string;
}

const require = createRequire(import.meta.url);

/** The program itself. */
export function readSubsetter() {
  return readFile(require.resolve('harfbuzzjs/dist/harfbuzz-subset.wasm'));
}

/**
 * Each font with the glyphs of its characters alone, its layout features and its hints. Throws when one cannot be
 * cut, or when the program gets no memory.
 */
export async function subsetFonts(subsets: readonly FontSubset[]): Promise<readonly Buffer[]> {
  const harfbuzz = instantiate(await readSubsetter()).exports as HarfBuzz;
  harfbuzz._initialize();
  return subsets.map((subset) => subsetFont(harfbuzz, subset));
}

type Address = number;

/** What is used of the program's exports. Creators give 0 when they fail. */
interface HarfBuzz {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly _initialize: () => void;
  readonly malloc: (length: number) => Address;
  readonly hb_blob_create: (
    data: Address,
    length: number,
    mode: number,
    userData: Address,
    destroy: Address,
  ) => Address;
  readonly hb_blob_get_data: (blob: Address, length: Address) => Address;
  readonly hb_blob_get_length: (blob: Address) => number;
  readonly hb_face_create: (blob: Address, index: number) => Address;
  readonly hb_face_reference_blob: (face: Address) => Address;
  readonly hb_set_add: (set: Address, value: number) => void;
  readonly hb_set_clear: (set: Address) => void;
  readonly hb_set_invert: (set: Address) => void;
  readonly hb_subset_input_create_or_fail: () => Address;
  readonly hb_subset_input_set_flags: (input: Address, flags: number) => void;
  readonly hb_subset_input_set: (input: Address, kind: number) => Address;
  readonly hb_subset_input_unicode_set: (input: Address) => Address;
  readonly hb_subset_or_fail: (face: Address, input: Address) => Address;
}

/** `HB_SUBSET_SETS_LAYOUT_FEATURE_TAG` and `HB_MEMORY_MODE_WRITABLE`. */
const layoutFeatures = 6;
const writable = 2;

/** `HB_SUBSET_FLAGS_NOTDEF_OUTLINE`: the box for what no font has. The first font of a text draws it. */
const withBox = 0x40;

/** Nothing is given back: the memory of the program goes with it. */
function subsetFont(harfbuzz: HarfBuzz, { font, characters }: FontSubset): Buffer {
  const data = made(harfbuzz.malloc(font.length));
  // Another view each time: one of a memory that has grown since is empty.
  new Uint8Array(harfbuzz.memory.buffer).set(font, data);
  const face = harfbuzz.hb_face_create(harfbuzz.hb_blob_create(data, font.length, writable, 0, 0), 0);
  const input = made(harfbuzz.hb_subset_input_create_or_fail());
  harfbuzz.hb_subset_input_set_flags(input, withBox);
  const features = harfbuzz.hb_subset_input_set(input, layoutFeatures);
  harfbuzz.hb_set_clear(features);
  harfbuzz.hb_set_invert(features);
  const kept = harfbuzz.hb_subset_input_unicode_set(input);
  for (const character of characters) harfbuzz.hb_set_add(kept, character.codePointAt(0) as number);

  const subset = made(harfbuzz.hb_subset_or_fail(face, input));
  const result = harfbuzz.hb_face_reference_blob(subset);
  const start = made(harfbuzz.hb_blob_get_data(result, 0));
  return Buffer.from(harfbuzz.memory.buffer.slice(start, start + harfbuzz.hb_blob_get_length(result)));
}

function made(address: Address): Address {
  if (address === 0) throw new Error('HarfBuzz cannot cut the font, or has no memory for it');
  return address;
}
