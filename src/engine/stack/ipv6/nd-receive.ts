import { MILLISECOND } from '../../event.ts';
import type { Icmp6, Ipv6 } from '../../frame6.ts';
import { delivered, drop } from '../../skb.ts';
import type { Address6, NetDev, Skb, World } from '../../world.ts';
import { createNeighbour, updateNeighbour } from '../neighbour.ts';
import { ANY6, isMulticast6 } from './address.ts';
import { failDad } from './dad.ts';
import { advertise, advertiseToAll } from './nd.ts';
import { addressOn } from './source.ts';

/** Who answers for another waits a random time below this (neigh/DEVICE/proxy_delay). */
const PROXY_DELAY = 800 * MILLISECOND;

type Message<Kind extends Icmp6['icmp']> = Extract<Icmp6, { readonly icmp: Kind }>;

/**
 * Somebody asks for an address (net/ipv6/ndisc.c:ndisc_recv_ns). Unlike ARP only the device that has it answers, and
 * whether the asker's own address may be right is not looked at.
 */
export const receiveSolicitation = (
  world: World,
  dev: NetDev,
  skb: Skb,
  packet: Ipv6,
  body: Message<'neighbor-solicitation'>,
): void => {
  const own = addressOn(dev, body.target);
  if (own && own.state !== 'ready') return meetTentative(world, dev, skb, packet, body, own);
  if (!own && !proxies(dev, body.target)) return drop(world, skb, dev, 'nd.not-ours');
  delivered(world, skb, 'nd');
  if (own || skb.as === 'host') return answer(world, dev, packet, body, own !== undefined);
  world.clock.after(Math.floor(PROXY_DELAY * world.random()), () => answer(world, dev, packet, body, false));
};

/** An address that is not ours yet is not answered for; whoever else is about to take it, takes it from us. */
const meetTentative = (
  world: World,
  dev: NetDev,
  skb: Skb,
  packet: Ipv6,
  body: Message<'neighbor-solicitation'>,
  own: Address6,
): void => {
  if (packet.src !== ANY6) return drop(world, skb, dev, 'nd.tentative');
  if (body.nonce !== undefined && body.nonce === own.nonce) return drop(world, skb, dev, 'nd.reflected');
  delivered(world, skb, 'nd');
  if (own.state === 'tentative') failDad(world, own);
};

/** `ip -6 neigh add proxy` on a router (ndisc.c:ndisc_recv_ns with net.ipv6.conf.DEVICE.proxy_ndp). */
const proxies = (dev: NetDev, target: bigint): boolean =>
  dev.inet6!.conf.forwarding && dev.inet6!.conf.proxyNdp && (dev.ns.inet6.proxies.get(target)?.includes(dev) ?? false);

const answer = (
  world: World,
  dev: NetDev,
  { src, dst }: Ipv6,
  { target, source }: Message<'neighbor-solicitation'>,
  own: boolean,
): void => {
  if (src === ANY6) return advertiseToAll(world, dev, target, own);
  const group = isMulticast6(dst);
  const known = dev.neighbours.get(src);
  if (!known && group && source === undefined) return;
  const asker = known ?? createNeighbour(world, dev, src);
  if (source !== undefined) updateNeighbour(world, asker, { mac: source, state: 'stale', override: true });
  advertise(world, dev, { to: src, target, solicited: true, override: own && group, named: group });
};

/** Somebody says where an address is (ndisc.c:ndisc_recv_na). */
export const receiveAdvertisement = (
  world: World,
  dev: NetDev,
  skb: Skb,
  packet: Ipv6,
  { target, mac, ...flags }: Message<'neighbor-advertisement'>,
): void => {
  if (isMulticast6(target) || (isMulticast6(packet.dst) && flags.solicited))
    return drop(world, skb, dev, 'nd.malformed');
  const own = addressOn(dev, target);
  if (own && own.state !== 'tentative') return drop(world, skb, dev, 'nd.own-address');
  if (own) {
    delivered(world, skb, 'nd');
    return failDad(world, own);
  }
  const neighbour = dev.neighbours.get(target);
  if (!neighbour || neighbour.state === 'failed' || (mac === undefined && neighbour.mac === 0))
    return drop(world, skb, dev, 'nd.unsolicited');
  delivered(world, skb, 'nd');
  updateNeighbour(world, neighbour, {
    mac: mac ?? neighbour.mac,
    state: flags.solicited ? 'reachable' : 'stale',
    override: flags.override,
    weak: true,
    router: flags.router,
  });
};

/** A host that looks for routers makes itself known to them (ndisc.c:ndisc_recv_rs). */
export const receiveRouterSolicitation = (
  world: World,
  dev: NetDev,
  skb: Skb,
  { src }: Ipv6,
  { source }: Message<'router-solicitation'>,
): void => {
  if (!dev.inet6!.conf.forwarding) return drop(world, skb, dev, 'nd.not-router');
  delivered(world, skb, 'nd');
  if (src === ANY6 || source === undefined) return;
  const host = dev.neighbours.get(src) ?? createNeighbour(world, dev, src);
  updateNeighbour(world, host, { mac: source, state: 'stale', override: true, router: false });
};
