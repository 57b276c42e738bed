// What the server says to a request: only what the site consists of, and only to pages of its own. The server
// listens on this machine alone, but every page in the browser can send requests there, and names of other hosts
// can be made to lead there (DNS rebinding); so who asks is looked at first.
import { liveAddress, liveScript, withLiveScript } from './live.js';
import { decodePath, notFoundPage, type Routes, redirection, type ServedFile } from './routes.js';

/** A request, as far as it matters. A header that is sent twice has two values. */
export interface Asked {
  readonly method: string;
  /** As in the request line. */
  readonly target: string;
  readonly headers: Readonly<Partial<Record<string, readonly string[]>>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: string | Buffer;
  /** Instead of the content: the events of the page at this site path, for as long as it is open. */
  readonly eventsOf?: string;
}

/** What goes with every answer. Nothing is kept, and nothing is of use to another origin. */
const always = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

/** Answers a request to the server at `port`. `routes` are missing as long as the site has not been built. */
export function answer(asked: Asked, port: number, routes: Routes | undefined): Answer {
  const fault = faultOf(asked, port);
  if (fault !== undefined) return fault;
  const [encoded = '', query] = asked.target.split('?', 2);
  const path = decodePath(encoded);
  if (path === undefined) return says(400, 'This address is malformed.');
  if (path === liveAddress.script) return says(200, liveScript, 'text/javascript; charset=utf-8');
  if (path === liveAddress.events) {
    const page = decodePath(new URLSearchParams(query).get('path') ?? '');
    return { ...says(200, '', 'text/event-stream'), eventsOf: page ?? '' };
  }
  if (routes === undefined) return gives(503, withLiveScript(notBuilt, undefined));
  const file = routes.files.get(path);
  if (file !== undefined) return gives(200, withLiveScript(file, routes));
  const target = redirection(routes, path);
  if (target !== undefined) return says(302, '', undefined, { Location: target });
  const page = notFoundPage(routes, path);
  return page === undefined ? says(404, 'Not found.') : gives(404, withLiveScript(page, routes));
}

/** Why a request is refused, in the order in which that is looked at. */
function faultOf({ method, target, headers }: Asked, port: number): Answer | undefined {
  const hosts = ['localhost', '127.0.0.1', '[::1]'].map((name) => (port === 80 ? name : `${name}:${port}`));
  const [host = '', ...otherHosts] = headers.host ?? [];
  if (otherHosts.length > 0) return says(400, 'This request names several hosts.');
  if (!hosts.includes(host.toLowerCase()))
    return says(403, `This server answers to ${hosts.join(', ')} only.`);
  const origins = headers.origin ?? [];
  const sites = headers['sec-fetch-site'] ?? [];
  const isOwn =
    origins.every((origin) => hosts.some((name) => origin === `http://${name}`)) &&
    sites.every((site) => site === 'same-origin' || site === 'none');
  if (!isOwn) return says(403, 'Other sites get nothing here. Open the address in a window of its own.');
  if (method !== 'GET' && method !== 'HEAD') {
    return says(405, 'This server only gives.', undefined, { Allow: 'GET, HEAD', Connection: 'close' });
  }
  return /^\/[^#]*$/.test(target) ? undefined : says(400, 'This address is malformed.');
}

function says(
  status: number,
  content: string,
  type = 'text/plain; charset=utf-8',
  headers: Answer['headers'] = {},
): Answer {
  return { status, headers: { ...always, 'Content-Type': type, ...headers }, content };
}

function gives(status: number, { type, content }: ServedFile): Answer {
  return { status, headers: { ...always, 'Content-Type': type }, content };
}

const notBuilt: ServedFile = {
  type: 'text/html; charset=utf-8',
  content: Buffer.from(
    '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Not built yet</title>' +
      '<body><h1>Not built yet</h1><p>This page changes as soon as the site is built.</p></body></html>\n',
  ),
};
