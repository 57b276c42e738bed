// The command's entry: the process as the values that `command.ts` works with. Imports nothing before it knows
// that this Node.js can read the rest.
import type { Host } from './command.js';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 20 || (major === 20 && minor >= 19)) {
  void main(process.argv.slice(2));
} else {
  console.error(`postulate needs Node.js 20.19 or newer; this is ${process.version} (https://nodejs.org)`);
  process.exitCode = 3;
}

async function main(args: readonly string[]): Promise<void> {
  const { readFileSync } = await import('node:fs');
  const { run, failWith } = await import('./command.js');
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

  // A reader that has seen enough, as in `postulate build | head -1`, is no failure.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') process.exitCode = 3;
    });
  }

  const host: Host = {
    ...currentFolder(),
    environment: process.env,
    version,
    isTerminal: process.stderr.isTTY === true,
    hasColors: process.stderr.isTTY === true && process.stderr.hasColors(),
    now: new Date(),
    elapsed: () => performance.now(),
    print: (text) => process.stdout.write(text),
    tell: (text) => process.stderr.write(text),
    onInterrupt: (cleanUp) => {
      const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
      for (const [signal, code] of Object.entries(signals)) {
        process.once(signal, () => {
          process.exit(cleanUp() ?? code);
        });
      }
    },
  };

  process.on('uncaughtException', (error) => {
    process.exit(failWith(error, args, host));
  });
  // Set, not called: what is still to be written to a pipe would be lost.
  process.exitCode = await run(args, host);
}

function currentFolder(): Pick<Host, 'folder' | 'isFolderGone'> {
  try {
    return { folder: process.cwd() };
  } catch {
    // Packages ask for it, too.
    process.chdir('/');
    return { folder: '/', isFolderGone: true };
  }
}
