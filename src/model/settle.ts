import { type DeviceId, isIpvlan, type NamespaceName } from './device.ts';
import { deviceOf, type Edit, edit as editOf, machineOf, namespaceOf, putDevice, putNamespace } from './edit.ts';
import { devicesOf, linkOf } from './find.ts';
import { configure6, isEnabled6 } from './inet6.ts';
import { carrier, isRunning } from './link-state.ts';
import type { MachineName, Network } from './network.ts';

/**
 * What follows by itself once an operation is done: carrier that ipvlan children copy, link-local addresses of devices
 * that came to run, numbers for namespaces that can be seen. All machines: a cable carries a link to others.
 */
export const settle = (edit: Edit, before: Network): void => {
  for (const name of Object.keys(edit.network.machines) as MachineName[]) {
    const here = editOf(edit.network, name);
    settleMachine(here);
    selectPortStates(here, before);
    edit.network = here.network;
  }
};

const settleMachine = (edit: Edit): void => {
  for (const { id } of devicesOf(machineOf(edit))) {
    copyCarrier(edit, id);
    const device = deviceOf(edit, id);
    if (device.up && isEnabled6(device)) configure6(edit, device);
    nameLinkNamespace(edit, id);
  }
};

/**
 * An ipvlan child takes its parent's carrier when the parent comes up or changes, and from Linux 6.12 on also when it
 * goes down (drivers/net/ipvlan/ipvlan_main.c:ipvlan_device_event).
 */
const copyCarrier = (edit: Edit, id: number): void => {
  const device = deviceOf(edit, id);
  if (!isIpvlan(device)) return;
  const parent = deviceOf(edit, device.parent);
  if (!parent.up && edit.network.kernel === '6.1') return;
  const now = carrier(edit.network, edit.machine, parent);
  if (now !== device.carrier) putDevice(edit, { ...device, carrier: now });
};

/** A device whose link is in another namespace makes its own number that one (rtnetlink.c:rtnl_fill_link_netnsid). */
const nameLinkNamespace = (edit: Edit, id: number): void => {
  const device = deviceOf(edit, id);
  const link = linkOf(machineOf(edit), device);
  if (link.where === 'elsewhere') allotNsid(edit, device.namespace, link.device.namespace);
};

/** The lowest free number by which one namespace calls another (net/core/net_namespace.c:peernet2id_alloc). */
export const allotNsid = (edit: Edit, from: NamespaceName, to: NamespaceName): void => {
  const namespace = namespaceOf(edit, from);
  if (from === to || Object.hasOwn(namespace.nsids, to)) return;
  const taken = new Set(Object.values(namespace.nsids));
  let number = 0;
  while (taken.has(number)) number++;
  putNamespace(edit, { ...namespace, nsids: { ...namespace.nsids, [to]: number } });
};

/** A port that was disabled by a person works again once its link comes back (net/bridge/br_if.c:br_port_carrier_check). */
const selectPortStates = (edit: Edit, before: Network): void => {
  for (const device of devicesOf(machineOf(edit))) {
    if (device.port?.state !== 'disabled' || !works(edit.network, edit.machine, device.id)) continue;
    if (!works(before, edit.machine, device.id))
      putDevice(edit, { ...device, port: { ...device.port, state: 'forwarding' } });
  }
};

const works = (network: Network, machine: MachineName, id: DeviceId): boolean => {
  const devices = network.machines[machine]?.devices;
  const device = devices?.[id];
  if (!device || device.master === undefined) return false;
  return (devices[device.master]?.up ?? false) && isRunning(network, machine, device);
};
