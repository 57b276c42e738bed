// Language codes: which suffixes of file names are one, and how they are spelled.

// ISO 639-1. `x.js.md` is not in a language, although it has two letters.
const twoLetterCodes = new Set(
  (
    'aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el ' +
    'en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ' +
    'ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na ' +
    'nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so ' +
    'sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu'
  ).split(' '),
);

/**
 * The code as it is spelled in addresses and `lang` attributes, or undefined for what is no code. A configured
 * language wins: its own spelling, and `ko` for `ko-KR` when only `ko` is configured.
 */
export function languageCode(written: string, configured: readonly string[]): string | undefined {
  const code = canonical(written);
  if (code === undefined) return undefined;
  const same = (other: string) => configured.find((one) => one.toLowerCase() === other.toLowerCase());
  return same(code) ?? same(code.split('-')[0] ?? '') ?? code;
}

/** BCP 47, at least by its form: `ko`, `zh-CN` for `zh_cn`. */
function canonical(written: string): string | undefined {
  const code = written.trim().replaceAll('_', '-');
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(code)) return undefined;
  try {
    return Intl.getCanonicalLocales(code)[0];
  } catch {
    return undefined;
  }
}

/** The language that a suffix of a file name stands for: `ko` of `name.ko.md`; undefined when it is not one. */
export function languageOfSuffix(suffix: string, configured: readonly string[]): string | undefined {
  const lower = suffix.toLowerCase();
  return (
    configured.find((code) => code.toLowerCase() === lower) ?? (twoLetterCodes.has(lower) ? lower : undefined)
  );
}
