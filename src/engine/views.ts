import type { DeviceId } from '../model/device.ts';
import { type Ip, ipv4Number } from '../model/ip.ts';
import type { Place } from '../model/network.ts';
import { flushPort } from './devices/bridge/fdb.ts';
import { SECOND } from './event.ts';
import { type IpAddr, ipText, macText } from './frame.ts';
import type { Counters, FdbRow, NeighbourRow, RouteAnswer, RouteQuestion } from './simulation.ts';
import { deviceAt, namespaceAt } from './socket.ts';
import { forgetNeighbour, validNeighbour } from './stack/neighbour.ts';
import { routeOutput } from './stack/route.ts';
import { deviceKey } from './sync/keys.ts';
import type { Exception, Netns, World } from './world.ts';

export const neighbours = (world: World, at: Place): readonly NeighbourRow[] => {
  const now = world.clock.now();
  const rows: NeighbourRow[] = [];
  for (const dev of namespaceAt(world, at)?.devices ?? [])
    for (const { ip, mac, state, used, confirmed, updated, probes, router } of dev.neighbours.values()) {
      if (state === 'none') continue;
      const ages = { usedAgo: now - used, confirmedAgo: now - confirmed, updatedAgo: now - updated };
      const row = { device: dev.spot.device, ip: ipText(ip), state, probes, router, ...ages };
      rows.push(validNeighbour(dev, ip) === undefined ? row : { ...row, mac: macText(mac) });
    }
  return rows;
};

export const flushNeighbours = (
  world: World,
  at: Place,
  which: { readonly device?: string; readonly ip?: Ip },
): number => {
  let count = 0;
  for (const dev of namespaceAt(world, at)?.devices ?? []) {
    if (which.device !== undefined && dev.spot.device !== which.device) continue;
    for (const neighbour of [...dev.neighbours.values()]) {
      if (neighbour.state === 'permanent' || neighbour.state === 'noarp') continue;
      if (which.ip !== undefined && ipText(neighbour.ip) !== which.ip) continue;
      forgetNeighbour(world, neighbour);
      count++;
    }
  }
  return count;
};

export const fdb = (world: World, at: Place, bridge: string): readonly FdbRow[] => {
  const now = world.clock.now();
  const dev = deviceAt(world, at, bridge);
  const ageing = dev?.device.kind === 'bridge' ? dev.device.settings.ageingTime * SECOND : 0;
  const rows: FdbRow[] = [];
  const all = [...(dev?.bridge?.fdb.values() ?? [])].flatMap((entries) => [...entries.values()]);
  for (const { mac, vlan, port, kind, sticky, updated, used } of all.sort((a, b) => a.serial - b.serial)) {
    if (kind === 'dynamic' && now >= updated + ageing) continue;
    rows.push({
      mac: macText(mac),
      vlan,
      device: port?.spot.device ?? bridge,
      state: kind === 'local' ? 'permanent' : kind,
      sticky,
      local: kind === 'local',
      usedAgo: now - used,
      updatedAgo: now - updated,
    });
  }
  return rows;
};

export const flushFdb = (world: World, at: Place, port: string): void => {
  const dev = deviceAt(world, at, port);
  if (dev) flushPort(dev.master, dev);
};

const NOTHING: Counters = {
  rxPackets: 0,
  rxBytes: 0,
  rxDropped: 0,
  rxMulticast: 0,
  txPackets: 0,
  txBytes: 0,
  txDropped: 0,
  txErrors: 0,
  txCarrier: 0,
};

export const counters = (world: World, at: Place, id: DeviceId): Counters =>
  world.devices.get(deviceKey(at.machine, id))?.tally ?? NOTHING;

export const routeGet = (world: World, at: Place, { to, from, out }: RouteQuestion): RouteAnswer => {
  const ns = namespaceAt(world, at);
  if (!ns) return { type: 'none', errno: 'ENETUNREACH' };
  const destination = ipv4Number(to);
  const device = out === undefined ? undefined : deviceAt(world, at, out);
  const route = routeOutput(world, ns, destination, { out: device, source: from === undefined ? 0 : ipv4Number(from) });
  if (route.type === 'none') return route;
  const redirect = ns.exceptions.get(destination);
  return {
    type: route.type,
    device: route.dev.spot.device,
    table: route.fib?.model.table ?? 'main',
    ...(route.gateway === 0 ? {} : { gateway: ipText(route.gateway) }),
    ...(route.source === 0 ? {} : { source: ipText(route.source) }),
    ...(redirect && redirect.gateway === route.gateway ? { redirectedFor: secondsLeft(world, redirect) } : {}),
  };
};

const secondsLeft = (world: World, { until }: Exception): number => Math.ceil((until - world.clock.now()) / SECOND);

export const exceptions = (world: World, at: Place): readonly { readonly destination: Ip; readonly gateway: Ip }[] =>
  [...exceptionsIn(namespaceAt(world, at))].map(([destination, { gateway }]) => ({
    destination: ipText(destination),
    gateway: ipText(gateway),
  }));

const exceptionsIn = (ns: Netns | undefined): readonly (readonly [IpAddr, { readonly gateway: IpAddr }])[] =>
  ns ? [...ns.exceptions, ...ns.inet6.exceptions] : [];
