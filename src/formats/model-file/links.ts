import { assertNever } from '../../base/assert-never.ts';
import { type Mac, parseMac } from '../../model/mac.ts';
import type { KindOptions, LinkAttributes, Operation, VethOptions } from '../../model/operation.ts';
import { drawNoneOf, linkSteps, mtuSteps, numberFor } from '../builder.ts';
import { type Entry, entryOf, find, lookUp } from './entries.ts';
import { settingsOf, stackedOptions } from './kind-options.ts';
import { carryOut, macAt, type Reading } from './reading.ts';
import type { SpecOf } from './schema.ts';

type Making = {
  readonly reading: Reading;
  readonly entries: readonly Entry[];
  readonly done: Set<Entry>;
  readonly open: Set<Entry>;
  /** Addresses that the file gives to devices of the machine. */
  readonly macs: ReadonlySet<Mac>;
};

/** What is there before anybody gives a command, then what stands on nothing. */
const FIRST: readonly (readonly Entry['spec']['kind'][])[] = [['nic'], ['bridge', 'dummy'], ['veth']];

/** Makes the devices of a machine, each behind what it stands on. */
export const makeLinks = (reading: Reading, entries: readonly Entry[]): void => {
  const making: Making = { reading, entries, done: new Set(), open: new Set(), macs: macsIn(entries) };
  for (const kinds of FIRST) for (const entry of entries) if (kinds.includes(entry.spec.kind)) make(making, entry);
  for (const entry of entries) make(making, entry);
};

const macsIn = (entries: readonly Entry[]): ReadonlySet<Mac> =>
  new Set(
    entries.flatMap(({ spec }) => {
      const mac = 'mac' in spec && spec.mac !== undefined ? parseMac(spec.mac) : undefined;
      return mac?.ok ? [mac.value] : [];
    }),
  );

const make = (making: Making, entry: Entry): void => {
  const { reading, done, open } = making;
  if (done.has(entry)) return;
  if (open.has(entry)) {
    reading.complain(entry.path, 'key', `"${entry.name}" stands on itself.`, 'Give one of them another parent.');
    reading.absent.add(entry.name);
    done.add(entry);
    return;
  }
  open.add(entry);
  if (!('mac' in entry.spec)) drawNoneOf(reading.builder, entry.at, making.macs);
  const steps = stepsFor(making, entry);
  if (done.has(entry)) return;
  done.add(entry);
  if (!steps?.every((step) => carryOut(reading, step, entry.path, 'key'))) reading.absent.add(entry.name);
};

/** What makes a device, which is nothing for `lo`; undefined once there was something to complain about. */
const stepsFor = (making: Making, entry: Entry): readonly Operation[] | undefined => {
  const { reading } = making;
  const { at, name, spec, path } = entry;
  switch (spec.kind) {
    case 'loopback':
      if (name !== 'lo')
        reading.complain(path, 'key', 'The loopback device is called "lo".', 'Use kind dummy for another.');
      return [];
    case 'nic': {
      const { mac, mtu } = attributesOf(reading, entry);
      indexFor(reading, entry);
      return [
        { op: 'nic.add', at, name, ...(mac === undefined ? {} : { mac }), ...(mtu === undefined ? {} : { mtu }) },
      ];
    }
    case 'dummy':
      return [plain(reading, entry, { kind: 'dummy' })];
    case 'bridge':
      return [plain(reading, entry, { kind: 'bridge', ...settingsOf(spec) }), ...ownMtu(entry)];
    case 'veth':
      return pair(making, entry, spec);
    case 'vlan':
    case 'macvlan':
    case 'macvtap':
    case 'ipvlan':
    case 'ipvtap':
      return stacked(making, entry, spec.parent, stackedOptions(reading, entry, spec));
    default:
      return assertNever(spec);
  }
};

const plain = (reading: Reading, entry: Entry, options: KindOptions): Operation => ({
  op: 'link.add',
  at: entry.at,
  name: entry.name,
  options,
  attributes: { ...attributesOf(reading, entry), ...indexFor(reading, entry) },
});

/** A bridge takes its MTU from its ports, unless it is told when it is there (net/bridge/br_device.c:br_change_mtu). */
const ownMtu = ({ at, name, spec }: Entry): readonly Operation[] =>
  spec.kind === 'bridge' && spec.mtu !== undefined ? mtuSteps(at, name, USUAL_MTU, spec.mtu) : [];
const USUAL_MTU = 1500;

const attributesOf = (reading: Reading, { spec, path }: Entry): LinkAttributes => {
  const mac = 'mac' in spec ? macAt(reading, spec.mac, [...path, 'mac']) : undefined;
  const { txqueuelen: txQueueLength, group } = spec;
  const mtu = spec.kind === 'bridge' ? undefined : spec.mtu;
  const given = Object.entries({ mac, mtu, txQueueLength, group }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
};

const indexFor = (
  reading: Reading,
  { at, spec, unused }: Entry,
  isBehindPeer = false,
): Pick<LinkAttributes, 'ifindex'> =>
  spec.index === undefined ? {} : numberFor(reading.builder, at, { ifindex: spec.index, unused, isBehindPeer });

const stacked = (
  making: Making,
  entry: Entry,
  name: string,
  options: KindOptions,
): readonly Operation[] | undefined => {
  const { reading, entries } = making;
  const parent = find(reading, entries, entry, name, [...entry.path, 'parent']);
  if (!parent) return undefined;
  make(making, parent);
  const { at } = parent;
  const netns = at.namespace === entry.at.namespace ? {} : { netns: entry.at.namespace };
  const attributes = { ...attributesOf(reading, entry), ...indexFor(reading, entry), ...netns };
  return linkSteps(reading.builder.network, {
    op: 'link.add',
    at,
    name: entry.name,
    link: parent.name,
    options,
    attributes,
  });
};

/** Both ends may be listed, each as the peer of the other; then they are made once. */
const pair = (making: Making, entry: Entry, spec: SpecOf<'veth'>): readonly Operation[] | undefined => {
  const { reading, entries, done } = making;
  const far = lookUp(entries, entry, spec.peer);
  const other = entryOf(entries, far);
  if (other && !isPeerOf(entries, other, entry)) {
    const remedy = `Let "${other.name}" be a veth with "${entry.name}" as its peer, or leave it out.`;
    reading.complain([...entry.path, 'peer'], 'value', `"${spec.peer}" is something else already.`, remedy);
    return undefined;
  }
  if (other) done.add(other);
  const isSameNamespace = far.namespace === entry.at.namespace;
  const netns = isSameNamespace ? {} : { netns: far.namespace };
  const farIndex = other ? indexFor(reading, other) : {};
  const peer: VethOptions['peer'] = {
    name: far.name,
    ...(other ? attributesOf(reading, other) : { up: true }),
    ...farIndex,
    ...netns,
  };
  const isBehindPeer = isSameNamespace && farIndex.ifindex === undefined;
  const attributes = { ...attributesOf(reading, entry), ...indexFor(reading, entry, isBehindPeer) };
  return [{ op: 'link.add', at: entry.at, name: entry.name, options: { kind: 'veth', peer }, attributes }];
};

const isPeerOf = (entries: readonly Entry[], other: Entry, entry: Entry): boolean => {
  if (other === entry || other.spec.kind !== 'veth') return false;
  return entryOf(entries, lookUp(entries, other, other.spec.peer)) === entry;
};
