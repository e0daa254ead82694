import { syncFdb } from './devices/bridge/fdb.ts';
import { syncStaticNeighbours } from './stack/neighbour.ts';
import { restartInet6, settleInet6 } from './sync/inet6.ts';
import { deviceKey } from './sync/keys.ts';
import type { NetDev, Netns, World } from './world.ts';

/**
 * Puts everything that moves back to where a fresh simulation of the same network has it, without laying the network
 * out again: a matrix asks thousands of questions, each of caches that are cold.
 */
export const restartWorld = (world: World): void => {
  world.clock.reset();
  world.nextCopy = 1;
  world.storms = 0;
  world.deliveries = 0;
  world.changedAt = 0;
  for (const dev of world.devices.values()) forgetDevice(world, dev);
  for (const ns of world.namespaces.values()) forgetNamespace(world, ns);
  for (const dev of world.devices.values()) settleInet6(world, dev);
};

const forgetDevice = (world: World, dev: NetDev): void => {
  if (dev.neighbours.size > 0) dev.neighbours.clear();
  if (dev.taps.length > 0) dev.taps = [];
  const { tally } = dev;
  if (tally.rxPackets + tally.txPackets + tally.rxDropped + tally.txDropped > 0)
    for (const count of Object.keys(tally) as (keyof typeof tally)[]) tally[count] = 0;
  restartInet6(world, dev);
  if (!dev.bridge) return;
  dev.bridge.fdb.clear();
  syncFdb(world, dev);
};

const forgetNamespace = (world: World, ns: Netns): void => {
  // Remembered routes were looked up anew while a redirect was in force, and may follow it.
  if (ns.exceptions.size > 0) ns.routes.clear();
  ns.exceptions.clear();
  ns.pathMtus.clear();
  ns.peers.clear();
  ns.assemblies.clear();
  ns.sockets = [];
  ns.inet6.exceptions.clear();
  ns.inet6.pathMtu.clear();
  ns.inet6.peers.clear();
  ns.inet6.assemblies.clear();
  ns.inet6.sockets = [];
  if (ns.namespace.neighbours.length > 0)
    syncStaticNeighbours(world, ns, (id) => world.devices.get(deviceKey(ns.machine, id)));
};
