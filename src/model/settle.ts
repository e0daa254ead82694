import { type Device, isIpvlan, type NamespaceName } from './device.ts';
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

/**
 * A state that a person gave to a port lasts until a port of that bridge begins or ceases to work; then, without
 * STP, all forward again, save those that were disabled (net/bridge/br_stp.c:br_port_state_selection).
 */
const selectPortStates = (edit: Edit, before: Network): void => {
  const odd = devicesOf(machineOf(edit)).filter(({ port }) => port && port.state !== 'forwarding');
  for (const { id, master } of odd) {
    const bridge = master === undefined ? undefined : deviceOf(edit, master);
    if (bridge?.kind !== 'bridge' || bridge.settings.stp) continue;
    const now = workingPorts(edit.network, edit.machine, bridge);
    const earlier = workingPorts(before, edit.machine, bridge);
    if (now.join() === earlier.join()) continue;
    const device = deviceOf(edit, id);
    const isNew = now.includes(id) && !earlier.includes(id);
    if (device.port && (device.port.state !== 'disabled' || isNew))
      putDevice(edit, { ...device, port: { ...device.port, state: 'forwarding' } });
  }
};

const workingPorts = (network: Network, machine: MachineName, { id }: Device): readonly number[] => {
  const home = network.machines[machine];
  if (!home?.devices[id]?.up) return [];
  const ports = devicesOf(home).filter((device) => device.master === id && isRunning(network, machine, device));
  return ports.map((port) => port.id);
};
