import { wordsOf } from '../formats/script/command.ts';
import { attributeWords } from '../formats/script/link-words.ts';
import { operationsOf } from '../formats/script/operations.ts';
import { type MachineName, type Network, type Place, ROOT } from '../model/network.ts';
import type { Operation } from '../model/operation.ts';
import type { Act, Step } from './plan.ts';

const rootOf = (machine: MachineName): Place => ({ machine, namespace: ROOT });

const step = (at: Place, act: Act, command: string): Step => ({
  ...{ at, act, line: 0, command, probe: false, took: 0, stopped: false },
});

/** sysctl(8) writes a dot within a device's name as a slash. */
const pathOf = (key: string): string => `/proc/sys/${key.replace(/[./]/g, (mark) => (mark === '.' ? '/' : '.'))}`;

const stepOf = (operation: Operation): Step | undefined => {
  switch (operation.op) {
    case 'machine.add':
    case 'cable.del':
      return undefined;
    case 'nic.add': {
      const { at, name, mac, mtu } = operation;
      const words = attributeWords({ ...(mac && { mac }), ...(mtu && { mtu }) });
      return step(at, { kind: 'nic', name, words }, `network card ${name}`);
    }
    case 'cable.add': {
      const [{ machine, name }, far] = operation.ends;
      const text = `cable ${machine}/${name} ${far.machine}/${far.name}`;
      return step(rootOf(machine), { kind: 'cable', ends: operation.ends }, text);
    }
    case 'sysctl.set':
      return step(operation.at, { kind: 'write', path: pathOf(operation.key), text: operation.value }, operation.key);
    default: {
      const argv = wordsOf(operation);
      return step(rootOf(operation.at.machine), { kind: 'run', argv }, argv.join(' '));
    }
  }
};

/**
 * A device that comes and goes again only takes a number: of which kind it is does not matter, and every kernel makes
 * bridges, while few have dummies.
 */
const ofAnyKind = (operations: readonly Operation[]): readonly Operation[] => {
  const gone = new Set(operations.flatMap((each) => (each.op === 'link.del' ? [deviceKey(each.at, each.device)] : [])));
  return operations.map((each) =>
    each.op === 'link.add' && each.options.kind === 'dummy' && gone.has(deviceKey(each.at, each.name ?? ''))
      ? { ...each, options: { kind: 'bridge' } }
      : each,
  );
};
const deviceKey = ({ machine, namespace }: Place, name: string): string => `${machine} ${namespace} ${name}`;

/** What builds a world that a script starts in; nothing where that is an empty machine. */
export const worldSteps = (network: Network): readonly Step[] => {
  const machines = Object.values(network.machines);
  const isEmpty = machines.length === 1 && machines.every(({ devices }) => Object.keys(devices).length <= 1);
  return isEmpty ? [] : ofAnyKind(operationsOf(network)).flatMap((operation) => stepOf(operation) ?? []);
};
