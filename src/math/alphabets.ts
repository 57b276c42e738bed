// The mathematical alphabets of Unicode (U+1D400 and on): a letter in a style as a character of its own.

/** By MathML's names for the values of `mathvariant`. Script is the bold one, which lacks no letter and is in more fonts. */
const alphabets: Readonly<
  Record<string, { upper: number; lower?: number; digits?: number; greek?: number }>
> = {
  bold: { upper: 0x1d400, lower: 0x1d41a, digits: 0x1d7ce, greek: 0x1d6a8 },
  italic: { upper: 0x1d434, lower: 0x1d44e, greek: 0x1d6e2 },
  'bold-italic': { upper: 0x1d468, lower: 0x1d482, greek: 0x1d71c },
  script: { upper: 0x1d4d0, lower: 0x1d4ea },
  'bold-script': { upper: 0x1d4d0, lower: 0x1d4ea },
  fraktur: { upper: 0x1d504, lower: 0x1d51e },
  'bold-fraktur': { upper: 0x1d56c, lower: 0x1d586 },
  'double-struck': { upper: 0x1d538, lower: 0x1d552, digits: 0x1d7d8 },
  'sans-serif': { upper: 0x1d5a0, lower: 0x1d5ba, digits: 0x1d7e2 },
  'bold-sans-serif': { upper: 0x1d5d4, lower: 0x1d5ee, digits: 0x1d7ec, greek: 0x1d756 },
  'sans-serif-italic': { upper: 0x1d608, lower: 0x1d622 },
  'sans-serif-bold-italic': { upper: 0x1d63c, lower: 0x1d656, greek: 0x1d790 },
  monospace: { upper: 0x1d670, lower: 0x1d68a, digits: 0x1d7f6 },
};

/** Letters that Unicode had before, and left out of the alphabets. */
const elsewhere: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  italic: { h: 'ℎ' },
  fraktur: { C: 'ℭ', H: 'ℌ', I: 'ℑ', R: 'ℜ', Z: 'ℨ' },
  'double-struck': { C: 'ℂ', H: 'ℍ', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ' },
};

/** Greek letters in the order of Unicode's alphabets. */
const greek = 'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ';

/** A character in a style, or undefined where Unicode has no such character. */
export function styled(character: string, style: string): string | undefined {
  const other = elsewhere[style]?.[character];
  const alphabet = alphabets[style];
  if (other !== undefined || !alphabet) return other;
  const code = character.codePointAt(0) ?? 0;
  if (/^[A-Z]$/.test(character)) return String.fromCodePoint(alphabet.upper + code - 0x41);
  if (/^[a-z]$/.test(character) && alphabet.lower) return String.fromCodePoint(alphabet.lower + code - 0x61);
  if (/^[0-9]$/.test(character) && alphabet.digits)
    return String.fromCodePoint(alphabet.digits + code - 0x30);
  const index = greek.indexOf(character);
  return index >= 0 && alphabet.greek ? String.fromCodePoint(alphabet.greek + index) : undefined;
}
