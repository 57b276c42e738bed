import { it } from 'vitest';
import { readFileSync } from 'node:fs';
import { render, html, reports } from './render.js';
it('probe', () => {
  const all = JSON.parse(readFileSync('/tmp/patho.json', 'utf8')) as {name: string, body: string}[];
  for (const { body, name } of all) {
    const t = performance.now();
    let s = '';
    try {
      const r = render(body, {});
      html(r);
      s = [...new Set(reports(r))].slice(0, 2).join(' / ').slice(0, 200);
    } catch (e) { s = 'THROWN ' + (e as Error).stack?.slice(0, 300).replace(/\n/g, ' '); }
    console.log(`${name} ${Math.round(performance.now() - t)} ms ${s}`);
  }
}, 300000);
