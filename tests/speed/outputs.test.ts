// Files of the output folder that are looked at before the build has the folder to itself.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openOutputs } from '../../src/speed/outputs.js';

/** A folder with two files, and the notes of the build that made them. */
function builtFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'postulate-outputs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const out = join(folder, 'public');
  const write = (name: string, text: string) => writeFileSync(join(out, name), text);
  const open = () => openOutputs(join(folder, 'outputs'), out, '1');
  mkdirSync(out);
  for (const name of ['a.html', 'b.html', '.postulate.json']) write(name, name);
  const first = open();
  first.remember('a.html', 'hash of a', 'key');
  first.remember('b.html', 'hash of b', 'key');
  first.save();
  return { write, open };
}

it('are known without a second look', () => {
  const { open } = builtFolder();
  const outputs = open();
  expect(outputs.seen('a.html')).toBeUndefined();
  outputs.lookAhead();
  expect(outputs.seen('a.html')).toBe('hash of a');
  expect(outputs.seen('c.html')).toBeUndefined();
});

it('are not, when somebody has changed them', () => {
  const { open, write } = builtFolder();
  write('b.html', 'changed by hand');
  const outputs = open();
  outputs.lookAhead();
  expect(outputs.seen('a.html')).toBe('hash of a');
  expect(outputs.seen('b.html')).toBeUndefined();
});

it('are not, when another build has written to the folder since', () => {
  const { open, write } = builtFolder();
  const outputs = open();
  outputs.lookAhead();
  write('a.html', 'another page');
  write('.postulate.json', 'another list');
  expect(outputs.seen('a.html')).toBeUndefined();
  expect(outputs.seen('b.html')).toBeUndefined();
});
