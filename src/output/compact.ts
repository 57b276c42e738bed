// The theme's style and scripts as they are sent: without comments and indentation, which are for those who read them
// here. They are written so that no text in them goes over several lines; a test holds both forms against each other.

/** Smaller text that means the same; of another kind of file, the file. */
export function compact(path: string, content: Buffer): Buffer {
  if (!/\.(?:css|js)$/.test(path)) return content;
  const lines = content
    .toString('utf8')
    .replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, '')
    .split('\n')
    .map((line) => line.trim());
  const isCode = (line: string) => line !== '' && !(path.endsWith('.js') && line.startsWith('//'));
  return Buffer.from(`${lines.filter(isCode).join('\n')}\n`);
}
