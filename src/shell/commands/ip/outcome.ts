import { type Refusal, refusalLine } from '../../../model/refusal.ts';
import type { Output } from '../../command.ts';

/**
 * How a sub-command of `ip` came out. Where iproute2 calls exit(3) from deep inside, the rest of a batch is never
 * looked at: such an outcome `ends` the program.
 */
export type Outcome = Output & { readonly ends?: true };

export const DONE: Outcome = { stdout: '', stderr: '', exit: 0 };
export const said = (stdout: string): Outcome => ({ stdout, stderr: '', exit: 0 });
/** The sub-command gives up and returns. */
export const failure = (stderr: string, exit = 1): Outcome => ({ stdout: '', stderr, exit });
/** The program ends at once. */
export const ending = (stderr: string, exit = 255): Outcome => ({ stdout: '', stderr, exit, ends: true });

// lib/utils.c has one function for each of these, and every command of iproute2 uses them.
export const INCOMPLETE = ending('Command line is not complete. Try option "help"\n');
export const wrong = (word: string, why: string): Outcome => ending(`Error: argument "${word}" is wrong: ${why}\n`);
export const duplicate = (key: string, word: string): Outcome =>
  ending(`Error: duplicate "${key}": "${word}" is the second value.\n`);
export const garbage = (key: string, word: string): Outcome =>
  ending(`Error: either "${key}" is duplicate, or "${word}" is a garbage.\n`);
export const noDevice = (name: string): Outcome => failure(`Cannot find device "${name}"\n`);
export const unknownCommand = (word: string, object: string): Outcome =>
  ending(`Command "${word}" is unknown, try "ip ${object} help".\n`);
/** Linux can, the model cannot: said in so many words, rather than pretended. */
export const notModelled = (what: string): Outcome => failure(`hairpin: ${what} is not modelled\n`, 2);

/** iproute2 answers 2 for what the kernel refused, and 1 for what it refused itself. */
export const refused = (refusal: Refusal): Outcome =>
  failure(`${refusalLine(refusal)}\n`, refusal.by === 'kernel' ? 2 : 1);
export const answer = (refusal: Refusal | undefined): Outcome => (refusal ? refused(refusal) : DONE);
