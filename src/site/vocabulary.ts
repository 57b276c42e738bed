// The words that say what a text is about, found without a look at any other text: those that it says often, and of
// these rather long ones, since words that every text has are short in most languages (Zipf, 1935).

import { isAscii } from '../ascii.js';

/** Terms with how often they are written, heaviest first. Plain data, to be kept with a post. */
export type Vocabulary = readonly (readonly [term: string, count: number])[];

/** Of long texts, the beginning says what they are about. */
const limits = { characters: 4000, terms: 40 };

/** The vocabulary of a text in a language, `en` or `ko`. */
export function termsOf(text: string, lang: string): Vocabulary {
  const counts = new Map<string, number>();
  const common = commonWords.get(lang.slice(0, 2)) ?? none;
  for (const term of termsIn(text.slice(0, limits.characters))) {
    const count = counts.get(term);
    // Common words stay at 0.
    if (count !== 0) counts.set(term, count === undefined ? (common.has(term) ? 0 : 1) : count + 1);
  }
  const weighed: { readonly term: string; readonly count: number; readonly weight: number }[] = [];
  for (const [term, count] of counts)
    if (count > 0) weighed.push({ term, count, weight: weightOf(term, count) });
  const lightest = nthLargest(
    weighed.map(({ weight }) => weight),
    limits.terms,
  );
  return weighed
    .filter(({ weight }) => weight >= lightest)
    .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
    .slice(0, limits.terms)
    .map(({ term, count }): [string, number] => [term, count]);
}

/** Below all numbers if there are fewer. Numbers are sorted sooner than terms, most of which are then left out. */
function nthLargest(numbers: readonly number[], n: number): number {
  return Float64Array.from(numbers).sort().at(-n) ?? Number.NEGATIVE_INFINITY;
}

/** As one text, which takes a tenth of the memory: `regret 12 bandit 7`. No term has a space. */
export function printTerms(vocabulary: Vocabulary): string {
  return vocabulary.map(([term, count]) => `${term} ${count}`).join(' ');
}

/** What `printTerms` printed, term by term: all posts of a site together have hundreds of thousands. */
export function forEachTerm(text: string, use: (term: string, count: number) => void): void {
  for (let at = 0; at < text.length; ) {
    const space = text.indexOf(' ', at);
    const next = text.indexOf(' ', space + 1);
    const end = next < 0 ? text.length : next;
    use(text.slice(at, space), Number(text.slice(space + 1, end)));
    at = end + 1;
  }
}

/** Two Han or Hangul say as much as a word of six letters. */
function weightOf(term: string, count: number): number {
  return (1 + Math.log(count)) * (term.length === 2 ? 6 : Math.min(term.length, 8));
}

const words = /[\p{L}\p{N}]{2,}/gu;
const isLatin = /^[a-z0-9]*$/;
const isFormula = /[\p{Lm}\p{No}\u{1d400}-\u{1d7ff}]/u;
const cjk = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;
const hangul = /\p{Script=Hangul}/u;

/** Particles and endings, which stand behind a Korean word without a space. */
const endings =
  /(?<=..)(?:(?:이|했|하였|되었|됐|있|없|겠|었|았)?습니다|(?:입|합|됩|집|킵|립)니다|에서는?|으로[는도써]?|에게|까지|부터|처럼|보다|하[는고여며기지면]|되[는고어며기지면]|이[란라다]|[은는이가을를의에로와과도만란])$/u;

/** Words; and pairs of characters where words are put together, or not set apart. */
export function termsIn(text: string): string[] {
  // The same, several times as fast.
  if (isAscii(text)) return (text.toLowerCase().match(/[a-z0-9]{3,}/g) ?? []).map(singular);
  const terms: string[] = [];
  for (const word of text.normalize('NFC').toLowerCase().match(words) ?? []) {
    if (isLatin.test(word)) {
      if (word.length > 2) terms.push(singular(word));
      continue;
    }
    if (isFormula.test(word)) continue;
    for (const [run] of word.matchAll(cjk)) {
      const characters = [...(hangul.test(run) ? run.replace(endings, '') : run)];
      for (const [index, character] of characters.slice(1).entries())
        terms.push(`${characters[index]}${character}`);
    }
    for (const part of word.split(cjk)) if (part.length > 2) terms.push(singular(part));
  }
  return terms;
}

function singular(word: string): string {
  const last = word.length - 1;
  if (word[last] !== 's' || word[last - 1] === 's') return word;
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}

const none: ReadonlySet<string> = new Set();

/** Words that say nothing of what a text is about, however often they are written; Korean ones as pairs. */
const commonWords: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    en:
      'about above after again against all also although always among and another any are around because been ' +
      'before being below best better between both but can cannot case common could different does doing done down ' +
      'each either else enough even every example few find first following for found from general get getting give ' +
      'given goe going good had has have having her here high him his how however instead into its itself just keep ' +
      'kind know known large last later least les let like likely list little long look made make making many may ' +
      'mean might more most much must need never new next not note nothing now number off often once one only ' +
      'other our out over own part particular per perhaps point possible previous quite rather really right same say second ' +
      'section see seem seen set several shall should show shown similar simple simply since small some something ' +
      'sometimes still such take taken than that the their them then there therefore these they thing third this ' +
      'those though three through thu time together too toward turn two under until upon use used useful user ' +
      'using usually value very want was way well went were what when where whether which while who whole whose ' +
      'why will with within without word work would yet you your',
    ko:
      '있습 습니 니다 있다 있는 있고 있어 있을 없습 없는 없다 하는 하고 하여 하지 하면 합니 입니 됩니 이다 이런 이렇 ' +
      '이러 그런 그렇 그러 그리 러한 렇게 리고 때문 문에 경우 대해 대한 통해 위해 위한 따라 또한 아니 않은 않는 않습 ' +
      '모든 다른 같은 같이 것이 것을 것은 것입 것으 수있 우리 여기 다음 먼저 하나 가장 매우 많은 만약 다면 라고 에서 으로',
  }).map(([lang, text]) => [lang, new Set(text.split(' ').map(singular))]),
);
