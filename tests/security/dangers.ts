// Finds in HTML what could run something, as a browser would read it: on the tree that parse5 makes.
import type { Element, Root } from 'hast';
import { raw } from 'hast-util-raw';
import { visit } from 'unist-util-visit';

/** Those that run something, and those whose content browsers and parsers read differently. */
const elements = new Set(
  'base button embed form frame frameset iframe link meta noembed noframes noscript object plaintext portal script select style template textarea title xmp'.split(
    ' ',
  ),
);
const addresses = new Set(
  'action background cite codebase data formAction href longDesc manifest ping poster src srcSet xLinkHref'.split(
    ' ',
  ),
);

/** `img onerror`, `a href=javascript:…`: nothing for harmless HTML. */
export function dangers(html: string, allowed: (element: Element) => boolean = () => false): string[] {
  const found: string[] = [];
  visit(parse(html), 'element', (element) => {
    if (allowed(element)) return;
    const { tagName, properties } = element;
    if (elements.has(tagName)) found.push(tagName);
    for (const [name, value] of Object.entries(properties)) {
      if (/^on/i.test(name) || name === 'srcDoc') found.push(`${tagName} ${name}`);
      if (addresses.has(name) && isActive(String(value))) found.push(`${tagName} ${name}=${value}`);
    }
  });
  return found;
}

export function parse(html: string): Root {
  return raw({ type: 'root', children: [{ type: 'raw', value: html }] }) as Root;
}

/** As the URL standard reads a scheme. */
function isActive(address: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers ignore them
  const read = address.replace(/^[\u0000-\u0020]+|[\t\n\r]/g, '').toLowerCase();
  return (
    /^(?:javascript|vbscript|file|blob|view-source|feed):/.test(read) || /^data:(?!image\/(?!svg))/.test(read)
  );
}
