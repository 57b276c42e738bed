// What `Intl` is asked for: nothing may come out as the machine is set.

/** For a language that the system does not know, like Latin, it would take the machine's own. */
export function orEnglish(language: string): readonly [string, 'en'] {
  return [language, 'en'];
}
