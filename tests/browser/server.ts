// A static server on this machine alone: folders as any host of static files serves them, with the site's 404 page.
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

export interface StaticServer {
  /** With the path that the site lives below, without a slash at its end. */
  readonly url: string;
  readonly close: () => void;
}

/** Serves `folder` at a free port, below `basePath` (`/blog`, or nothing). */
export async function serve(folder: string, basePath: string): Promise<StaticServer> {
  const server: Server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = decodeURIComponent(pathname).slice(basePath.length);
    const file = path.endsWith('/') ? `${path}index.html` : path;
    const found = pathname.startsWith(`${basePath}/`) ? await read(folder, file) : undefined;
    const type = types[extname(found ? file : '404.html')] ?? 'application/octet-stream';
    response.writeHead(found ? 200 : 404, { 'content-type': type, 'cache-control': 'max-age=600' });
    response.end(found ?? (await read(folder, '404.html')));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${basePath}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function read(folder: string, path: string): Promise<Buffer | undefined> {
  return readFile(join(folder, path)).catch(() => undefined);
}
