import { type Bridge, type Device, isMacvlan, isStacked, type Macvlan } from '../../model/device.ts';
import { allMulticast, promiscuity } from '../../model/link-state.ts';
import { macNumber } from '../../model/mac.ts';
import type { Machine } from '../../model/network.ts';
import { bridgeReceive } from '../devices/bridge/bridge.ts';
import { syncFdb } from '../devices/bridge/fdb.ts';
import { ipvlanReceive } from '../devices/ipvlan.ts';
import { macvlanReceive } from '../devices/macvlan.ts';
import { SECOND } from '../event.ts';
import type { MacvlanPort, NetDev, World } from '../world.ts';
import { deviceKey } from './keys.ts';

export const detach = (dev: NetDev): void => {
  if (dev.device.kind !== 'nic') dev.peer = undefined;
  dev.parent = undefined;
  dev.master = undefined;
  dev.vlans = undefined;
  dev.receive = undefined;
  dev.macvlan = undefined;
  dev.ipvlan = undefined;
  if (dev.bridge) dev.bridge.ports = [];
};

/** Ties a device to its peer, its parent and its bridge. */
export const attach = (world: World, machine: Machine, device: Device): void => {
  const find = (id: number): NetDev | undefined => world.devices.get(deviceKey(machine.name, id));
  const dev = find(device.id)!;
  dev.ns.devices.push(dev);
  if (device.kind === 'veth') dev.peer = find(device.peer);
  if (device.master !== undefined) {
    dev.master = find(device.master);
    dev.master?.bridge?.ports.push(dev);
    dev.receive = bridgeReceive;
  }
  if (!isStacked(device)) return;
  const parent = find(device.parent);
  if (!parent) return;
  dev.parent = parent;
  if (device.kind === 'vlan') attachVlan(parent, dev, device.vid);
  else if (isMacvlan(device)) attachMacvlan(parent, dev, device);
  else attachIpvlan(parent, dev);
};

const attachVlan = (parent: NetDev, dev: NetDev, vid: number): void => {
  parent.vlans ??= new Map();
  parent.vlans.set(vid, dev);
};

const attachMacvlan = (parent: NetDev, dev: NetDev, device: Macvlan): void => {
  const fresh = (): MacvlanPort => ({
    children: [],
    byMac: new Map(),
    passthru: undefined,
    bySource: new Map(),
    broadcastQueue: 0,
  });
  parent.macvlan ??= fresh();
  const port = parent.macvlan;
  parent.receive = macvlanReceive;
  port.children.push(dev);
  port.broadcastQueue = Math.max(port.broadcastQueue, device.bcQueueLength);
  if (device.mode === 'passthru') port.passthru = dev;
  if (!device.up) return;
  port.byMac.set(dev.mac, dev);
  if (device.mode !== 'source') return;
  for (const mac of device.sources) {
    const source = macNumber(mac);
    port.bySource.set(source, [...(port.bySource.get(source) ?? []), dev]);
  }
};

const attachIpvlan = (parent: NetDev, dev: NetDev): void => {
  const settings = parent.device.ipvlanPort;
  if (!settings) return;
  parent.ipvlan ??= { mode: settings.mode, flag: settings.flag, children: [], byIp: new Map() };
  const port = parent.ipvlan;
  parent.receive = ipvlanReceive;
  port.children.push(dev);
  if (!dev.up) return;
  for (const address of dev.addresses4) port.byIp.set(address.peer, dev);
  for (const { local } of dev.inet6?.addresses ?? []) port.byIp.set(local, dev);
};

export const finishDevice = (world: World, machine: Machine, device: Device): void => {
  const { network } = world;
  const dev = world.devices.get(deviceKey(machine.name, device.id))!;
  const watched =
    dev.macvlan !== undefined || dev.vlans !== undefined || dev.master !== undefined || dev.bridge !== undefined;
  dev.promisc = watched ? promiscuity(network, machine.name, device) > 0 : device.promisc;
  dev.allGroups = dev.promisc || (watched ? allMulticast(network, machine.name, device) > 0 : device.allmulti);
  if (!dev.bridge) return;
  const { settings } = device as Bridge;
  dev.bridge.vlanFiltering = settings.vlanFiltering;
  dev.bridge.ageing = settings.ageingTime * SECOND;
  dev.bridge.ports.sort((a, b) => (b.port?.joined ?? 0) - (a.port?.joined ?? 0));
  dev.bridge.proxies = dev.bridge.ports.some(({ port }) => port?.neighSuppress || port?.proxyArp || port?.proxyArpWifi);
  syncFdb(world, dev);
};
