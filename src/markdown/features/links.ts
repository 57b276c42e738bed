// Links. Those into the site stay open until the join, which knows every address; those out of it are checked
// for schemes that could run code.

import type { Root } from 'hast';
import { visit } from 'unist-util-visit';
import type { Context, Feature } from '../feature.js';
import { linkSchemes } from '../sanitize.js';

export const links: Feature = {
  name: 'links',
  finish: (tree, context) =>
    visit(tree, 'element', (element) => {
      const { href, src, poster } = element.properties;
      if (typeof href === 'string') {
        if (
          element.properties.dataFootnoteRef !== undefined ||
          element.properties.dataFootnoteBackref !== undefined
        )
          return;
        element.properties.href = address(href, element, context);
      }
      if (element.tagName === 'img' || element.tagName === 'iframe') return;
      if (typeof src === 'string') element.properties.src = address(src, element, context);
      if (typeof poster === 'string') element.properties.poster = address(poster, element, context);
    }),
};

function address(target: string, node: Root['children'][number], context: Context): string | undefined {
  // Browsers ignore control characters and spaces in front of and inside a scheme.
  const scheme = /^([a-z][a-z0-9+.-]*):/i
    .exec(target.replace(/[\u0000-\u0020\u007f-\u009f]/g, ''))?.[1]
    ?.toLowerCase();
  if (scheme !== undefined) {
    if (linkSchemes.includes(scheme)) return target.replace(/^[^:]*:/, `${scheme}:`);
    if (context.options.markdown.rawHtml === 'trusted') return target;
    context.report(
      'warning',
      'link/scheme',
      `a link to ${scheme}: is left out`,
      context.place(node),
      `these schemes may be linked: ${linkSchemes.join(', ')}`,
    );
    return undefined;
  }
  if (target.startsWith('//')) return target;
  return context.reserve({ type: 'link', target, place: context.place(node) });
}
