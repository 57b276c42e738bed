// Real posts for the benchmark: copies a folder of Markdown, and gives what lacks them a title and a date.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/**
 * Copies every `.md` below `from` into `to`, under a name made of its path; what is named `README.md`, `_…` or `.…` is no post.
 * Only front matter that all generators know stays.
 */
export function copyPosts(from, to) {
  mkdirSync(to, { recursive: true });
  const paths = readdirSync(from, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.md') && !/(^|[\\/])([_.]|README\.md$)/.test(path),
  );
  for (const path of paths.sort()) {
    // An index.md beside other posts would be the page of their folder.
    const name = path
      .replace(/[\\/]index\.md$/, '.md')
      .replace(/[\\/]/g, '-')
      .replace(/^index\.md$/, 'index-page.md');
    writeFileSync(join(to, name.toLowerCase()), plainPost(readFileSync(join(from, path), 'utf8'), name));
  }
}

/** A post with the title, date and tags that it has or is given. */
export function plainPost(source, name) {
  const text = source.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const [whole = '', yaml = ''] = text.match(/^---\n([\s\S]*?)\n---\n/) ?? [];
  const given = fields(yaml);
  const body = text.slice(whole.length);
  const title = given.title ?? body.match(/^# (.+)$/m)?.[1] ?? name.replace(/\.md$/, '');
  const date = String(given.date instanceof Date ? given.date.toISOString() : (given.date ?? '')).slice(
    0,
    10,
  );
  const tags = [given.tags ?? []].flat().flatMap((tag) => (tag ? String(tag).split(',') : []));
  const head = {
    title: String(title),
    date: /^\d{4}-\d\d-\d\d$/.test(date) ? date : '2020-01-01',
    tags: tags.map((tag) => tag.trim()).filter(Boolean),
  };
  const lines = [
    `title: ${JSON.stringify(head.title)}`,
    `date: ${head.date}`,
    `tags: ${JSON.stringify(head.tags)}`,
  ];
  return `---\n${lines.join('\n')}\n---\n\n${body.trimStart()}`;
}

function fields(yaml) {
  try {
    return parse(yaml) ?? {};
  } catch {
    return {};
  }
}
