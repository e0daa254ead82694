import { SECOND } from '../event.ts';
import type { Icmp } from '../frame.ts';
import type { NetDev, Netns, World } from '../world.ts';

/** net.ipv4.route.mtu_expires and min_pmtu. */
const LIFETIME = 600 * SECOND;
const LEAST = 552;

/** A router cannot pass on what is larger than this (net/ipv4/route.c:__ip_rt_update_pmtu). */
export const learnPathMtu = (
  world: World,
  ns: Netns,
  { mtu = 0, about }: Extract<Icmp, { readonly icmp: 'unreachable' }>,
): void => {
  if (about.body.icmp === 'echo-request' && ns.sockets.length === 0) return;
  ns.pathMtus.set(about.dst, { mtu: Math.max(LEAST, mtu), until: world.clock.now() + LIFETIME });
};

/** The largest packet for a destination: what the device takes, or what a router further on has said. */
export const pathMtu = (world: World, ns: Netns, dev: NetDev, destination: number): number => {
  const learned = ns.pathMtus.get(destination);
  if (!learned) return dev.mtu;
  if (learned.until > world.clock.now()) return Math.min(dev.mtu, learned.mtu);
  ns.pathMtus.delete(destination);
  return dev.mtu;
};
