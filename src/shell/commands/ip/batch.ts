import { ok, type Result } from '../../../base/result.ts';
import type { Invocation, Output } from '../../command.ts';
import type { Options } from './options.ts';
import { failure, type Outcome } from './outcome.ts';

type Line = { readonly number: number; readonly text: string };

/** Comments go, and a backslash at the end joins the next line; errors name the last line of those joined. */
const joined = (source: string): readonly Line[] => {
  const lines: Line[] = [];
  let open = '';
  const texts = source.replace(/\n$/, '').split('\n');
  for (const [index, raw] of texts.entries()) {
    const text = open + raw.replace(/#.*/, '');
    open = text.endsWith('\\') ? text.slice(0, -1) : '';
    if (!text.endsWith('\\')) lines.push({ number: index + 1, text });
  }
  return lines;
};

/** lib/utils.c:makeargs: words at white space, and one pair of quotes around a word. */
const split = (text: string): readonly string[] | undefined => {
  const words: string[] = [];
  for (const [whole, double, single] of text.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)) {
    const word = double ?? single ?? whole;
    if (double === undefined && single === undefined && /^["']/.test(word)) return undefined;
    words.push(word);
  }
  return words;
};

const source = (
  { stdin, files }: Invocation,
  name: string,
): Result<string, string> | Promise<Result<string, string>> => (name === '-' ? ok(stdin) : files.read(name));

/** `ip -batch FILE`: one line one command, up to the first that fails, or through all of them with `-force`. */
export const runBatch = async (
  invocation: Invocation,
  { batch = '-', force }: Options,
  each: (words: readonly string[]) => Outcome | Promise<Outcome>,
): Promise<Output> => {
  const text = await source(invocation, batch);
  if (!text.ok) return failure(`Cannot open file "${batch}" for reading: ${text.error}\n`);
  const done = { stdout: '', stderr: '', exit: 0 };
  for (const line of joined(text.value)) {
    const words = split(line.text);
    if (!words) return { ...done, stderr: `${done.stderr}Unterminated quoted string\n`, exit: 1 };
    if (words.length === 0) continue;
    const outcome = await each(words);
    done.stdout += outcome.stdout;
    done.stderr += outcome.stderr;
    if (outcome.ends) return { ...done, exit: outcome.exit };
    if (outcome.exit === 0) continue;
    done.stderr += `Command failed ${batch}:${line.number}\n`;
    done.exit = 1;
    if (!force) break;
  }
  return done;
};
