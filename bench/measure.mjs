// Runs a program and says how long it took and how much memory it and its children had at most.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * `{ seconds, megabytes }`; null when the program fails, which is told. Memory is looked up every now and then, which takes
 * time of its own: it is left out (0) unless asked for.
 */
export function run([program, ...given], { cwd, env = {}, memory = false, quiet = false }) {
  return new Promise((resolve) => {
    const start = process.hrtime.bigint();
    const child = spawn(program, given, {
      cwd,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let last = '';
    let kilobytes = 0;
    const look = () => {
      kilobytes = Math.max(kilobytes, residentOf(child.pid));
    };
    const timer = memory ? setInterval(look, 50) : undefined;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        last = (last + text).slice(-2000);
      });
    child.on('error', (error) => {
      last += error.message;
    });
    let seconds = 0;
    child.on('exit', () => {
      seconds = Number(process.hrtime.bigint() - start) / 1e9;
      clearInterval(timer);
    });
    child.on('close', (code) => {
      clearInterval(timer);
      if (code === 0) return resolve({ seconds, megabytes: kilobytes / 1024 });
      if (!quiet) console.error(`failed (${code}): ${[program, ...given].join(' ')}\n${last}`);
      resolve(null);
    });
  });
}

/** Resident memory of a process and all below it, in KB. */
function residentOf(root) {
  const rows = process.platform === 'linux' ? procRows() : psRows();
  const family = new Set([root]);
  // Children have been started after their parents, but their ids may be smaller: go on until none is added.
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const { pid, parent } of rows) if (family.has(parent)) family.add(pid);
  }
  return rows.reduce((sum, { pid, kilobytes }) => (family.has(pid) ? sum + kilobytes : sum), 0);
}

function procRows() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        const value = (key) => Number(status.match(new RegExp(`^${key}:\\s*(\\d+)`, 'm'))?.[1] ?? 0);
        return { pid: Number(name), parent: value('PPid'), kilobytes: value('VmRSS') };
      } catch {
        return []; // It has ended meanwhile.
      }
    });
}

function psRows() {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid, parent, kilobytes]) => ({ pid, parent, kilobytes }));
}
