// Requests as no browser makes them, byte for byte over a socket, to a served site with secrets all around it.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Serving, serve } from '../../src/serve/serve.js';
import { addFiles } from '../output/tree.js';
import { make, post } from './site.js';

const secret = 'canary-7f3a';

const files = {
  'posts/hello.md': post('Hello', 'A good page.'),
  'posts/한글.md': post('한글'),
  'static/robots.json': '{}',
  // None of these is part of the site.
  '.env': secret,
  '.git/config': secret,
  'package.json': secret,
  'posts/_secret.md': post('Secret', secret),
  'posts/hello.md~': secret,
  'posts/unused.txt': secret,
  'public/old.html': secret,
  'public-secret/index.html': secret,
  'site.yaml': `title: Blog # ${secret}\n`,
  'templates/notes.txt': secret,
};

let parent: string;
let serving: Serving;
let port: number;

beforeAll(async () => {
  parent = mkdtempSync(join(realpathSync(tmpdir()), 'postulate-test-'));
  addFiles(parent, { 'outside.txt': secret, 'site-2/index.html': secret });
  const root = join(parent, 'site');
  addFiles(root, files);
  let built = () => {};
  const first = new Promise<void>((done) => {
    built = done;
  });
  const started = await serve({
    ...{ root, port: 0, make: () => make(root) },
    ...{ onStart: () => {}, onBuild: built, onWarning: () => {} },
  });
  if ('severity' in started) throw new Error(started.message);
  serving = started;
  port = Number(new URL(serving.url).port);
  await first;
});

afterAll(async () => {
  await serving.close();
  await serving.done;
  rmSync(parent, { recursive: true });
});

/** Sends bytes and gives all that comes back until the server hangs up. */
function send(bytes: string): Promise<string> {
  return new Promise((done) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1');
    const finish = () => {
      socket.destroy();
      done(answer);
    };
    socket.setEncoding('latin1');
    socket.setTimeout(5000, finish);
    socket.on('data', (text) => {
      answer += text;
      // The line for events stays open.
      if (/\ndata: .*\n/.test(answer)) finish();
    });
    socket.on('error', finish);
    socket.on('close', finish);
    socket.write(bytes, 'latin1');
  });
}

const request = (target: string, { method = 'GET', headers = [] as readonly string[], body = '' } = {}) =>
  [`${method} ${target} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: close', ...headers, '', body].join(
    '\r\n',
  );

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);

const utf8 = (text: string) => Buffer.from(text).toString('latin1');

/** What is asked for, and the status: 0 where the server just hangs up. */
const targets: readonly (readonly [string, number])[] = [
  // Out of the site.
  ['/../outside.txt', 404],
  ['/../../etc/passwd', 404],
  ['/posts/../../outside.txt', 404],
  ['/./index.html', 404],
  ['/posts/./hello/', 404],
  ['/posts/../posts/hello/', 404],
  ['/%2e%2e/outside.txt', 404],
  ['/%2E%2E/%2E%2E/etc/passwd', 404],
  ['/%2e%2e%2foutside.txt', 400],
  ['/..%2foutside.txt', 400],
  ['/..%5coutside.txt', 404],
  ['/..\\outside.txt', 404],
  ['/%252e%252e%252foutside.txt', 404],
  ['/%c0%ae%c0%ae/outside.txt', 400],
  ['/%u002e%u002e/outside.txt', 400],
  ['/....//outside.txt', 404],
  ['/..;/outside.txt', 404],
  ['//outside.txt', 404],
  ['///etc/passwd', 404],
  ['//etc/passwd', 404],
  ['/C:/Windows/win.ini', 404],
  ['/C:%5CWindows%5Cwin.ini', 404],
  ['/file:///etc/passwd', 404],
  ['/@fs/etc/passwd', 404],
  ['/@fs/etc/passwd?import&raw', 404],
  ['/proc/self/environ', 404],
  // In the root, but no part of the site.
  ['/.env', 404],
  ['/.env?raw', 404],
  ['/%2eenv', 404],
  ['/.git/config', 404],
  ['/package.json', 404],
  ['/site.yaml', 404],
  ['/node_modules/', 404],
  ['/posts/hello.md', 404],
  ['/posts/hello.md~', 404],
  ['/posts/_secret.md', 404],
  ['/posts/_secret/', 404],
  ['/posts/unused.txt', 404],
  ['/static/robots.json', 404],
  ['/templates/notes.txt', 404],
  ['/notes.txt', 404],
  ['/public/old.html', 404],
  ['/old.html', 404],
  ['/public-secret/', 404],
  ['/public-secret/index.html', 404],
  ['/.postulate.json', 404],
  ['/.postulate/', 404],
  ['/assets/', 404],
  ['/INDEX.HTML', 404],
  ['/index.html.', 404],
  ['/index.html::$DATA', 404],
  ['/INDEX~1.HTM', 404],
  ['/index.html%00.png', 400],
  ['/index.html%20', 404],
  ['/index.html/', 404],
  ['/posts/hello//', 404],
  ['/posts//hello/', 404],
  ['/__proto__', 404],
  ['/constructor', 404],
  ['/toString', 404],
  ['/hasOwnProperty/', 404],
  // Malformed.
  ['/%', 400],
  ['/%zz', 400],
  ['/%e', 400],
  ['/%ff', 400],
  ['/%ed%a0%80', 400],
  ['/%00', 400],
  ['/%0d%0aSet-Cookie:%20a=b', 400],
  ['/%0aLocation:%20http://evil.example', 400],
  ['/%7f', 400],
  ['/%c2%85', 400],
  ['/#', 400],
  ['/index.html#x', 400],
  ['/?x#y', 400],
  ['*', 400],
  ['index.html', 400],
  ['?', 400],
  ['http://127.0.0.1/', 400],
  ['http://evil.example/', 400],
  ['https://127.0.0.1:4000/index.html', 400],
  ['evil.example:443', 400],
  ['/\t', 400],
  ['/a b', 400],
  [`/${'a'.repeat(20_000)}`, 431],
  [`/${'a/'.repeat(500_000)}`, 431],
  [`/${'%2e'.repeat(3000)}`, 404],
  [`/?${'a=b&'.repeat(3000)}`, 200],
  // Bytes that are no ASCII: UTF-8 without its percent signs, and what is no UTF-8.
  [utf8('/posts/한글/'), 400],
  ['/\xff\xfe', 400],
  // The server's own addresses.
  ['/_postulate', 404],
  ['/_postulate/', 404],
  ['/_postulate/../.env', 404],
  ['/_postulate/live.js/../../.env', 404],
  ['/_postulate/events?path=/../../etc/passwd', 200],
  ['/_postulate/events?path=%2fposts%2f_secret.md', 200],
  ['/_postulate/events?path=%', 200],
  ['/_postulate/events?path=%25', 200],
  ['/_postulate/events?path=__proto__', 200],
  ['/_postulate/events?path=/&path=/x', 200],
  ['/_postulate/events?', 200],
  ['/_postulate/events', 200],
];

const line = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}… (${text.length})` : text);

