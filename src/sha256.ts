// Checksums.
import { createHash, hash } from 'node:crypto';

/** SHA-256 of the parts, one after the other, in hexadecimal. */
export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const [first = ''] = parts;
  if (parts.length === 1) return hash('sha256', first);
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('hex');
}
