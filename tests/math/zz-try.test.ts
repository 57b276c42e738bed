import { test } from 'vitest';
test('try', async () => { await import(process.env.TRY ?? '/tmp/try.ts'); }, 100000);
