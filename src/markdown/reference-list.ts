// The list of the works that a post cites, behind its notes.
import type { Element, ElementContent } from 'hast';
import { emptyBibliography, labelWorks, sortWorks } from '../bibliography/cite.js';
import { formatReference } from '../bibliography/reference.js';
import type { Inline } from '../bibliography/rich.js';
import { citationWords } from '../bibliography/words.js';
import type { Code } from '../diagnostic.js';
import { element } from './element.js';
import type { Context } from './feature.js';
import { setFormulasIn } from './features/math.js';

/** The id of its heading. Ids of works are `ref:key`; a colon is in no heading's id, so none of them ever meet. */
export const referencesHeading = 'refs:label';

/** The works that a post cites, with links back to where; undefined when it cites none. */
export function referenceSection(context: Context): Element | undefined {
  const { cited, post, options } = context;
  if (cited.length === 0) return undefined;
  const { style, entries } = options.bibliography ?? emptyBibliography;
  const labels = labelWorks(
    cited.map(({ key }) => key),
    entries,
    post.lang,
    citationWords(options.texts),
  );
  const works = [...labels.keys()].map((key) => entries.get(key)).filter((entry) => entry !== undefined);
  const items = (style === 'numeric' ? works : sortWorks(works, post.lang)).map((entry) => {
    for (const { severity, code, message, hint, file = post.path, ...place } of entry.remarks) {
      context.report(severity, code as Code, message, { file, ...place }, hint);
    }
    const label = labels.get(entry.key);
    const content = label ? formatReference(entry, label, style).map((part) => inline(part, context)) : [];
    const properties = {
      id: `ref:${entry.key}`,
      ...(entry.language === 'ko' && post.lang !== 'ko' ? { lang: 'ko' } : {}),
    };
    return element('li', properties, [...content, ...backLinks(entry.key, context)]);
  });
  const list = element(style === 'numeric' ? 'ol' : 'ul', { className: [style] }, items);
  const heading = element('h2', { id: referencesHeading }, [
    { type: 'text', value: options.texts.references ?? 'References' },
  ]);
  const properties = {
    className: ['references'],
    role: 'doc-bibliography',
    ariaLabelledBy: [referencesHeading],
  };
  return element('section', properties, [heading, list]);
}

function inline(part: Inline, context: Context): ElementContent {
  if (typeof part === 'string') return { type: 'text', value: part };
  if (part.type === 'formula') {
    const { column, ...place } = part.place;
    const at = { ...place, ...(column === undefined ? {} : { column: column - 2 }) };
    return { type: 'text', value: setFormulasIn(`\\(${part.tex}\\)`, context, at) };
  }
  const children = part.children.map((child) => inline(child, context));
  return part.type === 'emphasis'
    ? element('cite', {}, children)
    : element('a', { href: part.href }, children);
}

function backLinks(key: string, { cited, options }: Context): ElementContent[] {
  const ids = cited.flatMap((one) => (one.key === key && one.id !== undefined ? [one.id] : []));
  const label = options.texts['reference-back'] ?? 'Back to citation {n}';
  return ids.flatMap((id, index): [ElementContent, Element] => [
    { type: 'text', value: ' ' },
    element(
      'a',
      {
        href: `#${id}`,
        className: ['reference-back'],
        role: 'doc-backlink',
        ariaLabel: label.replace('{n}', String(index + 1)),
      },
      [
        { type: 'text', value: '↩' },
        ...(index === 0 ? [] : [element('sup', {}, [{ type: 'text', value: String(index + 1) }])]),
      ],
    ),
  ]);
}
