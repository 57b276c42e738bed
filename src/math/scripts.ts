// Sub- and superscripts and accents as Unicode characters.

const superscripts = pairs(
  '0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺−⁻-⁻=⁼(⁽)⁾aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻ' +
    'AᴬBᴮDᴰEᴱGᴳHᴴIᴵJᴶKᴷLᴸMᴹNᴺOᴼPᴾRᴿTᵀUᵁVⱽWᵂβᵝγᵞδᵟθᶿϕᵠφᵠχᵡ⊤ᵀ∘°*∗∗∗′′″″‴‴††‡‡',
);
const subscripts = pairs('0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊−₋-₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓβᵦγᵧρᵨϕᵩφᵩχᵪ');

function pairs(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/(.)(.)/gu)].map(([, plain, script]) => [plain, script] as [string, string]),
  );
}

export type ScriptKind = '_' | '^';

/** A whole script in Unicode, or undefined when a character of it has no such form. */
export function unicodeScript(text: string, kind: ScriptKind): string | undefined {
  const forms = kind === '^' ? superscripts : subscripts;
  const characters = [...text].map((character) => forms.get(character));
  return characters.includes(undefined) ? undefined : characters.join('');
}

/** Combining characters by the command of the accent. */
export const accents: Readonly<Record<string, string>> = {
  '\\hat': '\u0302',
  '\\widehat': '\u0302',
  '\\^': '\u0302',
  '\\bar': '\u0304',
  '\\=': '\u0304',
  '\\tilde': '\u0303',
  '\\widetilde': '\u0303',
  '\\~': '\u0303',
  '\\vec': '\u20d7',
  '\\overrightarrow': '\u20d7',
  '\\overleftarrow': '\u20d6',
  '\\overleftrightarrow': '\u20e1',
  '\\dot': '\u0307',
  '\\.': '\u0307',
  '\\ddot': '\u0308',
  '\\"': '\u0308',
  '\\dddot': '\u20db',
  '\\ddddot': '\u20dc',
  '\\acute': '\u0301',
  "\\'": '\u0301',
  '\\grave': '\u0300',
  '\\`': '\u0300',
  '\\check': '\u030c',
  '\\widecheck': '\u030c',
  '\\v': '\u030c',
  '\\breve': '\u0306',
  '\\u': '\u0306',
  '\\mathring': '\u030a',
  '\\r': '\u030a',
  '\\H': '\u030b',
  '\\c': '\u0327',
  '\\utilde': '\u0330',
  '\\overline': '\u0305',
  '\\underline': '\u0332',
  '\\underbar': '\u0332',
  '\\sout': '\u0336',
  '\\cancel': '\u0338',
  '\\bcancel': '\u20e5',
  '\\xcancel': '\u0338',
};

/** Lines, which can go over or through several characters. */
const lines = new Set(['\u0305', '\u0332', '\u0336', '\u0338', '\u20e5']);

/** A text with an accent, composed where Unicode can; undefined when the accent would not cover all of it. */
export function accented(text: string, accent: string): string | undefined {
  const letters = [...text.normalize('NFC').matchAll(/[^\p{M}\s]\p{M}*/gu)];
  if (letters.length === 1) return `${text}${accent}`.normalize('NFC');
  return letters.length > 1 && lines.has(accent)
    ? text.replace(/[^\p{M}\s]\p{M}*/gu, `$&${accent}`).normalize('NFC')
    : undefined;
}
