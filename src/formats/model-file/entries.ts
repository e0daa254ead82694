import type { NamespaceName } from '../../model/device.ts';
import { type MachineName, type Place, ROOT } from '../../model/network.ts';
import { didYouMean } from '../diagnostic.ts';
import type { Path } from './document.ts';
import type { Reading } from './reading.ts';
import type { DeviceSpec, MachineSpec, ModelFile, NamespaceSpec } from './schema.ts';

/** A namespace of the file, with its place in the network and in the file. */
export type Site = { readonly at: Place; readonly path: Path; readonly spec: NamespaceSpec };
/** A device of the file, and the first number that devices beside it have not had. */
export type Entry = {
  readonly at: Place;
  readonly path: Path;
  readonly name: string;
  readonly spec: DeviceSpec;
  readonly unused: number;
};

/** The machine itself, then its other namespaces. */
export const sitesOf = (machine: MachineName, spec: MachineSpec): readonly Site[] => {
  const path = ['machines', machine];
  const others = Object.entries(spec.namespaces ?? {}).map(([name, namespace]): Site => {
    const at = { machine, namespace: name as NamespaceName };
    return { at, path: [...path, 'namespaces', name], spec: namespace ?? {} };
  });
  return [{ at: { machine, namespace: ROOT }, path, spec }, ...others];
};

export const machinesOf = (model: ModelFile): readonly (readonly [MachineName, MachineSpec])[] =>
  Object.entries(model.machines).map(([name, spec]) => [name as MachineName, spec ?? {}]);

export const entriesOf = (sites: readonly Site[]): readonly Entry[] =>
  sites.flatMap(({ at, path, spec }) => {
    const unused = spec['next index'] ?? Number.POSITIVE_INFINITY;
    return Object.entries(spec.devices ?? {}).map(
      ([name, device]): Entry => ({ at, path: [...path, 'devices', name], name, spec: device, unused }),
    );
  });

export type DeviceName = { readonly namespace: NamespaceName; readonly name: string };

/** `NAME` is here or else in the machine itself, `NAMESPACE/NAME` there, `/NAME` in the machine itself. */
export const lookUp = (entries: readonly Entry[], { at }: Pick<Entry, 'at'>, text: string): DeviceName => {
  const slash = text.lastIndexOf('/');
  if (slash >= 0) return { namespace: (text.slice(0, slash) || ROOT) as NamespaceName, name: text.slice(slash + 1) };
  const isHere = entries.some((one) => one.at.namespace === at.namespace && one.name === text);
  const isAbove = entries.some((one) => one.at.namespace === ROOT && one.name === text);
  return { namespace: !isHere && isAbove ? ROOT : at.namespace, name: text };
};

export const entryOf = (entries: readonly Entry[], { namespace, name }: DeviceName): Entry | undefined =>
  entries.find((one) => one.at.namespace === namespace && one.name === name);

/** The entry that a name in the file stands for, or nothing once the complaint is made. */
export const find = (reading: Reading, entries: readonly Entry[], from: Entry, text: string, path: Path) => {
  const found = entryOf(entries, lookUp(entries, from, text));
  if (found) return found;
  const names = [...new Set(entries.map(({ name }) => name))];
  reading.complain(path, 'value', `"${from.at.machine}" has no device "${text}".`, didYouMean(text, names));
  return undefined;
};
