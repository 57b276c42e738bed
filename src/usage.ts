// What can be written on the command line, and what to say when something else was.
import { Command, type CommanderError, InvalidArgumentError } from 'commander';
import { type Code, diagnostic, nearest } from './diagnostic.js';
import type { Diagnostic } from './types.js';

export interface Flags {
  readonly root: string;
  readonly out?: string;
  readonly drafts: boolean;
  readonly future: boolean;
  readonly strict: boolean;
  readonly draftMath: boolean;
  readonly cache: boolean;
  readonly json: boolean;
  readonly fix: boolean;
  readonly port: number;
  readonly lang?: string;
}

export type CommandName = 'build' | 'check' | 'serve' | 'new' | 'init';

/** A command as it was given. */
export interface Given {
  readonly command: CommandName;
  readonly flags: Flags;
  /** Title of a new post, folder of a new site. */
  readonly argument: string;
}

/** Flags that are not given. Commander would show them as defaults in its help. */
const off = { drafts: false, future: false, strict: false, draftMath: false, json: false, fix: false };

const defaultPort = 4000;

/**
 * The commands and flags. Flags are read before and after the command. Nothing is printed but what was asked
 * for (help, version): a mistake is thrown as a CommanderError.
 */
export function makeProgram(
  { version, print }: { readonly version: string; readonly print: (text: string) => void },
  onCommand: (given: Given) => Promise<void>,
): Command {
  const program = new Command('postulate')
    .description('Turns Markdown with maths in posts/ into a finished site in public/.')
    .usage('<command> [options]')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: () => {} })
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError(false)
    .option('--root <dir>', 'the folder with posts/', folderName, '.')
    .option('--out <dir>', 'where the site goes (default: public in the root)', folderName)
    .option('--drafts', 'include drafts')
    .option('--future', 'include posts with a date to come')
    .option('--strict', 'count warnings as errors')
    .option('--draft-math', 'show formulas that KaTeX refuses as text, with a warning')
    .option('--no-cache', 'render everything anew')
    .option('--json', 'report as one JSON object on standard output');
  const give = (command: CommandName, own: Partial<Flags> = {}, argument = ''): Promise<void> =>
    onCommand({
      command,
      flags: { ...off, ...program.opts<Omit<Flags, 'port'>>(), port: defaultPort, ...own },
      argument,
    });
  program
    .command('build')
    .description('build the site')
    .action(() => give('build'));
  program
    .command('check')
    .description(
      'report all that build would, and what formulas suffered from other programs; write nothing but the cache',
    )
    .option('--fix', 'mend in the posts what is certain')
    .action((own: Partial<Flags>) => give('check', own));
  program
    .command('serve')
    .description(
      'show the site while it is written, drafts and posts of the future too; write nothing but the cache',
    )
    .option('--port <number>', `the first port to try (default: ${defaultPort})`, portNumber)
    .action((own: Partial<Flags>) => give('serve', own));
  program
    .command('new')
    .description('make a post of that title')
    .argument('<title...>')
    .option('--lang <code>', 'the language of the post, if it is not the default one')
    .action((words: readonly string[], own: Partial<Flags>) => give('new', own, words.join(' ')));
  program
    .command('init')
    .description('make a folder to begin a blog in')
    .argument('<dir>')
    .action((folder: string) => give('init', {}, folder));
  return program;
}

/** A flag where a folder is expected: its value was forgotten. */
function folderName(value: string): string {
  if (value.startsWith('--')) throw new InvalidArgumentError(`${value} is a flag, not a folder`);
  return value;
}

function portNumber(value: string): number {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new InvalidArgumentError('a port is a number up to 65535');
}

const usageCodes: Readonly<Record<string, Code>> = {
  'commander.help': 'usage/no-command',
  'commander.unknownCommand': 'usage/unknown-command',
  'commander.unknownOption': 'usage/unknown-flag',
};

/** A mistake on the command line as a diagnostic, with the nearest name. */
export function usageFault(error: CommanderError, program: Command): Diagnostic {
  // Commander says nothing of a command that it cannot help with.
  const unhelped =
    error.code === 'commander.help' && program.args[0] === 'help' ? program.args[1] : undefined;
  const code =
    unhelped === undefined ? (usageCodes[error.code] ?? 'usage/arguments') : 'usage/unknown-command';
  const word = unhelped ?? /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const names = program.commands.map((command) => command.name());
  const options = [program, ...program.commands].flatMap((command) => command.options);
  const flags = [...options.map(({ long }) => long ?? ''), '--help'];
  const owner = program.commands.find(({ options }) =>
    options.some(({ long }) => long === word.split('=')[0]),
  );
  if (code === 'usage/unknown-flag' && owner) {
    const hint = `see postulate ${owner.name()} --help`;
    return diagnostic('error', code, `${word} belongs to postulate ${owner.name()}`, undefined, hint);
  }
  const meant = nearest(word, code === 'usage/unknown-command' ? names : flags);
  const hint = meant === undefined ? 'postulate --help lists what there is' : `did you mean ${meant}?`;
  switch (code) {
    case 'usage/no-command':
      return diagnostic('error', code, 'no command was given', undefined, 'try postulate build');
    case 'usage/unknown-command':
      return diagnostic('error', code, `there is no command ${word}`, undefined, hint);
    case 'usage/unknown-flag':
      return diagnostic('error', code, `there is no flag ${word}`, undefined, hint);
    default:
      return diagnostic(
        'error',
        code,
        error.message.replace(/^error: /, ''),
        undefined,
        'see postulate --help',
      );
  }
}
