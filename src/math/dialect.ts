// Commands of MathJax, plain TeX and common packages that KaTeX does not know, in terms that it does know.

/** By name, in KaTeX's syntax of macros. */
export const dialectMacros: Readonly<Record<string, string>> = {
  '\\mbox': '\\text{#1}',
  '\\textsc': '\\text{#1}',
  '\\textsl': '\\textit{#1}',
  '\\mathds': '\\mathbb{#1}',
  '\\mathbbm': '\\mathbb{#1}',
  '\\ensuremath': '{#1}',
  '\\matrix': '\\begin{matrix}#1\\end{matrix}',
  '\\pmatrix': '\\begin{pmatrix}#1\\end{pmatrix}',
  '\\cases': '\\begin{cases}#1\\end{cases}',
  '\\eqalign': '\\begin{aligned}#1\\end{aligned}',
  '\\displaylines': '\\begin{gathered}#1\\end{gathered}',
  '\\shoveleft': '{#1}',
  '\\shoveright': '{#1}',
  '\\sideset': '\\mathop{{\\vphantom{#3}}#1{#3}#2}\\limits',
  '\\idotsint': '\\int\\cdots\\int',
  '\\hdots': '\\ldots',
  '\\strut': '\\vphantom{(}',
  '\\null': '{}',
  '\\hfill': '\\quad',
  '\\Rule': '\\rule[-#3]{#1}{#2}',
  '\\class': '\\@secondoftwo',
  '\\cssId': '\\@secondoftwo',
  '\\style': '\\@secondoftwo',
  '\\Tiny': '\\tiny',
  '\\xspace': '',
  '\\par': '',
  '\\noindent': '',
  '\\displaybreak': '',
  '\\/': '',
};

/** The body of a macro, whose other half may lie in another macro: only the names of environments are changed. */
export function dialectBody(body: string): string {
  return body.replace(/\\(begin|end)\{(eqnarray|flalign)(\*?)\}/g, '\\$1{align$3}');
}
