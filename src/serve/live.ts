// How a page in the browser keeps up with its sources: a script that only this server puts into pages, and the state
// that it is told of. A page is loaded anew only when it, or a picture or script in it, is no longer the same; so is the
// search page when its index is.
import { createHash } from 'node:crypto';
import { escapeHtml } from '../escape.js';
import { decodePath, notFoundPage, type Routes, type ServedFile } from './routes.js';

/** Addresses that are no part of the site. */
export const liveAddress = { script: '/_postulate/live.js', events: '/_postulate/events' } as const;

export interface PageState {
  /** Changes when the page has to be loaded anew. */
  readonly page: string;
  /** Addresses of its style sheets, which change with their content. */
  readonly styles: readonly string[];
}

/** What the browser is told after each build. */
export interface LiveState extends PageState {
  /** What keeps the site from being built, as texts. */
  readonly errors: readonly string[];
}

/** The state of the page that is shown at a site path. */
export function stateAt(path: string, routes: Routes | undefined): PageState {
  const file = routes && (routes.files.get(path) ?? notFoundPage(routes, path));
  return file && routes ? stateOf(file, routes) : { page: '', styles: [] };
}

function stateOf({ content }: ServedFile, { files }: Routes): PageState {
  const html = content.toString('utf8');
  const fileAt = (address: string): ServedFile | undefined => files.get(pathOf(address));
  const sheets = (html.match(/<link\b[^<>]*>/g) ?? []).filter((link) => link.includes('rel="stylesheet"'));
  const styles = sheets.flatMap((sheet): string[] => {
    const [address] = attributes(sheet);
    if (address === undefined) return [];
    const parts = sheetWithImports(pathOf(address), files);
    // A sheet that is not there keeps its place in the list: the page refers to it all the same.
    return [parts.length > 0 ? `${address}?${hash(parts)}` : address];
  });
  // The names of style sheets hold hashes, too: without them the page is the same when only colours changed.
  const rest = sheets.reduce((text, sheet) => text.replace(sheet, ''), html);
  const shown = [
    ...attributes(rest)
      .flatMap((address) => fileAt(address) ?? [])
      .filter(isShown),
    ...searchIndexes(html).flatMap((address) => fileAt(address) ?? []),
  ];
  return { page: hash([rest, `${styles.length}`, ...shown.map((file) => file.content)]), styles };
}

/** The site path that an address leads to. */
function pathOf(address: string): string {
  return decodePath(address.split('?')[0] ?? '') ?? '';
}

