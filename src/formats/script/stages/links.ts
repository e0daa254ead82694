import { assertNever } from '../../../base/assert-never.ts';
import {
  type Bridge,
  type Device,
  type DeviceId,
  type Ipvlan,
  isMacvlan,
  type Macvlan,
} from '../../../model/device.ts';
import { childrenOf, devicesIn, namespaceNamed, portsOf } from '../../../model/find.ts';
import { BRIDGE_DEFAULTS } from '../../../model/kinds/bridge.ts';
import type { Mac } from '../../../model/mac.ts';
import { ROOT } from '../../../model/network.ts';
import type { KindOptions, LinkAttributes, MacvlanOptions } from '../../../model/operation.ts';
import { advanceIndex, drawNoneOf, freeName, linkSteps, mtuSteps, numberFor, withFiller } from '../../builder.ts';
import { builtDevice, builtMachine, differing, emit, placeIn, type Target, targetDevices } from '../target.ts';
import { clashesWithChild } from './settings.ts';

/** Makes the devices, each where it is in the end. */
export const makeLinks = (target: Target): void => {
  for (const device of targetDevices(target)) makeLink(target, device);
};

const makeLink = (target: Target, device: Device): void => {
  switch (device.kind) {
    case 'loopback':
      return alterLoopback(target, device);
    case 'nic':
      return makeNic(target, device);
    case 'dummy':
      return addLink(target, device, { kind: 'dummy' });
    case 'bridge':
      return makeBridge(target, device);
    case 'veth':
      // The end that was made first is the peer of the other, and is made with it.
      return device.peer > device.id ? undefined : makePair(target, device, target.machine.devices[device.peer]!);
    case 'vlan':
      return addLink(target, device, { kind: 'vlan', protocol: device.protocol, vid: device.vid }, device.parent);
    case 'macvlan':
    case 'macvtap':
      return makeMacvlan(target, device);
    case 'ipvlan':
    case 'ipvtap':
      return makeIpvlan(target, device);
    default:
      return assertNever(device);
  }
};

/** It is there by itself, and may have been given another name or size since. */
const alterLoopback = (target: Target, device: Device): void => {
  const lo = devicesIn(builtMachine(target), device.namespace).find(({ kind }) => kind === 'loopback');
  if (!lo) return;
  const { name, mac, mtu } = device;
  const changes = differing({ name, mac, mtu }, lo);
  if (Object.keys(changes).length > 0)
    emit(target, { op: 'link.set', at: placeIn(target, device), device: lo.name, changes });
};

const macsOf = (target: Target): ReadonlySet<Mac> => new Set(targetDevices(target).map(({ mac }) => mac));

/** A number that the namespace has not given out itself came along when the card was moved there. */
const makeNic = (target: Target, device: Device): void => {
  const { name, mtu, ifindex, namespace } = device;
  const hasMoved = namespace !== ROOT && ifindex >= namespaceNamed(target.machine, namespace)!.nextIfindex;
  const at = placeIn(target, hasMoved ? { namespace: ROOT } : device);
  advanceIndex(target.builder, at, ifindex);
  const clashes = clashesWithChild(target, device);
  if (clashes) drawNoneOf(target.builder, at, macsOf(target));
  const mac = clashes ? {} : { mac: firstMac(target, device) };
  const first = hasMoved ? freeName(target.builder.network, [at], name) : name;
  emit(target, { op: 'nic.add', at, name: first, ...mac, ...(mtu === 1500 ? {} : { mtu }) });
  if (hasMoved)
    emit(target, {
      op: 'link.set',
      at,
      device: first,
      changes: { netns: namespace, ...(first === name ? {} : { name }) },
    });
};

/** The address to be made with, where a child changed it later (macvlan.c: passthru). */
const firstMac = ({ machine }: Target, device: Device): Mac => {
  const keeper = childrenOf(machine, device.id).find((child) => isMacvlan(child) && child.parentMac !== undefined);
  return keeper && isMacvlan(keeper) && keeper.parentMac !== undefined ? keeper.parentMac : device.mac;
};

const hasOwnMac = (device: Device): boolean => {
  if (device.kind === 'ipvlan' || device.kind === 'ipvtap') return false;
  if (device.kind === 'vlan' || device.kind === 'bridge') return device.macSet;
  return !(isMacvlan(device) && device.mode === 'passthru');
};

const usualQueue = (device: Device): number => (device.kind === 'macvtap' || device.kind === 'ipvtap' ? 500 : 1000);

const usualMtu = ({ machine }: Target, device: Device): number =>
  'parent' in device ? machine.devices[device.parent]!.mtu : 1500;

/** Of a bridge: children that are larger than usual need it to be so before its ports have joined. */
const comesFromPorts = ({ machine }: Target, device: Device): boolean =>
  device.kind === 'bridge' && device.mtu < 1500 && portsOf(machine, device.id).length > 0;

