// Raw HTML of the author: parsed together with the Markdown around it, so that both nest, then held to the
// allowlist. With `rawHtml: none` it is shown as text. Whatever is left out is said, at its place.
import type { Element, Root as HastRoot } from 'hast';
import { raw } from 'hast-util-raw';
import type { Html } from 'mdast';
import type { State } from 'mdast-util-to-hast';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import type { Context, Feature } from '../feature.js';
import { schema } from '../sanitize.js';

const comment = /^<!--([\s\S]*?)-->\s*$/;

export const rawHtml: Feature = {
  name: 'raw HTML',
  handlers: ({ options }) => ({
    html(state: State, node: Html) {
      const hidden = comment.exec(node.value);
      if (hidden && !hidden[1]?.includes('-->')) return { type: 'comment', value: hidden[1] ?? '' };
      const type = options.markdown.rawHtml === 'none' ? 'text' : 'raw';
      const result = { type, value: node.value } as const;
      state.patch(node, result);
      return result;
    },
  }),
};

/** Parses the `raw` nodes of a tree, and reports what its sanitising will leave out. */
export function parseRawHtml(tree: HastRoot, context: Context): HastRoot {
  let found = false;
  visit(tree, 'raw', () => {
    found = true;
    return false;
  });
  if (!found) return tree;
  const parsed = raw(tree, { file: new VFile(context.body) }) as HastRoot;
  if (context.options.markdown.rawHtml === 'safe') reportRemoved(parsed, context);
  return parsed;
}

function reportRemoved(tree: HastRoot, context: Context): void {
  const allowed = schema(false);
  const names = new Set(allowed.tagNames);
  visit(tree, 'element', (element) => {
    if (element.tagName === 'iframe') return checkEmbed(element, context);
    if (!names.has(element.tagName)) {
      context.report(
        'warning',
        'html/element',
        `<${element.tagName}> is not allowed in a post and is left out`,
        context.place(element),
        hint,
      );
      return;
    }
    const everywhere = allowed.attributes?.['*'] ?? [];
    const own = allowed.attributes?.[element.tagName] ?? [];
    for (const property of Object.keys(element.properties)) {
      if ([...everywhere, ...own].some((rule) => (Array.isArray(rule) ? rule[0] : rule) === property))
        continue;
      // They change no words, and pasted HTML is full of them.
      if (property === 'style' || property.startsWith('data')) continue;
      context.report(
        'warning',
        'html/attribute',
        `the attribute ${property.toLowerCase()} of <${element.tagName}> is left out`,
        context.place(element),
        hint,
      );
    }
  });
}

const hint =
  'docs/writing.md lists what may stand in a post; markdown.rawHtml: trusted in site.yaml allows everything';

/** An iframe shows another site's page: only hosts that the owner names may. Others become a link. */
function checkEmbed(element: Element, context: Context): void {
  const source = String(element.properties.src ?? '');
  const host = URL.canParse(source, 'https://relative.invalid/')
    ? new URL(source, 'https://relative.invalid/').host
    : '';
  const { embeds } = context.options.markdown;
  if (/^(https?:)?\/\//i.test(source) && embeds.includes(host)) {
    element.properties = { loading: 'lazy', title: host, ...element.properties };
    context.report(
      'warning',
      'html/other-origin',
      `readers' browsers will ask ${host} for this frame`,
      context.place(element),
    );
    return;
  }
  context.report(
    'warning',
    'html/embed',
    `the frame from ${host || 'this site'} became a link`,
    context.place(element),
    `name the host under markdown.embeds in site.yaml to embed it`,
  );
  element.tagName = 'a';
  element.children = [{ type: 'text', value: String(element.properties.title ?? source) }];
  element.properties = { href: source };
}
