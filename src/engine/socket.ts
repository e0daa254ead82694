import { findDevice } from '../model/find.ts';
import { ipv4Number } from '../model/ip.ts';
import type { Place } from '../model/network.ts';
import type { Errno } from '../model/refusal.ts';
import { type Frame, ipText } from './frame.ts';
import { transmit } from './netdev.ts';
import type { IcmpSocket, IcmpSocketOptions, PacketSocket } from './simulation.ts';
import { newSkb } from './skb.ts';
import { confirmNeighbour } from './stack/neighbour.ts';
import { icmpLength, sendIcmp } from './stack/output.ts';
import { pathMtu } from './stack/path-mtu.ts';
import { routeOutput } from './stack/route.ts';
import { deviceKey, namespaceKey } from './sync/keys.ts';
import type { NetDev, Netns, PacketTap, RawSocket, World } from './world.ts';

export const namespaceAt = (world: World, at: Place): Netns | undefined =>
  world.namespaces.get(namespaceKey(at.machine, at.namespace));

export const deviceAt = (world: World, at: Place, name: string): NetDev | undefined => {
  const found = findDevice(world.network, at, name);
  return found.ok ? world.devices.get(deviceKey(at.machine, found.value.id)) : undefined;
};

/** A raw ICMP socket (net/ipv4/raw.c) that also hears of errors (IP_RECVERR). */
export const openIcmpSocket = (world: World, options: IcmpSocketOptions): IcmpSocket => {
  const device = options.device === undefined ? undefined : deviceAt(world, options.at, options.device);
  const source = options.source === undefined ? 0 : ipv4Number(options.source);
  const socket: RawSocket = {
    device,
    source,
    receive: (packet, as, time) =>
      options.receive({
        family: 4,
        time,
        from: ipText(packet.src),
        to: ipText(packet.dst),
        ttl: packet.ttl,
        bytes: icmpLength(packet.body),
        as,
        icmp: packet.body,
      }),
  };
  const ns = namespaceAt(world, options.at);
  if (ns) ns.sockets = [...ns.sockets, socket];
  const query = { out: device, source };
  return {
    connect: (to, { broadcast }) => {
      if (!ns) return { errno: 'ENETUNREACH' };
      const route = routeOutput(world, ns, ipv4Number(to), query);
      if (route.type === 'none') return { errno: route.errno };
      if (route.type === 'broadcast' && !broadcast) return { errno: 'EACCES' };
      return { source: ipText(source || route.source) };
    },
    mtu: (to) => {
      if (!ns) return 0;
      const route = routeOutput(world, ns, ipv4Number(to), query);
      return route.type === 'none' ? 0 : pathMtu(world, ns, route.dev, ipv4Number(to));
    },
    send: ({ to, ident, seq, bytes, ttl, broadcast, dontFragment, confirm }): Errno | undefined => {
      if (!ns) return 'ENETUNREACH';
      const target = ipv4Number(to);
      if (confirm) confirmWay(world, ns, target, query);
      return sendIcmp(world, ns, {
        ...query,
        to: target,
        body: { icmp: 'echo-request', ident, seq, bytes },
        broadcast: broadcast ?? false,
        ...(ttl === undefined ? {} : { ttl }),
        ...(dontFragment === undefined ? {} : { dontFragment }),
      });
    },
    close: () => {
      if (ns) ns.sockets = ns.sockets.filter((each) => each !== socket);
    },
  };
};

/** MSG_CONFIRM: the sender knows that the way works (net/ipv4/raw.c:raw_sendmsg). */
const confirmWay = (
  world: World,
  ns: Netns,
  target: number,
  query: { out: NetDev | undefined; source: number },
): void => {
  const route = routeOutput(world, ns, target, query);
  if (route.type === 'unicast') confirmNeighbour(world, route.dev, route.gateway || target);
};

/** A packet socket on one device (net/packet/af_packet.c). */
export const openPacketSocket = (
  world: World,
  at: Place,
  device: string,
  receive: PacketTap['receive'],
): PacketSocket => {
  const dev = deviceAt(world, at, device);
  const tap: PacketTap = { receive };
  if (dev) dev.taps = [...dev.taps, tap];
  return {
    send: (frame: Frame) => (dev ? transmit(world, dev, newSkb(world, dev, frame)) : 'ENODEV'),
    close: () => {
      if (dev) dev.taps = dev.taps.filter((each) => each !== tap);
    },
  };
};