const attributesOf = (target: Target, device: Device): LinkAttributes => ({
  ...(hasOwnMac(device) && !clashesWithChild(target, device) ? { mac: firstMac(target, device) } : {}),
  ...(device.mtu === usualMtu(target, device) || comesFromPorts(target, device) ? {} : { mtu: device.mtu }),
  ...(device.txQueueLength === usualQueue(device) ? {} : { txQueueLength: device.txQueueLength }),
  ...(device.group === 0 ? {} : { group: device.group }),
});

const indexFor = (target: Target, device: Device, isBehindPeer = false): Pick<LinkAttributes, 'ifindex'> => {
  const unused = namespaceNamed(target.machine, device.namespace)!.nextIfindex;
  return numberFor(target.builder, placeIn(target, device), { ifindex: device.ifindex, unused, isBehindPeer });
};

const addLink = (target: Target, device: Device, options: KindOptions, parentId?: DeviceId): void => {
  const parent = parentId === undefined ? undefined : target.machine.devices[parentId]!;
  const at = placeIn(target, parent ?? device);
  const netns = device.namespace === at.namespace ? {} : { netns: device.namespace };
  const attributes = { ...attributesOf(target, device), ...indexFor(target, device), ...netns };
  if (device.kind === 'bridge' && !device.macSet) drawNoneOf(target.builder, at, macsOf(target));
  const link = parent ? { link: parent.name } : {};
  for (const step of linkSteps(target.builder.network, {
    op: 'link.add',
    at,
    name: device.name,
    ...link,
    options,
    attributes,
  }))
    emit(target, step);
};

const makeBridge = (target: Target, device: Bridge): void => {
  addLink(target, device, { kind: 'bridge', ...differing(device.settings, BRIDGE_DEFAULTS) });
  const from = builtDevice(target, device)?.mtu;
  if (!device.mtuSet || from === undefined) return;
  for (const step of mtuSteps(placeIn(target, device), device.name, from, device.mtu)) emit(target, step);
};

const makePair = (target: Target, device: Device, far: Device): void => {
  const at = placeIn(target, device);
  const netns = far.namespace === device.namespace ? {} : { netns: far.namespace };
  const farIndex = indexFor(target, far);
  const isNext = far.namespace === device.namespace && farIndex.ifindex === undefined;
  const peer = { name: far.name, ...attributesOf(target, far), ...farIndex, ...netns };
  const attributes = { ...attributesOf(target, device), ...indexFor(target, device, isNext) };
  emit(target, { op: 'link.add', at, name: device.name, options: { kind: 'veth', peer }, attributes });
};

const makeMacvlan = (target: Target, device: Macvlan): void => {
  const { kind, mode, nopromisc, nodst, sources, bcQueueLength, bcLimit } = device;
  const options: MacvlanOptions = {
    kind,
    mode,
    ...(nopromisc || nodst ? { flags: { nopromisc, nodst } } : {}),
    ...(sources.length > 0 ? { sources: { change: 'set', macs: sources } } : {}),
    ...(bcQueueLength === 1000 ? {} : { bcQueueLength }),
    ...(bcLimit === 1 ? {} : { bcLimit }),
  };
  addLink(target, device, options, device.parent);
  const { mac, name } = device;
  if (device.parentMac !== undefined && builtDevice(target, device)?.mac !== mac)
    emit(target, { op: 'link.set', at: placeIn(target, device), device: name, changes: { mac } });
};

/** Siblings that have gone took numbers, which IPv6 addresses are made of. */
const makeIpvlan = (target: Target, device: Ipvlan): void => {
  const parent = target.machine.devices[device.parent]!;
  const { mode = 'l3', flag = 'bridge' } = parent.ipvlanPort ?? {};
  const options = { kind: device.kind, mode, flag };
  const isNext = (): boolean => (builtDevice(target, parent)?.ipvlanPort?.nextDevId ?? 1) >= device.devId;
  const fill = (most: number): void => {
    if (isNext() || most === 0) return addLink(target, device, options, device.parent);
    const filler = { op: 'link.add', at: placeIn(target, parent), link: parent.name, options } as const;
    withFiller(target.builder, filler, () => fill(most - 1));
  };
  fill(MOST_SIBLINGS);
};
const MOST_SIBLINGS = 100;

/** The next number that a parent gives to an ipvlan child. */
export const countChildren = (target: Target): void => {
  for (const device of targetDevices(target)) {
    const { ipvlanPort: port } = device;
    if (!port) continue;
    for (let count = 0; count < MOST_SIBLINGS; count++) {
      if ((builtDevice(target, device)?.ipvlanPort?.nextDevId ?? port.nextDevId) >= port.nextDevId) break;
      const options = { kind: 'ipvlan', mode: port.mode, flag: port.flag } as const;
      const filler = { op: 'link.add', at: placeIn(target, device), link: device.name, options } as const;
      withFiller(target.builder, filler, () => undefined);
    }
  }
};

export const finishIndexes = (target: Target): void => {
  for (const { name: namespace, nextIfindex: next } of Object.values(target.machine.namespaces))
    advanceIndex(target.builder, { machine: target.machine.name, namespace }, next);
};
