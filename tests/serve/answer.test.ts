import { describe, expect, it } from 'vitest';
import { answer } from '../../src/serve/answer.js';
import { makeRoutes } from '../../src/serve/routes.js';

const outputs = [
  { path: 'index.html', content: '<body>home</body>' },
  { path: '404.html', content: '<body>nothing here</body>' },
  { path: 'ko/404.html', content: '<body>없음</body>' },
  { path: 'ko/index.html', content: '<body>홈</body>' },
  { path: 'posts/hello/index.html', content: '<body>hello</body>' },
  { path: 'posts/한글-제목/index.html', content: '<body>한글</body>' },
  { path: 'assets/style.css', content: 'body {}' },
  { path: 'c++ & more.pdf', content: new Uint8Array([0, 255]) },
  { path: 'what?#.txt', content: 'odd' },
];
const site = makeRoutes(outputs, '');
const below = makeRoutes(outputs, '/my%20blog');

const own = { host: ['127.0.0.1:4000'] };

function ask(target: string, { method = 'GET', headers = {}, routes = site } = {}) {
  const given = answer({ method, target, headers: { ...own, ...headers } }, 4000, routes);
  const text = given.content.toString().replace(/<script.*<\/script>\n/s, '');
  return { status: given.status, text, type: given.headers['Content-Type'], to: given.headers.Location };
}

describe('an address', () => {
  const nfd = encodeURI('/posts/한글-제목/'.normalize('NFD'));
  const cases: readonly (readonly [string, number, string])[] = [
    ['/', 200, '<body>home</body>'],
    ['/index.html', 200, '<body>home</body>'],
    ['/?utm=1', 200, '<body>home</body>'],
    ['/posts/hello/', 200, '<body>hello</body>'],
    ['/%70osts/hello/', 200, '<body>hello</body>'],
    [encodeURI('/posts/한글-제목/'), 200, '<body>한글</body>'],
    [nfd, 200, '<body>한글</body>'],
    ['/c%2B%2B%20%26%20more.pdf', 200, '\0�'],
    ['/c++%20&%20more.pdf', 200, '\0�'],
    ['/what%3F%23.txt', 200, 'odd'],
    ['/posts/', 404, '<body>nothing here</body>'],
    ['/posts/hello', 302, ''],
    ['/posts%2Fhello/', 400, 'This address is malformed.'],
    ['/nowhere', 404, '<body>nothing here</body>'],
    ['/ko/nowhere/', 404, '<body>없음</body>'],
    ['/kor/nowhere/', 404, '<body>nothing here</body>'],
  ];

  it.each(cases)('%s is answered with %i', (target, status, text) => {
    expect(ask(target)).toMatchObject({ status, text });
  });

  it('of a page without its slash leads to the page', () => {
    expect(ask('/posts/hello?x=1').to).toBe('/posts/hello/');
    expect(ask(encodeURI('/posts/한글-제목')).to).toBe(encodeURI('/posts/한글-제목/'));
  });

  it('has the media type of its file', () => {
    expect(ask('/').type).toBe('text/html; charset=utf-8');
    expect(ask('/assets/style.css').type).toBe('text/css; charset=utf-8');
    expect(ask('/c++%20&%20more.pdf').type).toBe('application/pdf');
  });

  it('lies below the path of baseUrl, and the root leads there', () => {
    const routes = below;
    expect(ask('/', { routes })).toMatchObject({ status: 302, to: '/my%20blog/' });
    expect(ask('/my%20blog', { routes })).toMatchObject({ status: 302, to: '/my%20blog/' });
    expect(ask('/my%20blog/', { routes })).toMatchObject({ status: 200, text: '<body>home</body>' });
    expect(ask('/my%20blog/ko/x', { routes })).toMatchObject({ status: 404, text: '<body>없음</body>' });
    expect(ask('/posts/hello/', { routes })).toMatchObject({
      status: 404,
      text: '<body>nothing here</body>',
    });
  });

  it('is answered before the site is built', () => {
    expect(answer({ method: 'GET', target: '/', headers: own }, 4000, undefined)).toMatchObject({
      status: 503,
    });
  });
});

describe('who asks', () => {
  const hosts: readonly (readonly [readonly string[], number])[] = [
    [['127.0.0.1:4000'], 200],
    [['localhost:4000'], 200],
    [['LOCALHOST:4000'], 200],
    [['[::1]:4000'], 200],
    [[], 403],
    [[''], 403],
    [['evil.example'], 403],
    [['evil.example:4000'], 403],
    [['127.0.0.1'], 403],
    [['127.0.0.1:4001'], 403],
    [['localhost:4000.evil.example'], 403],
    [['localhost.evil.example:4000'], 403],
    [['evil.example#localhost:4000'], 403],
    [['user@localhost:4000'], 403],
    [['0.0.0.0:4000'], 403],
    [['127.1:4000'], 403],
    [['2130706433:4000'], 403],
    [['[::ffff:127.0.0.1]:4000'], 403],
    [['localhost.:4000'], 403],
    [['localhost:4000', 'localhost:4000'], 400],
    [['localhost:4000', 'evil.example'], 400],
  ];

  it.each(hosts)('as a host %j gets %i', (host, status) => {
    expect(ask('/', { headers: { host } }).status).toBe(status);
  });

  const origins: readonly (readonly [object, number])[] = [
    [{ origin: ['http://127.0.0.1:4000'] }, 200],
    [{ origin: ['http://localhost:4000'] }, 200],
    [{ 'sec-fetch-site': ['none'] }, 200],
    [{ 'sec-fetch-site': ['same-origin'] }, 200],
    [{ origin: ['https://evil.example'] }, 403],
    [{ origin: ['null'] }, 403],
    [{ origin: [''] }, 403],
    [{ origin: ['https://localhost:4000'] }, 403],
    [{ origin: ['http://localhost:3000'] }, 403],
    [{ origin: ['http://localhost'] }, 403],
    [{ origin: ['http://localhost:4000.evil.example'] }, 403],
    [{ origin: ['http://localhost:4000', 'http://evil.example'] }, 403],
    [{ 'sec-fetch-site': ['cross-site'] }, 403],
    [{ 'sec-fetch-site': ['same-site'] }, 403],
    [{ 'sec-fetch-site': ['cross-site'], 'sec-fetch-mode': ['no-cors'], 'sec-fetch-dest': ['script'] }, 403],
    [{ 'sec-fetch-site': ['same-origin', 'cross-site'] }, 403],
    [{ 'sec-fetch-site': ['anything'] }, 403],
  ];

  it.each(origins)('with %j gets %i, of pages, scripts and events', (headers, status) => {
    for (const target of ['/', '/_postulate/live.js', '/_postulate/events?path=/'])
      expect(ask(target, { headers }).status).toBe(status);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'get', ''])(
    'with the method %s gets 405',
    (method) => expect(ask('/', { method }).status).toBe(405),
  );

  it('gets nothing that another origin could use, or that is kept', () => {
    for (const target of [
      '/',
      '/nowhere',
      '/posts/hello',
      '/%',
      '/_postulate/live.js',
      '/_postulate/events',
    ]) {
      const { headers } = answer({ method: 'GET', target, headers: own }, 4000, site);
      expect(headers).toMatchObject({
        'Cache-Control': 'no-store',
        'Cross-Origin-Resource-Policy': 'same-origin',
        'X-Content-Type-Options': 'nosniff',
      });
      expect(Object.keys(headers).join()).not.toMatch(/access-control/i);
    }
  });
});
