import type { PortSettings } from '../../model/device.ts';
import { withFiller } from '../builder.ts';
import { didYouMean } from '../diagnostic.ts';
import { parseFdb, parseVlan } from '../phrases/bridge.ts';
import { inverse, PORT_WORDS } from '../phrases/settings.ts';
import type { Path } from './document.ts';
import type { Entry } from './entries.ts';
import { carryOut, isOn, listed, parsed, type Reading } from './reading.ts';
import type { PortSpec, SpecOf } from './schema.ts';

type BridgeEntry = Entry & { readonly spec: SpecOf<'bridge'> };
const isBridge = (entry: Entry): entry is BridgeEntry => entry.spec.kind === 'bridge';

export const bridgesIn = (entries: readonly Entry[]): readonly BridgeEntry[] => entries.filter(isBridge);

/** Lets ports join, in the order of the file, and sets what they are to do. */
export const joinPorts = (reading: Reading, bridge: BridgeEntry, entries: readonly Entry[]): void => {
  const { at, name: master, spec } = bridge;
  if (spec['had ports'])
    withFiller(
      reading.builder,
      { op: 'link.add', at, options: { kind: 'dummy' }, attributes: { master } },
      () => undefined,
    );
  for (const [device, port] of Object.entries(spec.ports ?? {})) {
    const path = [...bridge.path, 'ports', device];
    if (isBeside(reading, bridge, device, entries, path)) joinPort(reading, bridge, device, port ?? {}, path);
  }
  setVlans(reading, bridge, master, spec.vlans, bridge.path);
};

const isBeside = (
  reading: Reading,
  { at }: BridgeEntry,
  name: string,
  entries: readonly Entry[],
  path: Path,
): boolean => {
  const names = entries.filter((one) => one.at.namespace === at.namespace).map((one) => one.name);
  // The far end of a pair need not be listed.
  const isFarEnd = entries.some((one) => one.spec.kind === 'veth' && one.spec.peer.split('/').at(-1) === name);
  if (names.includes(name) || isFarEnd) return true;
  reading.complain(path, 'key', `There is no device "${name}" beside the bridge.`, didYouMean(name, names));
  return false;
};

const joinPort = (reading: Reading, bridge: BridgeEntry, device: string, port: PortSpec, path: Path): void => {
  const { at, name: master } = bridge;
  if (!carryOut(reading, { op: 'link.set', at, device, changes: { master } }, path, 'key')) return;
  const { state: _later, ...settings } = settingsOf(port);
  const { proxyArp, proxyArpWifi, ...changes } = settings;
  const slave = {
    ...(proxyArp === undefined ? {} : { proxyArp }),
    ...(proxyArpWifi === undefined ? {} : { proxyArpWifi }),
  };
  if (Object.keys(changes).length > 0) carryOut(reading, { op: 'port.set', at, device, changes }, path);
  // The bridge command has no words for these.
  if (Object.keys(slave).length > 0) carryOut(reading, { op: 'link.set', at, device, changes: { port: slave } }, path);
  setVlans(reading, bridge, device, port.vlans, path);
};

const PORT_KEYS: Readonly<Record<string, string>> = inverse(PORT_WORDS);

const settingsOf = (port: PortSpec): Partial<PortSettings> =>
  Object.fromEntries(
    Object.entries(port).flatMap(([word, value]) => {
      const key = Object.hasOwn(PORT_KEYS, word) ? PORT_KEYS[word] : undefined;
      if (key === undefined) return [];
      const isSwitch = value === 'on' || value === 'off' || typeof value === 'boolean';
      return [[key, isSwitch ? isOn(value) : value]];
    }),
  );

/** What is listed takes the place of the VLAN that every port has from the start. */
const setVlans = (
  reading: Reading,
  bridge: BridgeEntry,
  device: string,
  vlans: PortSpec['vlans'],
  path: Path,
): void => {
  if (vlans === undefined) return;
  const { at, spec, name } = bridge;
  const self = device === name ? { self: true } : {};
  const usual = spec.vlan_default_pvid ?? 1;
  if (usual > 0) carryOut(reading, { op: 'vlan.del', at, device, vid: usual, ...self }, path);
  for (const [text, place] of listed(vlans, [...path, 'vlans'])) {
    const vlan = parsed(reading, parseVlan(text), place);
    if (vlan) carryOut(reading, { op: 'vlan.add', at, device, ...vlan, ...self }, place);
  }
};

/** What only ports that are up can have: a state of their own, and entries that were learned. */
export const finishBridge = (reading: Reading, bridge: BridgeEntry): void => {
  const { at, spec } = bridge;
  for (const [device, port] of Object.entries(spec.ports ?? {})) {
    const state = port?.state;
    const path = [...bridge.path, 'ports', device, 'state'];
    if (state !== undefined) carryOut(reading, { op: 'port.set', at, device, changes: { state } }, path);
  }
  for (const [text, path] of listed(spec.fdb, [...bridge.path, 'fdb'])) {
    const entry = parsed(reading, parseFdb(text), path);
    if (!entry) continue;
    const target = entry.device === bridge.name ? 'self' : 'master';
    carryOut(reading, { op: 'fdb.add', at, how: 'add', ...entry, target }, path);
  }
};
