// In which direction languages are written, and how a text says its own where no markup fits: with Unicode's isolates.

const scriptsFromRight = /-(?:arab|hebr|syrc|thaa|nkoo|adlm|rohg|mand|samr)(?:-|$)/i;
const languagesFromRight = new Set(
  'ar arc ckb dv fa glk he iw ji ks lrc mzn nqo pnb prs ps sd syr ug ur yi'.split(' '),
);

/** Whether a language is written from right to left: `ar` and `az-Arab` are, `az` and `ks-Deva` are not. */
export function isRightToLeft(code: string): boolean {
  if (scriptsFromRight.test(code)) return true;
  return languagesFromRight.has(code.split('-')[0] ?? '') && !/-[a-z]{4}(?:-|$)/i.test(code);
}

/** A text that is read from left to right, whatever stands around it. */
export function leftToRight(text: string): string {
  return `\u2066${text}\u2069`;
}

/** A text that is read in the direction of its first letter. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
