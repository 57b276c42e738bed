// The server: listens on this machine only, answers as `answer.ts` says, and keeps the lines to open pages.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { systemCode } from '../environment.js';
import { type Answer, answer } from './answer.js';
import type { LiveState } from './live.js';
import type { Routes } from './routes.js';

export interface RunningServer {
  readonly port: number;
  /** Tells every open page of its state. */
  readonly tell: () => void;
  readonly close: () => Promise<void>;
}

export interface Served {
  readonly routes: () => Routes | undefined;
  readonly stateOf: (path: string) => LiveState;
}

/** Ports that are tried, one after another, when the first is taken. */
const tries = 100;

/**
 * Starts the server at the first free port from `first` on; at any free one for 0. Undefined when there is none.
 * Throws what else the system has against it, such as a port that needs rights.
 */
export async function startServer(first: number, served: Served): Promise<RunningServer | undefined> {
  const pages = new Map<ServerResponse, string>();
  let port = first;
  const server = createServer((request, response) => {
    const given = answer(
      { method: request.method ?? '', target: request.url ?? '', headers: request.headersDistinct },
      port,
      served.routes(),
    );
    send(request, response, given);
    if (given.eventsOf === undefined || request.method !== 'GET') return;
    pages.set(response, given.eventsOf);
    response.on('close', () => pages.delete(response));
    response.write(event(served.stateOf(given.eventsOf)));
  });

  for (let tried = 0; tried < tries && port <= 65_535; tried += 1, port += 1) {
    if (!(await listen(server, port))) continue;
    const address = server.address();
    if (address !== null && typeof address === 'object') port = address.port;
    return {
      port,
      tell: () => {
        for (const [response, path] of pages) response.write(event(served.stateOf(path)));
      },
      close: () =>
        new Promise((done) => {
          server.close(() => done());
          server.closeAllConnections();
        }),
    };
  }
  return undefined;
}

/** Whether the port was free. */
function listen(server: Server, port: number): Promise<boolean> {
  return new Promise((done, refuse) => {
    const fail = (error: Error) => (systemCode(error) === 'EADDRINUSE' ? done(false) : refuse(error));
    server.once('error', fail);
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.off('error', fail);
      done(true);
    });
  });
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, content, eventsOf }: Answer,
): void {
  const isStream = eventsOf !== undefined;
  response.writeHead(
    status,
    isStream ? headers : { ...headers, 'Content-Length': Buffer.byteLength(content) },
  );
  if (request.method === 'HEAD') response.end();
  else if (isStream) response.flushHeaders();
  else response.end(content);
}

function event(state: LiveState): string {
  return `retry: 500\ndata: ${JSON.stringify(state)}\n\n`;
}
