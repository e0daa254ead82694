import type { LinkChanges, OperationOf } from '../../model/operation.ts';
import { advanceIndex } from '../builder.ts';
import { parseAddress } from '../phrases/address.ts';
import { parseNeighbour } from '../phrases/neighbour.ts';
import { parseRoute } from '../phrases/route.ts';
import type { Entry, Site } from './entries.ts';
import { carryOut, isOn, listed, parsed, type Reading } from './reading.ts';

export const setSysctls = (reading: Reading, { at, path, spec }: Site): void => {
  for (const [key, value] of Object.entries(spec.sysctl ?? {}))
    carryOut(reading, { op: 'sysctl.set', at, key, value: `${value}` }, [...path, 'sysctl', key]);
};

/** `lo` is up too, as on any machine that has booted. */
export const bringUpLoopback = (reading: Reading, { at, path, spec }: Site): void => {
  if (spec.devices?.['lo']) return;
  carryOut(reading, { op: 'link.set', at, device: 'lo', changes: { up: true } }, path, 'key');
};

/** Up unless it says otherwise; a VLAN comes up with its parent, so that one is told to be down. */
export const bringUp = (reading: Reading, { at, name: device, spec, path }: Entry): void => {
  const isVlan = spec.kind === 'vlan';
  if (spec.up !== false) carryOut(reading, { op: 'link.set', at, device, changes: { up: true } }, path, 'key');
  else if (isVlan) carryOut(reading, { op: 'link.set', at, device, changes: { up: false } }, path, 'key');
  const changes = flagsOf(spec);
  if (Object.keys(changes).length > 0) carryOut(reading, { op: 'link.set', at, device, changes }, path, 'key');
};

const flagsOf = ({
  kind,
  alias,
  arp,
  promisc,
  allmulticast,
  multicast,
  group,
  txqueuelen,
}: Entry['spec']): LinkChanges => ({
  ...(alias === undefined ? {} : { alias }),
  ...(arp === undefined ? {} : { noarp: !isOn(arp) }),
  ...(promisc === undefined ? {} : { promisc: isOn(promisc) }),
  ...(allmulticast === undefined ? {} : { allmulti: isOn(allmulticast) }),
  ...(multicast === undefined ? {} : { multicast: isOn(multicast) }),
  // Others have had these since they were made.
  ...(isThereAlready(kind) && group !== undefined ? { group } : {}),
  ...(isThereAlready(kind) && txqueuelen !== undefined ? { txQueueLength: txqueuelen } : {}),
});

const isThereAlready = (kind: Entry['spec']['kind']): boolean => kind === 'nic' || kind === 'loopback';

export const giveAddresses = (reading: Reading, { at, name: device, spec, path }: Entry): void => {
  for (const [text, place] of listed(spec.address, [...path, 'address'])) {
    const address = parsed(reading, parseAddress(text), place);
    if (address) carryOut(reading, { op: 'addr.add', at, device, ...address }, place);
  }
};

export const addRoutes = (reading: Reading, { at, path, spec }: Site): void => {
  for (const [text, place] of listed(spec.routes, [...path, 'routes'])) {
    // Beside another one of the same prefix and metric, or in its place, where an `add` would be refused.
    const [, how = 'add', phrase = text] = /^\s*(append|prepend|replace)\s+(.*)$/s.exec(text) ?? [];
    const route = parsed(reading, parseRoute(phrase), place);
    if (route) carryOut(reading, { op: 'route.add', at, how: how as OperationOf<'route.add'>['how'], route }, place);
  }
};

export const addNeighbours = (reading: Reading, { at, path, spec }: Site): void => {
  for (const [text, place] of listed(spec.neighbours, [...path, 'neighbours'])) {
    const phrase = parsed(reading, parseNeighbour(text), place);
    if (!phrase) continue;
    const { proxy, ...entry } = phrase;
    const add: OperationOf<'proxy.add'> | OperationOf<'neigh.add'> =
      'state' in entry ? { op: 'neigh.add', at, how: 'add', ...entry } : { op: 'proxy.add', at, ...entry };
    carryOut(reading, add, place);
  }
};

export const finishIndex = (reading: Reading, { at, spec }: Site): void => {
  if (spec['next index'] !== undefined) advanceIndex(reading.builder, at, spec['next index']);
};
