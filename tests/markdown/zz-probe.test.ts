import { it } from 'vitest';
import { readFileSync } from 'node:fs';
import { render, html, reports } from './render.js';
it('probe', () => {
  const all = JSON.parse(readFileSync('/tmp/probe.json', 'utf8')) as (string | {body: string})[];
  for (const one of all) {
    const { body, ...given } = typeof one === 'string' ? { body: one } : one as any;
    console.log('──── ' + JSON.stringify(body).slice(0, 200));
    try {
      const r = render(body, given);
      console.log(html(r).trimEnd());
      for (const x of reports(r)) console.log('   ! ' + x);
      if ((given as any).more) console.log(JSON.stringify({title: r.title, excerpt: r.excerpt, ex: r.excerptText, text: r.text, min: r.minutes, ids: r.ids, labels: r.labels, headings: r.headings}, null, 1));
    } catch (e) { console.log('THROWN', (e as Error).stack?.slice(0, 400)); }
  }
});
