// Most texts of many sites are ASCII alone, where the classes of Unicode, which take long to look through, are short.

const beyond = /[^\0-\x7f]/;

export function isAscii(text: string): boolean {
  return !beyond.test(text);
}