/** The content of a style sheet and of all that it imports, each once; nothing when it is not there. */
function sheetWithImports(path: string, files: Routes['files'], seen = new Set<string>()): Buffer[] {
  const file = files.get(path);
  if (!file || seen.has(path)) return [];
  seen.add(path);
  const imports = file.content.toString('utf8').matchAll(/@import\s+(?:url\(\s*)?["']?([^"'()\s;]+)/gi);
  const paths = [...imports].map(([, address = '']) => pathFrom(path, address));
  return [file.content, ...paths.flatMap((one) => sheetWithImports(one, files, seen))];
}

/** The site path that an address in the file at `path` leads to; empty when it leads to another site. */
function pathFrom(path: string, address: string): string {
  const base = `http://site${path.split('/').map(encodeURIComponent).join('/')}`;
  const { host, pathname } = URL.canParse(address, base)
    ? new URL(address, base)
    : { host: '', pathname: '' };
  return host === 'site' ? pathOf(pathname) : '';
}

/** Everything that a page refers to; of `srcset`, each of its addresses. */
function attributes(html: string): string[] {
  const values = [...html.matchAll(/\s(?:href|src|srcset|poster)="([^"]*)"/g)];
  return values
    .flatMap(([, value = '']) => value.split(/[\s,]+/))
    .filter((address) => address.startsWith('/'));
}

/** Of the index that a search page loads by script, the list of its parts, which changes with any of them. */
function searchIndexes(html: string): string[] {
  return [...html.matchAll(/\sdata-index="([^"]*)"/g)].map(
    ([, folder = '']) => `${folder}pagefind-entry.json`,
  );
}

/** Whether a file is seen or run within the page; feeds and other pages are only linked to. */
function isShown({ type }: ServedFile): boolean {
  return /^(?:image|audio|video)\/|javascript/.test(type);
}

function hash(parts: readonly (string | Buffer)[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('hex').slice(0, 12);
}

/** The file with the script at its end, if it is a page. */
export function withLiveScript(file: ServedFile, routes: Routes | undefined): ServedFile {
  if (!file.type.startsWith('text/html')) return file;
  const state = escapeHtml(JSON.stringify(routes ? stateOf(file, routes) : { page: '', styles: [] }));
  const script = `<script src="${liveAddress.script}" data-state="${state}"></script>\n`;
  const html = file.content.toString('utf8');
  const end = html.lastIndexOf('</body>');
  const content = end < 0 ? html + script : html.slice(0, end) + script + html.slice(end);
  return { ...file, content: Buffer.from(content) };
}

/**
 * The script, for the browsers of today. What is wrong is shown as text and never as HTML: it quotes posts. A window
 * that nobody looks at lets go of its connection, since browsers have only six for all of them.
 */
export const liveScript = `(() => {
  const shown = JSON.parse(document.currentScript.dataset.state);
  let source, panel, told;

  // The style sheet may make scrolling smooth, which here would be a journey from the top.
  const top = history.state?.postulateTop;
  if (top !== undefined) scrollTo({ top, behavior: 'instant' });

  function load() {
    history.replaceState({ ...history.state, postulateTop: scrollY }, '');
    location.reload();
  }

  // The elements of each style sheet: the one that is in force, and newer ones that are being loaded.
  const pathOf = (address) => address.split('?')[0];
  const links = [...document.querySelectorAll('link[rel=stylesheet]')];
  const sheets = shown.styles.map((style) =>
    links.filter((link) => pathOf(link.getAttribute('href')) === pathOf(style)).slice(0, 1));

  function restyle(sheet, address) {
    const newest = sheet.at(-1);
    if (!newest) return;
    const link = newest.cloneNode();
    link.href = address;
    link.onload = link.onerror = () => sheet.splice(0, sheet.indexOf(link)).forEach((old) => old.remove());
    newest.after(link);
    sheet.push(link);
  }

  function complain(errors) {
    const text = errors.join('\\n\\n');
    if (text === told) return;
    told = text;
    panel?.remove();
    if (text === '') return;
    panel = document.createElement('div');
    const root = panel.attachShadow({ mode: 'open' });
    root.innerHTML = \`<style>
      section { position: fixed; inset: auto 0 0 0; max-height: 60vh; overflow: auto; z-index: 2147483647;
        box-sizing: border-box; padding: 1rem 1.5rem; border-top: 4px solid #d2503f; background: #1d1b19;
        color: #f4f1ea; font: 14px/1.5 system-ui, sans-serif; text-align: left; box-shadow: 0 -8px 32px #0008 }
      h2 { margin: 0 0 .75rem; font-size: 1.1em }
      pre { margin: 0; font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
      button { float: right; padding: .3rem .8rem; border: 1px solid #8a857c; border-radius: 4px;
        background: none; color: inherit; font: inherit; cursor: pointer }
    </style><section role="alert"><button type="button">Hide (Esc)</button><h2></h2><pre></pre></section>\`;
    root.querySelector('h2').textContent = 'The site cannot be built' + (shown.page && '; this is its last good page');
    root.querySelector('pre').textContent = text;
    root.querySelector('button').onclick = () => panel.remove();
    document.body.append(panel);
  }
  addEventListener('keydown', ({ key }) => key === 'Escape' && panel?.remove());

  function connect() {
    source?.close();
    if (document.hidden) return;
    source = new EventSource('${liveAddress.events}?path=' + encodeURIComponent(location.pathname));
    source.onmessage = ({ data }) => {
      const state = JSON.parse(data);
      if (state.page !== shown.page) return load();
      complain(state.errors);
      const before = shown.styles;
      shown.styles = state.styles;
      state.styles.forEach((style, index) => style === before[index] || restyle(sheets[index], style));
    };
  }
  document.addEventListener('visibilitychange', connect);
  connect();
})();
`;
