import type { MachineName, Network } from '../../model/network.ts';
import type { Operation } from '../../model/operation.ts';
import { commandOf } from './command.ts';
import { operationsOf } from './operations.ts';
import { shellWord } from './shell-word.ts';

/** A network as the script that sets it up. The first machine runs it, and reaches the others by ssh. */
export const printScript = (network: Network): string => {
  const here = Object.keys(network.machines)[0] as MachineName | undefined;
  return operationsOf(network)
    .map((operation) => `${lineOf(operation, here)}\n`)
    .join('');
};

const lineOf = (operation: Operation, here: MachineName | undefined): string => {
  const command = commandOf(operation);
  if (!('at' in operation) || operation.at.machine === here || command.startsWith('#')) return command;
  // The words are joined on their way, and taken apart once more at the other end.
  const words = /['"\\]/.test(command) ? shellWord(command) : command;
  return `ssh ${shellWord(operation.at.machine)} ${words}`;
};
