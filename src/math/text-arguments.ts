// Which arguments of commands are texts, in which dollars enclose formulas and `\_` is an underscore.

/** Names without backslashes, as parts of regular expressions, by the number of the argument. */
export const textArguments = {
  1: 'text[a-z]*|mbox|hbox|fbox|intertext|[rlc]lap|ce|pu|tag\\*?',
  2: '(?:raise|color)box',
  3: 'fcolorbox',
} as const;

const commands = new Map(
  Object.entries(textArguments).map(([number, names]) => [Number(number), new RegExp(`^\\\\(?:${names})$`)]),
);

/** Whether an argument of a command, which has its backslash, is a text. The first is 1. */
export function isTextArgument(command: string, number: number): boolean {
  return commands.get(number)?.test(command) ?? false;
}
