// Fenced code, highlighted at build time: ```` ```python title="ucb.py" {3,5-7} ````.
import type { Element } from 'hast';
import type { Code } from 'mdast';
import { escapeHtml } from '../../escape.js';
import { element } from '../element.js';
import type { Context, Feature } from '../feature.js';

export const code: Feature = {
  name: 'code',
  handlers: (context) => ({ code: (_, node: Code) => codeBlock(node, context) }),
};

function codeBlock(node: Code, context: Context): Element {
  const language = (node.lang ?? '').replace(/^\{?\.?|[{}].*$/g, '').toLowerCase();
  const meta = `${/\{.*/.exec(node.lang ?? '')?.[0] ?? ''} ${node.meta ?? ''}`;
  const title =
    /(?:^|[\s{,])(?:title|filename|file|name|caption)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s}]+))/.exec(meta);
  const marked = markedLines(meta);
  const lines =
    (language && context.options.highlight?.(node.value, language)) || node.value.split('\n').map(escapeHtml);
  const html = lines
    .map((line, index) => (marked.has(index + 1) ? `<span class="line marked">${line}</span>` : line))
    .join('\n');
  const name = title?.[1] ?? title?.[2] ?? title?.[3];
  const pre = element('pre', { tabIndex: 0 }, [
    element('code', language ? { className: [`language-${language}`] } : {}, [
      { type: 'text', value: context.reserve(html) },
    ]),
  ]);
  return name
    ? element('figure', { className: ['code'] }, [
        element('figcaption', {}, [{ type: 'text', value: name }]),
        pre,
      ])
    : element('div', { className: ['code'] }, [pre]);
}

/** Line numbers of `{1,3-5}` or Hugo's `hl_lines=[1,"3-5"]`. */
function markedLines(meta: string): ReadonlySet<number> {
  const list = /\bhl_lines\s*=\s*\[([^\]]*)\]/.exec(meta)?.[1] ?? /\{([\d\s,-]+)\}/.exec(meta)?.[1] ?? '';
  const lines = new Set<number>();
  for (const [, from, to] of list.matchAll(/(\d{1,5})(?:\s*-\s*(\d{1,5}))?/g)) {
    for (let line = Number(from); line <= Number(to ?? from); line++) lines.add(line);
  }
  return lines;
}
