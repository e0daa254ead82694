#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { exitCode } from './exit-code.ts';

/** What a file of this folder exports for `hairpin NAME`: it adds arguments, options and an action to its command. */
export type CommandModule = { readonly define: (command: Command) => void };

type Entry = { readonly summary: string; readonly load: () => Promise<CommandModule> };

/** One line a command. The file behind it is loaded only when its name is on the command line. */
const commands: Readonly<Record<string, Entry>> = {
  run: { summary: 'run ip/bridge/ping scripts in the simulator', load: () => import('./run.ts') },
  predict: { summary: 'say who reaches whom, and why not', load: () => import('./predict.ts') },
  explain: { summary: 'follow one packet, and say why it does or does not arrive', load: () => import('./explain.ts') },
  verify: { summary: 'hold the prediction against a real kernel', load: () => import('./verify.ts') },
  serve: { summary: 'serve the page, and the live backend for it', load: () => import('./serve.ts') },
};

const program = new Command('hairpin')
  .description(manifest.description)
  .version(manifest.version, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .helpCommand('help [command]', 'print the help of a command')
  .showSuggestionAfterError()
  .configureOutput({ outputError: (text, write) => write(asOneLine(text)) })
  .exitOverride();

/** commander says `error: unknown command 'rn'` and, on a second line, `(Did you mean run?)`. */
function asOneLine(text: string): string {
  return `${text
    .trim()
    .replace(/^error: /, 'hairpin: ')
    .replace(
      /\n\((Did you mean .*)\)$/s,
      (_, hint: string) => ` (${hint.charAt(0).toLowerCase()}${hint.slice(1)})`,
    )}\n`;
}

/** The command that these arguments are about: `run` in `run x.sh`, in `help run` and in `-h run`. */
function namedIn(words: readonly string[]): string | undefined {
  const [first, second] = words.filter((word) => !word.startsWith('-'));
  return first === 'help' ? second : first;
}

async function main(words: readonly string[]): Promise<void> {
  const named = namedIn(words);
  for (const [name, { summary, load }] of Object.entries(commands)) {
    const command = program.command(name).summary(summary).description(summary);
    if (name === named) (await load()).define(command);
  }
  if (words.length === 0) return program.outputHelp();
  // Beside an unknown name, commander would still obey a `--help` or `help`: let it see the name alone.
  const unknown = named !== undefined && !Object.hasOwn(commands, named);
  await program.parseAsync(unknown ? [named] : words, { from: 'user' });
}

/** A wrong command line is the user's to mend and commander has said how; anything else is our mistake. */
function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 1 ? exitCode.usage : error.exitCode;
    return;
  }
  process.exitCode = exitCode.bug;
  const what = error instanceof Error ? error.message : String(error);
  const details = process.env['HAIRPIN_DEBUG'] && error instanceof Error ? `\n${error.stack}` : '';
  process.stderr.write(
    `hairpin: a bug in hairpin, please report it with HAIRPIN_DEBUG=1: ${what.replaceAll('\n', ' ')}${details}\n`,
  );
}

// `hairpin … | head` closes the pipe early: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCode.ok);
  throw error;
});
process.on('uncaughtException', (error) => {
  fail(error);
  process.exit();
});

await main(process.argv.slice(2)).catch(fail);
