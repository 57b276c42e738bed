// Random TeX that looks like that of real posts, without macros, so that every generator can set it.

const latin = [...'xnkiyjpXtmaAfzNdbVwqTKuSgrLPQ'];
const greek =
  'theta alpha lambda mu sigma beta epsilon pi phi gamma eta delta omega rho tau psi Sigma Omega Phi'
    .split(' ')
    .map((name) => `\\${name}`);
const bold = ['x', 'w', 'y', 'X', 'W', 'A', 'h', 'v', 'z', 'K'].map((name) => `\\mathbf{${name}}`);
const relations = ['=', '\\le', '<', '\\approx', '\\in', '\\sim', '\\ge', '\\propto', '\\to', '\\neq'];
const operators = ['+', '-', '+', '\\cdot', '\\times', '-', '\\odot', '\\circ'];
const functions = ['\\log', '\\exp', '\\sin', '\\max', '\\cos', '\\min', '\\operatorname{softmax}', '\\tanh'];
const spaces = [
  '\\mathbb{R}',
  '\\mathbb{R}^d',
  '\\mathbb{R}^{n \\times m}',
  '\\mathcal{X}',
  '\\{0, 1\\}',
  '\\mathbb{Z}',
];
const words = ['if', 'otherwise', 'for all', 'where', 'almost surely', 'such that', 'with probability'];
const accents = ['\\hat', '\\bar', '\\tilde', '\\dot', '\\vec'];

/** The symbols that one post uses again and again. */
export function notation(random) {
  const some = (items, count) => Array.from({ length: count }, () => random.often(items));
  return [...some(latin, 6), ...some(greek, 4), ...some(bold, 3)];
}

/** A formula for a sentence: mostly one symbol or two, sometimes a whole equation. */
export function inlineFormula(random, symbols) {
  return random.weighted([
    [34, () => symbol(random, symbols)],
    [16, () => script(random, symbols)],
    [10, () => `${random.often(functions)}(${symbol(random, symbols)})`],
    [5, () => `O(${symbol(random, symbols)}^${random.between(2, 4)})`],
    [8, () => `${script(random, symbols)} \\in ${random.pick(spaces)}`],
    [4, () => `${random.between(0, 99)}`],
    [6, () => `${random.pick(accents)}{${symbol(random, symbols)}}`],
    [8, () => `p(${symbol(random, symbols)} \\mid ${script(random, symbols)})`],
    [9, () => equation(random, symbols, 1)],
    [4, () => `(${symbol(random, symbols)}_1, \\ldots, ${symbol(random, symbols)}_${random.pick(latin)})`],
    [3, () => `\\lVert ${term(random, symbols, 1)} \\rVert_${random.between(1, 2)}`],
  ])();
}

/**
 * A formula of its own line, as what stands between two lines of `$$`. Half of them are shorter than 90 characters and
 * a tenth is longer than 200, as in a textbook (Dive into Deep Learning).
 */
export function displayFormula(random, symbols) {
  return random.weighted([
    [28, () => `${equation(random, symbols, 1)}.`],
    [22, () => `${equation(random, symbols, 2)}.`],
    [4, () => `${equation(random, symbols, 3)},`],
    [16, () => rows(random, symbols, 'aligned')],
    [6, () => rows(random, symbols, 'align')],
    [9, () => cases(random, symbols)],
    [10, () => matrix(random, symbols)],
    [
      5,
      () =>
        `\\underbrace{${term(random, symbols, 2)}}_{\\text{${random.pick(words)}}} + ${term(random, symbols, 2)}`,
    ],
  ])();
}

function symbol(random, symbols) {
  return random.chance(0.9) ? random.often(symbols) : random.pick([...latin, ...greek]);
}

function script(random, symbols) {
  const base = symbol(random, symbols);
  const index = random.pick(['i', 't', 'j', 'k', '0', '1', 'n', '{t+1}', '{i,j}', '{\\text{max}}', '{n-1}']);
  return random.weighted([
    [6, `${base}_${index}`],
    [3, `${base}^${random.pick(['2', '\\top', '*', '{(i)}', '{-1}', '{k+1}'])}`],
    [2, `${base}_${index}^2`],
  ]);
}

function equation(random, symbols, depth) {
  return `${script(random, symbols)} ${random.often(relations)} ${sum(random, symbols, depth)}`;
}

function sum(random, symbols, depth) {
  const terms = Array.from({ length: random.between(1, depth + 1) }, () => term(random, symbols, depth));
  return terms.reduce((all, one) => `${all} ${random.often(operators)} ${one}`);
}

function term(random, symbols, depth) {
  if (depth === 0) return script(random, symbols);
  const inner = () => term(random, symbols, depth - 1);
  return random.weighted([
    [8, () => script(random, symbols)],
    [5, () => `\\frac{${inner()}}{${inner()}}`],
    [
      4,
      () => `\\sum_{${random.pick(['i', 'j', 'k', 't'])}=1}^${random.pick(['n', 'N', 'T', 'm'])} ${inner()}`,
    ],
    [
      2,
      () => `\\int_{${random.pick(['0', '-\\infty', 'a'])}}^{\\infty} ${inner()} \\, d${random.pick(latin)}`,
    ],
    [3, () => `${random.often(functions)}\\left( ${inner()} \\right)`],
    [2, () => `\\sqrt{${inner()}}`],
    [2, () => `\\mathbb{E}_{${symbol(random, symbols)} \\sim p}\\left[ ${inner()} \\right]`],
    [2, () => `\\nabla_{${symbol(random, symbols)}} \\mathcal{L}(${script(random, symbols)})`],
    [1, () => `\\prod_{i=1}^{n} ${inner()}`],
    [1, () => `\\binom{${symbol(random, symbols)}}{${symbol(random, symbols)}}`],
    [1, () => `\\left\\| ${inner()} \\right\\|_2^2`],
    [1, () => `\\lim_{n \\to \\infty} ${inner()}`],
    [1, () => `\\overline{${inner()}}`],
  ])();
}

function rows(random, symbols, environment) {
  const first = `${script(random, symbols)} &= ${sum(random, symbols, 1)}`;
  const rest = Array.from({ length: random.between(1, 3) }, () => `&= ${sum(random, symbols, 1)}`);
  return `\\begin{${environment}}\n${[first, ...rest].join(' \\\\\n')}\n\\end{${environment}}`;
}

function cases(random, symbols) {
  const lines = Array.from(
    { length: random.between(2, 3) },
    () => `${sum(random, symbols, 1)} & \\text{${random.pick(words)} } ${equation(random, symbols, 0)}`,
  );
  return `f(${symbol(random, symbols)}) = \\begin{cases}\n${lines.join(' \\\\\n')}\n\\end{cases}`;
}

function matrix(random, symbols) {
  const size = random.between(2, 3);
  const row = () => Array.from({ length: size }, () => script(random, symbols)).join(' & ');
  const kind = random.pick(['pmatrix', 'bmatrix', 'vmatrix']);
  const lines = Array.from({ length: size }, row);
  return `${symbol(random, symbols)} = \\begin{${kind}}\n${lines.join(' \\\\\n')}\n\\end{${kind}} ${script(random, symbols)}`;
}
