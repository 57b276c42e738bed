// Links. Those into the site stay open until the join, which knows every address; those out of it are checked
// for schemes that could run code.
import type { Element } from 'hast';
import { linkSchemes, otherHost, schemeOf } from '../../schemes.js';
import type { Context, Feature } from '../feature.js';
import { hasLiquid } from '../foreign-texts.js';
import { visit } from '../walk.js';

export const links: Feature = {
  name: 'links',
  finish: (tree, context) =>
    visit(tree, 'element', (element) => {
      for (const name of ['href', 'src', 'poster']) {
        const target = element.properties[name];
        if (typeof target !== 'string') continue;
        element.properties[name] = address(target, element, context);
        const host = name === 'href' ? undefined : otherHost(target);
        if (host !== undefined) reportOrigin(host, element, context);
      }
    }),
};

function reportOrigin(host: string, element: Element, context: Context): void {
  context.report(
    'warning',
    'html/other-origin',
    `readers' browsers will ask ${host} for this <${element.tagName}>`,
    context.place(element),
    'a link asks nobody until a reader follows it',
  );
}

function address(target: string, node: Element, context: Context): string | undefined {
  const scheme = schemeOf(target);
  if (scheme === undefined) {
    if (target.startsWith('//') || hasLiquid(target)) return target;
    return context.reserve({ type: 'link', target, place: context.place(node) });
  }
  // Sanitising knows schemes in lower case only.
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
