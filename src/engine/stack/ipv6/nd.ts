import type { IpAddr, MacAddr } from '../../frame.ts';
import { BROADCAST } from '../../frame.ts';
import type { Neighbour, NetDev, World } from '../../world.ts';
import { ALL_NODES, ALL_ROUTERS, ANY6, groupMac6, isMulticast6, solicitedNode } from './address.ts';
import { sendOnLink } from './output.ts';
import { addressOn, linkLocalOf, sourceAddress6 } from './source.ts';

/** Neighbour discovery cannot come from another link: no router lets this number pass (RFC 4861, 6.1). */
export const ND_HOP_LIMIT = 255;

/** Who need not be asked for: groups, and all on a device that takes no part (net/ipv6/ndisc.c:ndisc_constructor). */
export const constructNd = (dev: NetDev, ip: bigint): MacAddr | undefined => {
  if (isMulticast6(ip)) return groupMac6(ip);
  return dev.noarp || dev.loopback ? dev.mac : undefined;
};

/** Which of our addresses asks: the waiting packet's if this device has it, else the link-local one. */
const asker = (dev: NetDev, waiting: IpAddr | undefined): bigint => {
  const isOurs = typeof waiting === 'bigint' && addressOn(dev, waiting)?.state === 'ready';
  return isOurs ? waiting : linkLocalOf(dev);
};

/** Asks for a neighbour's address, at the one it had or among all whose address ends alike (ndisc.c:ndisc_solicit). */
export const solicitNd = (world: World, neighbour: Neighbour, to: MacAddr): void => {
  const { dev, ip, queue } = neighbour;
  if (typeof ip !== 'bigint') return;
  const src = asker(dev, queue.at(-1)?.source);
  if (src === ANY6) return;
  sendOnLink(world, dev, {
    src,
    dst: to === BROADCAST ? solicitedNode(ip) : ip,
    hopLimit: ND_HOP_LIMIT,
    body: { icmp: 'neighbor-solicitation', target: ip, source: dev.mac },
  });
};

/** Asks whether somebody else has an address before it is taken: from nobody (ndisc.c:ndisc_send_ns for DAD). */
export const sendProbe = (world: World, dev: NetDev, target: bigint, nonce: number): void =>
  sendOnLink(world, dev, {
    src: ANY6,
    dst: solicitedNode(target),
    hopLimit: ND_HOP_LIMIT,
    body: { icmp: 'neighbor-solicitation', target, nonce },
  });

export type Advertisement = {
  readonly to: bigint;
  readonly target: bigint;
  readonly solicited: boolean;
  readonly override: boolean;
  /** With our hardware address, which an asker that used it already knows. */
  readonly named: boolean;
};

/** ndisc.c:ndisc_send_na. Who answers for another uses an address of its own. */
export const advertise = (world: World, dev: NetDev, { to, target, named, ...flags }: Advertisement): void => {
  const src = addressOn(dev, target) ? target : sourceAddress6(dev.ns, dev, to);
  if (src === ANY6) return;
  const router = dev.inet6?.conf.forwarding ?? false;
  sendOnLink(world, dev, {
    src,
    dst: to,
    hopLimit: ND_HOP_LIMIT,
    body: { icmp: 'neighbor-advertisement', target, router, ...flags, ...(named ? { mac: dev.mac } : {}) },
  });
};

/** To whoever asked from no address. */
export const advertiseToAll = (world: World, dev: NetDev, target: bigint, override: boolean): void =>
  advertise(world, dev, { to: ALL_NODES, target, solicited: false, override, named: true });

/** ndisc.c:ndisc_send_rs */
export const solicitRouters = (world: World, dev: NetDev): void => {
  const src = linkLocalOf(dev);
  if (src === ANY6) return;
  const body = { icmp: 'router-solicitation', source: dev.mac } as const;
  sendOnLink(world, dev, { src, dst: ALL_ROUTERS, hopLimit: ND_HOP_LIMIT, body });
};
