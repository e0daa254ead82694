import { ipv6Number } from '../model/ip.ts';
import { icmp6Length, ipText } from './frame.ts';
import { isError6 } from './frame6.ts';
import type { IcmpSocket, IcmpSocketOptions } from './simulation.ts';
import { deviceAt, namespaceAt } from './socket.ts';
import { isLinkLocal, isMulticast6, LINK_SCOPE, scopeOf6 } from './stack/ipv6/address.ts';
import { pathMtu6, sendIcmp6 } from './stack/ipv6/output.ts';
import { type Query6, routeOutput6 } from './stack/ipv6/route.ts';
import { confirmNeighbour } from './stack/neighbour.ts';
import type { NetDev, Netns, RawSocket6, World } from './world.ts';

/** What connects to an address of one link must say which (net/ipv6/datagram.c:__ip6_datagram_connect); packets may guess. */
const needsScope = (to: bigint, device: NetDev | undefined): boolean =>
  device === undefined && (isLinkLocal(to) || (isMulticast6(to) && scopeOf6(to) <= LINK_SCOPE));

/** A raw ICMPv6 socket (net/ipv6/raw.c) with ping's filter: it hears of echoes and, by IPV6_RECVERR, of errors. */
export const openIcmp6Socket = (world: World, options: IcmpSocketOptions): IcmpSocket => {
  const device = options.device === undefined ? undefined : deviceAt(world, options.at, options.device);
  const source = options.source === undefined ? 0n : ipv6Number(options.source);
  const socket: RawSocket6 = {
    device,
    source,
    receive: ({ src, dst, hopLimit, body }, as, time, dev) => {
      if (!('bytes' in body) && !isError6(body)) return;
      options.receive({
        ...{ family: 6, time, as, from: ipText(src), to: ipText(dst) },
        ...{ ttl: hopLimit, bytes: icmp6Length(body), icmp: body, device: dev.spot.device },
      });
    },
  };
  const ns = namespaceAt(world, options.at);
  if (ns) ns.inet6.sockets = [...ns.inet6.sockets, socket];
  const query: Query6 = { out: device, source, bound: device !== undefined };
  return {
    connect: (to) => {
      const target = ipv6Number(to);
      if (!ns) return { errno: 'ENETUNREACH' };
      if (needsScope(target, device)) return { errno: 'EINVAL' };
      const route = routeOutput6(ns, target, query);
      if (route.type === 'none') return { errno: route.errno };
      return route.source === 0n ? { errno: 'EADDRNOTAVAIL' } : { source: ipText(route.source) };
    },
    mtu: (to) => {
      const route = ns && routeOutput6(ns, ipv6Number(to), query);
      return route === undefined || route.type === 'none' ? 0 : pathMtu6(ns!, route.dev, ipv6Number(to));
    },
    send: ({ to, ident, seq, bytes, ttl, dontFragment, confirm }) => {
      const target = ipv6Number(to);
      if (!ns) return 'ENETUNREACH';
      if (confirm) confirmWay6(world, ns, target, query);
      return sendIcmp6(world, ns, {
        ...query,
        to: target,
        body: { icmp: 'echo-request', ident, seq, bytes },
        ...(ttl === undefined ? {} : { hopLimit: ttl }),
        ...(dontFragment === undefined ? {} : { dontFragment }),
      });
    },
    close: () => {
      if (ns) ns.inet6.sockets = ns.inet6.sockets.filter((each) => each !== socket);
    },
  };
};

/** MSG_CONFIRM: the sender knows that the way works (net/ipv6/raw.c:rawv6_sendmsg). */
const confirmWay6 = (world: World, ns: Netns, target: bigint, query: Query6): void => {
  const route = routeOutput6(ns, target, query);
  if (route.type === 'unicast') confirmNeighbour(world, route.dev, route.gateway || target);
};
