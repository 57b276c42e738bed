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
  const { language, meta } = readInfo(`${node.lang ?? ''} ${node.meta ?? ''}`);
  const highlighted = language ? context.options.highlight?.(node.value, language) : undefined;
  const lines = highlighted ?? node.value.split('\n').map(escapeHtml);
  const marked = markedLines(meta, lines.length);
  const html = lines
    .map((line, index) => (marked.has(index + 1) ? `<span class="line marked">${line}</span>` : line))
    .join('\n');
  const pre = element('pre', { tabIndex: 0 }, [
    element('code', language ? { className: [`language-${language}`] } : {}, [
      { type: 'text', value: context.reserve(html) },
    ]),
  ]);
  const name = fileName(meta);
  return name
    ? element('figure', { className: ['code'] }, [
        element('figcaption', {}, [{ type: 'text', value: name }]),
        pre,
      ])
    : element('div', { className: ['code'] }, [pre]);
}

/** The language of `python {1}`, `python{1}`, `{.python #id}`, and with a file name `python:ucb.py`. */
function readInfo(info: string): { readonly language: string; readonly meta: string } {
  const [written = '', word = ''] = /^\{?\.?([^\s{},]*)/.exec(info) ?? [];
  const [language = '', name] = word.split(/:(.*)/s);
  if (/=|^\d+(?:-\d+)?$/.test(language)) return { language: '', meta: info };
  const title = name === undefined || name.includes('=') ? (name ?? '') : `title=${name}`;
  return { language: language.toLowerCase(), meta: `${title} ${info.slice(written.length)}` };
}

function fileName(meta: string): string | undefined {
  const match =
    /(?:^|[\s{,])(?:title|filename|file|name|caption)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s},]+))/.exec(meta);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

/** Line numbers of `{1,3-5}`, or of Hugo's `hl_lines=[1,"3-5"]` and `hl_lines="1 3-5"`. */
function markedLines(meta: string, count: number): ReadonlySet<number> {
  const list =
    /\bhl_lines\s*=\s*(?:\[([^\]]*)\]|"([^"]*)"|'([^']*)')/.exec(meta)?.slice(1).join('') ||
    /\{([\d\s,-]+)\}/.exec(meta)?.[1] ||
    '';
  const lines = new Set<number>();
  for (const [, from, to] of list.matchAll(/(\d{1,9})(?:\s*-\s*(\d{1,9}))?/g)) {
    for (let line = Number(from); line <= Math.min(count, Number(to ?? from)); line++) lines.add(line);
  }
  return lines;
}
