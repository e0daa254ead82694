import type { Device } from '../../model/device.ts';
import { broadcastOf, ipv4Number, netmask4 } from '../../model/ip.ts';
import { macNumber } from '../../model/mac.ts';
import type { Machine } from '../../model/network.ts';
import { confOf } from '../conf.ts';
import { flushPort } from '../devices/bridge/fdb.ts';
import { TRANSMIT } from '../devices/index.ts';
import { scopeNumber } from '../stack/fib.ts';
import { forgetNeighbour } from '../stack/neighbour.ts';
import type { Address4, NetDev, Netns, World } from '../world.ts';
import { dropInet6, syncInet6 } from './inet6.ts';
import { deviceKey, namespaceKey } from './keys.ts';

const namespaceOf = (world: World, machine: Machine, device: Device): Netns =>
  world.namespaces.get(namespaceKey(machine.name, device.namespace))!;

const newDevice = (world: World, machine: Machine, device: Device): NetDev => {
  const dev: NetDev = {
    key: deviceKey(machine.name, device.id),
    id: device.id,
    spot: { machine: machine.name, namespace: device.namespace, device: device.name, id: device.id },
    ns: namespaceOf(world, machine, device),
    device,
    ifindex: device.ifindex,
    mac: macNumber(device.mac),
    mtu: device.mtu,
    up: device.up,
    carrier: false,
    noarp: device.noarp,
    loopback: device.kind === 'loopback',
    allGroups: false,
    promisc: false,
    gone: false,
    conf: confOf(namespaceOf(world, machine, device).namespace, device),
    transmit: TRANSMIT[device.kind],
    receive: undefined,
    peer: undefined,
    parent: undefined,
    master: undefined,
    port: undefined,
    learns: false,
    forwards: false,
    vlans: undefined,
    bridge:
      device.kind === 'bridge'
        ? { ports: [], fdb: new Map(), vlanFiltering: false, ageing: 0, proxies: false, serial: 0 }
        : undefined,
    macvlan: undefined,
    ipvlan: undefined,
    neighbours: new Map(),
    addresses4: [],
    inet6: undefined,
    groups: NO_GROUPS,
    taps: [],
    tally: {
      rxPackets: 0,
      rxBytes: 0,
      rxDropped: 0,
      rxMulticast: 0,
      txPackets: 0,
      txBytes: 0,
      txDropped: 0,
      txErrors: 0,
      txCarrier: 0,
    },
  };
  world.devices.set(dev.key, dev);
  return dev;
};

const NO_GROUPS: ReadonlySet<never> = new Set<never>();

export const flushNeighbours = (world: World, dev: NetDev): void => {
  for (const neighbour of [...dev.neighbours.values()]) forgetNeighbour(world, neighbour);
};

/** Copies what the model says; the neighbours go where the kernel drops them (net/ipv4/arp.c:arp_netdev_event). */
export const syncDevice = (world: World, machine: Machine, device: Device): void => {
  const known = world.devices.get(deviceKey(machine.name, device.id));
  const dev = known ?? newDevice(world, machine, device);
  const ns = namespaceOf(world, machine, device);
  const mac = macNumber(device.mac);
  const moved = dev.ns !== ns;
  if (known && (moved || (dev.up && !device.up) || dev.mac !== mac || dev.noarp !== device.noarp))
    flushNeighbours(world, dev);
  if (moved || dev.spot.device !== device.name)
    dev.spot = { machine: machine.name, namespace: device.namespace, device: device.name, id: device.id };
  const master = device.master;
  if (known?.device.master !== undefined && (known.device.master !== master || (known.up && !device.up)))
    flushPort(world.devices.get(deviceKey(machine.name, known.device.master)), dev);
  dev.ns = ns;
  dev.device = device;
  dev.ifindex = device.ifindex;
  dev.mac = mac;
  dev.mtu = device.mtu;
  dev.port = device.port;
  dev.up = device.up;
  dev.noarp = device.noarp;
  dev.conf = confOf(ns.namespace, device);
  if (moved) dropInet6(world, dev);
  syncInet6(world, dev, ns.namespace, device);
  dev.addresses4 = device.addresses.filter((address) => address.family === 4).map(addressOf);
};

const addressOf = (address: Device['addresses'][number]): Address4 => {
  const far = address.peer ?? address.local;
  return {
    local: ipv4Number(address.local),
    mask: netmask4(address.length),
    peer: ipv4Number(far),
    broadcast: ipv4Number(address.broadcast ?? broadcastOf({ address: far, length: address.length })),
    scope: scopeNumber(address.scope),
    secondary: address.secondary ?? false,
  };
};
