import { carrierNow } from './carrier.ts';
import type { Device, DeviceId } from './device.ts';
import { deviceOf, type Edit, edit as editOf, isThere, machineOf, putDevice } from './edit.ts';
import { childrenOf, farEndOf, linkOf, masterOf, portsOf } from './find.ts';
import { configure6, isEnabled6 } from './inet6.ts';
import { hasCarrier, isRunning } from './link-state.ts';
import type { Cable, CableEnd, Machine, Network } from './network.ts';
import { allotNsid } from './nsid.ts';

/**
 * What follows by itself once an operation is done: carrier, and what a device does that comes to have it. It begins at
 * the devices that the operation touched, and goes on from one that changed to those that depend on it, over cables too.
 */
export const settle = (edit: Edit, before: Network): void => {
  const others = [...settleMachine(edit, before), ...recabled(before, edit.network)];
  for (const { machine, device } of others) {
    const there = editOf(edit.network, machine);
    there.touched.add(device);
    settle(there, edit.network);
    edit.network = there.network;
  }
};

/** The ends of cables that were plugged in or pulled out. */
const recabled = (before: Network, now: Network): readonly CableEnd[] => {
  if (before.cables === now.cables) return [];
  const missingIn = (cables: readonly Cable[]) => (cable: Cable) => !cables.includes(cable);
  const changed = [...before.cables.filter(missingIn(now.cables)), ...now.cables.filter(missingIn(before.cables))];
  return changed.flatMap(({ ends }) => ends);
};

/** Answers which ends of cables may see a difference. */
const settleMachine = (edit: Edit, before: Network): readonly CableEnd[] => {
  const seen = new Map<DeviceId, Device>();
  const far: CableEnd[] = [];
  // Whoever is touched again comes round again.
  for (const id of edit.touched) {
    edit.touched.delete(id);
    if (!isThere(edit, id)) continue;
    const was = seen.get(id) ?? before.machines[edit.machine]?.devices[id];
    settleDevice(edit, id, before.machines[edit.machine]);
    const is = deviceOf(edit, id);
    seen.set(id, is);
    if (was?.up === is.up && was.carrier === is.carrier && was.port === is.port) continue;
    for (const other of dependants(edit, is)) edit.touched.add(other.id);
    const end = is.kind === 'nic' && was?.up !== is.up ? farEndOf(edit.network, edit.machine, id) : undefined;
    if (end?.plugged) far.push(end.end);
  }
  return far;
};

/** Those to whom it matters whether a device is up and has a link. */
const dependants = (edit: Edit, device: Device): readonly Device[] => [
  ...childrenOf(machineOf(edit), device.id),
  ...(device.kind === 'veth' ? [deviceOf(edit, device.peer)] : []),
  ...(device.kind === 'bridge' ? portsOf(machineOf(edit), device.id) : []),
  ...(device.master === undefined ? [] : [deviceOf(edit, device.master)]),
];

const settleDevice = (edit: Edit, id: DeviceId, before: Machine | undefined): void => {
  takeCarrier(edit, deviceOf(edit, id));
  const device = deviceOf(edit, id);
  if (device.up && isEnabled6(device)) configure6(edit, device);
  if (!isFirstOfPair(device, before)) nameLinkNamespace(edit, device);
  revivePort(edit, device, before);
};

const takeCarrier = (edit: Edit, device: Device): void => {
  const now = carrierNow(edit, device);
  if (now !== hasCarrier(device)) putDevice(edit, { ...device, carrier: now ? 'on' : 'off' });
};

/** A device whose link is in another namespace makes its own number that one (rtnetlink.c:rtnl_fill_link_netnsid). */
const nameLinkNamespace = (edit: Edit, device: Device): void => {
  const link = linkOf(machineOf(edit), device);
  if (link.where === 'elsewhere') allotNsid(edit, device.namespace, link.device.namespace);
};

/** When the first of a pair is announced it does not know the other yet (drivers/net/veth.c:veth_newlink). */
const isFirstOfPair = (device: Device, before: Machine | undefined): boolean =>
  device.kind === 'veth' && device.id < device.peer && !hasCarrier(device) && !before?.devices[device.id];

/** A port that was disabled by a person works again once its link comes back (net/bridge/br_if.c:br_port_carrier_check). */
const revivePort = (edit: Edit, device: Device, before: Machine | undefined): void => {
  if (device.port?.state !== 'disabled' || !works(machineOf(edit), device.id)) return;
  if (!before || !works(before, device.id))
    putDevice(edit, { ...device, port: { ...device.port, state: 'forwarding' } });
};

const works = (machine: Machine, id: DeviceId): boolean => {
  const device = machine.devices[id];
  if (!device || !isRunning(device)) return false;
  const master = masterOf(machine, device);
  return master.enslaved && master.bridge.up;
};
