import { type Ip, ipv6Number } from '../model/ip.ts';
import type { Place } from '../model/network.ts';
import { ipText } from './frame.ts';
import type { AddressState, RouteAnswer, RouteQuestion } from './simulation.ts';
import { deviceAt, namespaceAt } from './socket.ts';
import { routeOutput6 } from './stack/ipv6/route.ts';
import { addressOn } from './stack/ipv6/source.ts';
import type { World } from './world.ts';

/** net/ipv6/route.c:inet6_rtm_getroute */
export const routeGet6 = (world: World, at: Place, { to, from, out }: RouteQuestion): RouteAnswer => {
  const ns = namespaceAt(world, at);
  if (!ns) return { type: 'none', errno: 'ENETUNREACH' };
  const device = out === undefined ? undefined : deviceAt(world, at, out);
  const source = from === undefined ? 0n : ipv6Number(from);
  const route = routeOutput6(ns, ipv6Number(to), { out: device, source });
  if (route.type === 'none') return route;
  const { model } = route.fib;
  return {
    type: route.type,
    device: route.dev.spot.device,
    table: model.table,
    protocol: model.protocol,
    metric: model.metric,
    ...(route.gateway === 0n ? {} : { gateway: ipText(route.gateway) }),
    ...(route.source === 0n ? {} : { source: ipText(route.source) }),
  };
};

/** How far duplicate address detection has come with an address; those of IPv4 need none. */
export const addressState = (world: World, at: Place, device: string, ip: Ip): AddressState => {
  const dev = ip.includes(':') ? deviceAt(world, at, device) : undefined;
  switch (dev && addressOn(dev, ipv6Number(ip))?.state) {
    case 'new':
    case 'tentative':
      return 'tentative';
    case 'duplicate':
      return 'dadfailed';
    default:
      return 'ready';
  }
};
