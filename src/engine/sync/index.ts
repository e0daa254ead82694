import { findNamespace } from '../../model/find.ts';
import { hasCarrier } from '../../model/link-state.ts';
import type { Machine, MachineName, Network } from '../../model/network.ts';
import { flushPort } from '../devices/bridge/fdb.ts';
import { forgetNeighbour } from '../stack/neighbour.ts';
import type { NetDev, World } from '../world.ts';
import { attach, detach, finishDevice } from './attach.ts';
import { flushNeighbours, syncDevice } from './device.ts';
import { dropInet6, joinGroups, settleInet6 } from './inet6.ts';
import { deviceKey, namespaceKey } from './keys.ts';
import { finishNamespace, syncNamespace } from './namespace.ts';

/**
 * Brings the working state up to date with a network: what is gone goes, what changed takes what depended on it along
 * (neighbours of a device that went down, learned addresses of a port), and the rest stays as it is.
 */
export const syncWorld = (world: World, network: Network): void => {
  const before = world.network;
  world.network = network;
  // First of all, since where there is IPv6 a link that comes up sends something at once.
  world.budget = budgetFor(network);
  for (const machine of Object.values(network.machines)) {
    if (machine === before.machines[machine.name] && network.cables === before.cables && world.synced) continue;
    syncMachine(world, machine);
  }
  removeMissing(world, network);
  linkCables(world, network);
  refreshCarriers(world);
  for (const dev of world.devices.values()) refreshPort(dev);
  for (const dev of world.devices.values()) settleInet6(world, dev);
  world.synced = true;
};

/** How many copies one frame may have: more than any network without a loop makes. */
const budgetFor = ({ machines }: Network): number =>
  Object.values(machines).reduce((budget, { devices }) => budget + 16 * Object.keys(devices).length, 256);

const syncMachine = (world: World, machine: Machine): void => {
  for (const namespace of Object.values(machine.namespaces)) syncNamespace(world, machine, namespace);
  for (const device of Object.values(machine.devices)) syncDevice(world, machine, device);
  removeMissing(world, world.network, machine.name);
  for (const dev of world.devices.values()) if (dev.spot.machine === machine.name) detach(dev);
  for (const namespace of Object.values(machine.namespaces))
    world.namespaces.get(namespaceKey(machine.name, namespace.name))!.devices = [];
  for (const device of Object.values(machine.devices)) attach(world, machine, device);
  joinGroups([...world.devices.values()].filter(({ spot }) => spot.machine === machine.name));
  for (const device of Object.values(machine.devices)) finishDevice(world, machine, device);
  for (const namespace of Object.values(machine.namespaces)) finishNamespace(world, machine, namespace);
};

const removeMissing = (world: World, network: Network, only?: MachineName): void => {
  for (const [key, dev] of world.devices) {
    const { machine, id } = dev.spot;
    if (only !== undefined && machine !== only) continue;
    if (network.machines[machine]?.devices[id]) continue;
    flushNeighbours(world, dev);
    dropInet6(world, dev);
    if (dev.master) flushPort(dev.master, dev);
    dev.gone = true;
    dev.up = false;
    world.devices.delete(key);
  }
  for (const [key, ns] of world.namespaces)
    if (!findNamespace(network, { machine: ns.machine, namespace: ns.namespace.name }).ok) world.namespaces.delete(key);
};

/** Carrier reaches across machines, so it is looked at again for all of them. */
const refreshCarriers = (world: World): void => {
  for (const dev of world.devices.values()) {
    const now = hasCarrier(dev.device);
    if (dev.carrier && !now && dev.conf.evictNoCarrier)
      for (const neighbour of [...dev.neighbours.values()])
        if (neighbour.state !== 'permanent') forgetNeighbour(world, neighbour);
    if (dev.carrier && !now && dev.master) flushPort(dev.master, dev);
    dev.carrier = now;
  }
};

/** A port takes part when it, its carrier and its bridge are up (net/bridge/br_if.c:br_port_carrier_check). */
const refreshPort = (dev: NetDev): void => {
  const { port, master } = dev;
  const active = port !== undefined && dev.up && dev.carrier && (master?.up ?? false);
  dev.forwards = active && port.state === 'forwarding';
  dev.learns = dev.forwards || (active && port.state === 'learning');
};

const linkCables = (world: World, network: Network): void => {
  for (const dev of world.devices.values()) if (dev.device.kind === 'nic') dev.peer = undefined;
  for (const { ends } of network.cables) {
    const [a, b] = ends.map((end) => world.devices.get(deviceKey(end.machine, end.device)));
    if (!a || !b) continue;
    a.peer = b;
    b.peer = a;
  }
};
