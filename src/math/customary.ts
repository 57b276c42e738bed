// Macros that authors bring along from their preambles and packages, and that KaTeX lacks: how each is defined. They
// are only told to authors, who may mean something else by a name.

/** Set upright, by their own names. */
const operators = `
  tr Tr diag sgn sign rank rk Var Cov Corr Cor supp softmax softplus logsumexp sigmoid logit relu ReLU erf erfc vol dom
  span conv prox proj dist epi ord lcm Hom End Aut Gal Ker Img im coker Spec Tor Ext adj id card nnz grad curl rot Res
  sech csch arccot arsinh arcosh artanh sinc Unif Bern Pois MSE
`;

/** The same, with what is written under them in displays. */
const operatorsWithLimits = 'argsup arginf esssup essinf';

const bodies: Readonly<Record<string, string>> = {
  '1': '\\mathbf{1}',
  ind: '\\mathbf{1}',
  one: '\\mathbf{1}',
  Prob: '\\mathbb{P}',
  KL: 'D_{\\mathrm{KL}}',
  DKL: 'D_{\\mathrm{KL}}',
  iid: '\\text{i.i.d.}',
  st: '\\text{s.t.}',
  given: '\\mid',
  indep: '\\perp\\!\\!\\!\\perp',
  T: '^{\\mathsf{T}}',
  transpose: '^{\\mathsf{T}}',
  inv: '^{-1}',
  eps: '\\varepsilon',
  half: '\\frac{1}{2}',
  defeq: '\\coloneqq',
  bigO: '\\mathcal{O}',
  abs: '\\lvert #1 \\rvert',
  norm: '\\lVert #1 \\rVert',
  ceil: '\\lceil #1 \\rceil',
  floor: '\\lfloor #1 \\rfloor',
  inner: '\\langle #1, #2 \\rangle',
  ip: '\\langle #1, #2 \\rangle',
  dd: '\\mathrm{d}',
  dv: '\\frac{\\mathrm{d} #1}{\\mathrm{d} #2}',
  pdv: '\\frac{\\partial #1}{\\partial #2}',
  ev: '\\langle #1 \\rangle',
  expval: '\\langle #1 \\rangle',
  mel: '\\langle #1 | #2 | #3 \\rangle',
  ketbra: '| #1 \\rangle \\langle #2 |',
  comm: '[#1, #2]',
  qty: '\\left( #1 \\right)',
  va: '\\vec{\\mathbf{#1}}',
  vb: '\\mathbf{#1}',
  vu: '\\hat{\\mathbf{#1}}',
  vect: '\\mathbf{#1}',
  mat: '\\mathbf{#1}',
  mb: '\\mathbf{#1}',
  bb: '\\mathbb{#1}',
  mbb: '\\mathbb{#1}',
  mc: '\\mathcal{#1}',
  mf: '\\mathfrak{#1}',
  bs: '\\boldsymbol{#1}',
};

const greek =
  'alpha|beta|gamma|delta|epsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi|omega';

/** Names that say a letter and how it is set: `\RR`, `\bbR`, `\vx`, `\mA`, `\cD`. `\be` begins an equation. */
const lettered: readonly (readonly [name: RegExp, body: string])[] = [
  [/^([CEFKQ])$/, '\\mathbb{$1}'],
  [/^([A-Z])\1$/, '\\mathbb{$1}'],
  [/^bb([A-Z])$/, '\\mathbb{$1}'],
  [/^(?:c|cal|mc)([A-Z])$/, '\\mathcal{$1}'],
  [/^[vb]([a-z])$/, '\\mathbf{$1}'],
  [/^[bm]([A-Z])$/, '\\mathbf{$1}'],
  [new RegExp(`^[vb](${greek})$`), '\\boldsymbol{\\$1}'],
];

const names = (list: string) => list.trim().split(/\s+/);

const customary: ReadonlyMap<string, string> = new Map([
  ...names(operators).map((name) => [name, `\\operatorname{${name}}`] as const),
  ...names(operatorsWithLimits).map((name) => [name, `\\operatorname*{${name}}`] as const),
  ...Object.entries(bodies),
]);

/** The commands of the table, with their backslash; there are others, which say a letter. */
export const customaryCommands: readonly string[] = [...customary.keys()].map((name) => `\\${name}`);

/** How a command that KaTeX lacks is customarily defined, as a line of `math.macros` in `site.yaml`. */
export function customaryDefinition(command: string): string | undefined {
  const name = command.slice(1);
  const body = customary.get(name) ?? letterBody(name);
  // Behind a blank, YAML takes `#` for a comment.
  return body && `${name}: ${/#|^\[/.test(body) ? `'${body}'` : body}`;
}

function letterBody(name: string): string | undefined {
  if (name === 'be' || name === 'ba') return undefined;
  const found = lettered.find(([pattern]) => pattern.test(name));
  return found && name.replace(...found);
}
