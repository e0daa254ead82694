import { fail, ok } from '../../src/base/result.ts';
import type { Simulation } from '../../src/engine/simulation.ts';
import { type MachineName, type Place, ROOT } from '../../src/model/network.ts';
import type { Output, SimulatedCommand, Wait } from '../../src/shell/command.ts';
import { COMMANDS } from '../../src/shell/commands/index.ts';

export const HOST: Place = { machine: 'host' as MachineName, namespace: ROOT };

export type Runner = {
  readonly run: (words: readonly string[], place?: Place, stdin?: string) => Promise<Output>;
  readonly write: (path: string, text: string) => void;
};

const unknown = (name: string): Output => ({ stdout: '', stderr: `bash: ${name}: command not found\n`, exit: 127 });

/** Runs one command after the other in a simulation, without a shell. */
export const commandRunner = (simulation: Simulation, commands: readonly SimulatedCommand[] = COMMANDS): Runner => {
  const texts = new Map<string, string>();
  const read = async (path: string) => {
    const text = texts.get(path);
    return text === undefined ? fail('No such file or directory') : ok(text);
  };
  const wait: Wait = async (done, deadline = simulation.now() + 60e9) =>
    simulation.runUntil(done, deadline) ? 'done' : 'late';
  const run: Runner['run'] = async ([name = '', ...args], place = HOST, stdin = '') => {
    const command = commands.find((each) => each.name === name);
    if (!command) return unknown(name);
    return command.run({ args, stdin, place, simulation, files: { read }, run, wait });
  };
  return { run, write: (path, text) => texts.set(path, text) };
};

/** Words as a shell splits them, with quotes; nothing where the line has what only a shell understands. */
export const splitWords = (line: string): readonly string[] | undefined => {
  const words: string[] = [];
  let rest = line.trim();
  while (rest !== '') {
    const word = /^(?:"[^"$`\\]*"|'[^']*'|[^\s"'|&;<>()$`\\*?[\]#~{}])+/.exec(rest)?.[0];
    if (word === undefined) return undefined;
    words.push(word.replace(/"([^"]*)"|'([^']*)'/g, (_, double = '', single = '') => double + single));
    const behind = rest.slice(word.length);
    if (behind !== '' && !/^\s/.test(behind)) return undefined;
    rest = behind.trim();
  }
  return words;
};
