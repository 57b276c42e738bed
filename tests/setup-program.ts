// Compiles the program that some tests start, when its sources are newer.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const program = 'dist/cli.js';

export default function setup(): void {
  const newest = Math.max(
    ...['scripts', 'src'].flatMap((folder) =>
      readdirSync(folder, { recursive: true }).map((path) => timeOf(join(folder, String(path)))),
    ),
  );
  if (existsSync(program) && timeOf(program) > newest) return;
  // Type errors do not keep the tests from running: `npm run types` reports them.
  spawnSync('npm', ['run', 'compile'], { stdio: 'inherit', shell: process.platform === 'win32' });
}

function timeOf(path: string): number {
  return statSync(path).mtimeMs;
}