async function expectGoodServer(): Promise<void> {
  const good = await send(request('/posts/hello/'));
  expect(statusOf(good)).toBe(200);
  expect(good).toContain('A good page.');
}

describe('a hostile request', () => {
  it('is sent to a server that gives the pages of the site', expectGoodServer);

  it.each(targets.map(([target, status]) => [line(target), status, target] as const))(
    'for %s gets %i',
    async (_, status, target) => {
      const answer = await send(request(target));
      expect(statusOf(answer)).toBe(status);
      expect(answer).not.toContain(secret);
      expect(answer).not.toMatch(/^(?:Set-Cookie|Access-Control|Location: (?!\/))/im);
    },
  );

  const host = () => `Host: 127.0.0.1:${port}`;
  const whole: readonly (readonly [string, () => string, readonly number[]])[] = [
    ['without a host', () => 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', [400]],
    ['of HTTP/1.0 without a host', () => 'GET / HTTP/1.0\r\n\r\n', [403]],
    [
      'with two hosts',
      () => `GET / HTTP/1.1\r\n${host()}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
      [400],
    ],
    ['with another host', () => 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', [403]],
    [
      'with a host that leads here by DNS',
      () => `GET / HTTP/1.1\r\nHost: evil.example:${port}\r\nConnection: close\r\n\r\n`,
      [403],
    ],
    ['from another origin', () => request('/', { headers: ['Origin: https://evil.example'] }), [403]],
    ['from a sandbox', () => request('/', { headers: ['Origin: null'] }), [403]],
    [
      'of a script of another site',
      () => request('/', { headers: ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors'] }),
      [403],
    ],
    [
      'of another site for events',
      () => request('/_postulate/events?path=/', { headers: ['Sec-Fetch-Site: cross-site'] }),
      [403],
    ],
    [
      'for another protocol',
      () => request('/', { headers: ['Upgrade: websocket', 'Sec-WebSocket-Version: 13'] }),
      [200],
    ],
    ['that expects something', () => request('/', { headers: ['Expect: everything'] }), [417]],
    ['for a part', () => request('/', { headers: ['Range: bytes=0-5'] }), [200]],
    ['for the last part', () => request('/', { headers: ['Range: bytes=-5'] }), [200]],
    ['for a part the wrong way round', () => request('/', { headers: ['Range: bytes=5-1'] }), [200]],
    ['for a hundred parts', () => request('/', { headers: [`Range: bytes=${'0-1,'.repeat(100)}5-`] }), [200]],
    ['for what it has', () => request('/', { headers: ['If-None-Match: *', 'If-Modified-Since: x'] }), [200]],
    [
      'that posts',
      () => request('/', { method: 'POST', headers: ['Content-Length: 3'], body: 'a=b' }),
      [405],
    ],
    [
      'that posts without end',
      () => request('/', { method: 'POST', headers: ['Content-Length: 99999999'], body: 'a' }),
      [405],
    ],
    ['that puts', () => request('/index.html', { method: 'PUT', headers: ['Content-Length: 0'] }), [405]],
    ['that deletes', () => request('/index.html', { method: 'DELETE' }), [405]],
    ['that asks for options', () => request('*', { method: 'OPTIONS' }), [405]],
    [
      'before another origin’s',
      () =>
        request('/', {
          method: 'OPTIONS',
          headers: ['Origin: https://evil.example', 'Access-Control-Request-Private-Network: true'],
        }),
      [403],
    ],
    ['that traces', () => request('/', { method: 'TRACE' }), [405]],
    ['for a tunnel', () => `CONNECT evil.example:443 HTTP/1.1\r\n${host()}\r\n\r\n`, [0]],
    ['of no known method', () => request('/', { method: 'GETT' }), [400]],
    ['in small letters', () => request('/', { method: 'get' }), [400]],
    ['of two lengths', () => request('/', { headers: ['Content-Length: 0', 'Content-Length: 5'] }), [400]],
    [
      'smuggled behind chunks',
      () =>
        request('/', {
          headers: ['Transfer-Encoding: chunked', 'Content-Length: 4'],
          body: '0\r\n\r\nGET /.env HTTP/1.1\r\n\r\n',
        }),
      [400],
    ],
    [
      'with a broken chunk',
      () => request('/', { headers: ['Transfer-Encoding: chunked'], body: 'zz\r\n' }),
      [200, 400],
    ],
    ['with a folded header', () => request('/', { headers: ['X: a', ' b'] }), [200, 400]],
    ['with a header of 100 KB', () => request('/', { headers: [`X: ${'a'.repeat(100_000)}`] }), [431]],
    [
      'with 3000 headers',
      () => request('/', { headers: Array.from({ length: 3000 }, (_, index) => `X${index}: a`) }),
      [431],
    ],
    ['with a NUL in a header', () => request('/', { headers: ['X: \0'] }), [400]],
    ['with line ends of one character', () => `GET / HTTP/1.1\n${host()}\nConnection: close\n\n`, [200, 400]],
    ['of another version', () => `GET / HTTP/9.9\r\n${host()}\r\n\r\n`, [400]],
    ['of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
    ['for TLS', () => '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03', [400]],
    ['of nonsense', () => '\0\x01\x02\r\n\r\n', [400]],
  ];

  it.each(whole)('%s', async (_, bytes, statuses) => {
    const answer = await send(bytes());
    expect(statuses).toContain(statusOf(answer));
    expect(answer).not.toContain(secret);
    expect(answer).not.toMatch(/^Access-Control/im);
  });

  it('for the head of a page gets no body', async () => {
    const [head = '', body] = (await send(request('/posts/hello/', { method: 'HEAD' }))).split('\r\n\r\n');
    expect(statusOf(head)).toBe(200);
    expect(Number(/Content-Length: (\d+)/.exec(head)?.[1])).toBeGreaterThan(500);
    expect(body).toBe('');
    expect(statusOf(await send(request('/_postulate/events?path=/', { method: 'HEAD' })))).toBe(200);
  });

  it('that hangs up in the middle does no harm', async () => {
    for (const bytes of ['', 'G', 'GET /', request('/').slice(0, 20), request('/_postulate/events?path=/')]) {
      await new Promise<void>((done) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(bytes, () => socket.resetAndDestroy()));
        socket.on('error', () => {});
        socket.on('close', () => done());
      });
    }
    await expectGoodServer();
  });

  it('is followed by others in one connection, each answered for itself', async () => {
    const keep = (target: string) => `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
    const answer = await send(keep('/.env') + keep('/%') + keep('/posts/hello/') + request('/../.env'));
    expect([...answer.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status)).toEqual([
      '404',
      '400',
      '200',
      '404',
    ]);
    expect(answer).not.toContain(secret);
  });

  it('leaves a server that gives the pages of the site', expectGoodServer);

  it('is one of more than 120', () => expect(targets.length + whole.length).toBeGreaterThan(120));
});
