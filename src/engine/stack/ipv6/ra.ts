import type { Icmp6, Ipv6 } from '../../frame6.ts';
import { delivered, drop } from '../../skb.ts';
import type { NetDev, Skb, World } from '../../world.ts';
import { createNeighbour, updateNeighbour } from '../neighbour.ts';
import { isLinkLocal } from './address.ts';

type RouterAdvertisement = Extract<Icmp6, { readonly icmp: 'router-advertisement' }>;

/** A router makes itself known (net/ipv6/ndisc.c:ndisc_router_discovery). */
export const receiveRouterAdvertisement = (
  world: World,
  dev: NetDev,
  skb: Skb,
  { src }: Ipv6,
  { source }: RouterAdvertisement,
): void => {
  if (!isLinkLocal(src)) return drop(world, skb, dev, 'nd.malformed');
  const inet6 = dev.inet6!;
  if (!inet6.conf.acceptRa) return drop(world, skb, dev, 'nd.ra-refused');
  delivered(world, skb, 'nd');
  inet6.advertised = true;
  const router = dev.neighbours.get(src) ?? createNeighbour(world, dev, src);
  if (source !== undefined)
    updateNeighbour(world, router, { mac: source, state: 'stale', override: true, router: true });
};
