import { DEFAULT_KERNEL, type MachineName, type Network, ROOT } from '../../model/network.ts';
import type { NicName } from '../../model/operation.ts';
import { type Builder, createBuilder } from '../builder.ts';
import { didYouMean } from '../diagnostic.ts';
import { bridgesIn, finishBridge, joinPorts } from './bridges.ts';
import {
  addNeighbours,
  addRoutes,
  bringUp,
  bringUpLoopback,
  finishIndex,
  giveAddresses,
  setSysctls,
} from './configure.ts';
import type { Path } from './document.ts';
import { entriesOf, machinesOf, sitesOf } from './entries.ts';
import { makeLinks } from './links.ts';
import { carryOut, type Reading } from './reading.ts';
import type { MachineSpec, ModelFile } from './schema.ts';

/** Builds the network that a model file describes. Each stage needs what those before it have made. */
export const assemble = (model: ModelFile, complain: Reading['complain']): Builder => {
  const kernel = model.kernel === undefined ? DEFAULT_KERNEL : (`${model.kernel}` as Network['kernel']);
  const reading: Reading = { builder: createBuilder(kernel), complain, absent: new Set() };
  const machines = machinesOf(model);
  for (const [name, spec] of machines) addMachine(reading, name, spec, spec.ipv6 ?? model.ipv6 ?? false);
  addCables(reading, model);
  for (const [name, spec] of machines) configure(reading, name, spec);
  return reading.builder;
};

const addMachine = (reading: Reading, name: MachineName, spec: MachineSpec, ipv6: boolean): void => {
  const path: Path = ['machines', name];
  if (!/^[^\s/]+$/.test(name))
    reading.complain(path, 'key', 'The name of a machine has neither spaces nor slashes in it.');
  carryOut(reading, { op: 'machine.add', machine: name, role: spec.role ?? 'host', ipv6 }, path, 'key');
  const [home, ...others] = sitesOf(name, spec);
  for (const site of others) {
    const add = { op: 'netns.add', at: { machine: name, namespace: ROOT }, name: site.at.namespace } as const;
    if (!carryOut(reading, add, site.path, 'key')) reading.absent.add(site.at.namespace);
  }
  makeLinks(reading, entriesOf(home ? [home, ...others] : others));
};

const configure = (reading: Reading, name: MachineName, spec: MachineSpec): void => {
  const sites = sitesOf(name, spec);
  const entries = entriesOf(sites);
  const bridges = bridgesIn(entries);
  for (const bridge of bridges) joinPorts(reading, bridge, entries);
  for (const site of sites) setSysctls(reading, site);
  for (const site of sites) bringUpLoopback(reading, site);
  for (const entry of entries) bringUp(reading, entry);
  for (const bridge of bridges) finishBridge(reading, bridge);
  for (const entry of entries) giveAddresses(reading, entry);
  for (const site of sites) addRoutes(reading, site);
  for (const site of sites) addNeighbours(reading, site);
  for (const site of sites) finishIndex(reading, site);
};

const addCables = (reading: Reading, model: ModelFile): void => {
  for (const [i, [a, b]] of (model.cables ?? []).entries()) {
    const ends = [nicAt(reading, model, a, ['cables', i, 0]), nicAt(reading, model, b, ['cables', i, 1])] as const;
    if (ends[0] && ends[1]) carryOut(reading, { op: 'cable.add', ends: [ends[0], ends[1]] }, ['cables', i]);
  }
};

/** `MACHINE/NAME`; on which of the machine's namespaces the card is makes no difference to a cable. */
const nicAt = (reading: Reading, model: ModelFile, text: string, path: Path): NicName | undefined => {
  const cards = machinesOf(model).flatMap(([machine, spec]) =>
    entriesOf(sitesOf(machine, spec)).flatMap((entry) =>
      entry.spec.kind === 'nic' ? [{ machine, name: entry.name }] : [],
    ),
  );
  const found = cards.find(({ machine, name }) => `${machine}/${name}` === text);
  if (found) return found;
  const names = cards.map(({ machine, name }) => `${machine}/${name}`);
  reading.complain(path, 'value', `There is no network card "${text}".`, didYouMean(text, names));
  return undefined;
};
