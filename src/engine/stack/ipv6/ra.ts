import { networkOf } from '../../../model/ip.ts';
import type { Route as ModelRoute } from '../../../model/network.ts';
import { ipText } from '../../frame.ts';
import type { AdvertisedPrefix, Icmp6, Ipv6 } from '../../frame6.ts';
import { delivered, drop } from '../../skb.ts';
import { adoptAddress, adoptRoutes } from '../../sync/advertised.ts';
import type { NetDev, Skb, World } from '../../world.ts';
import { createNeighbour, updateNeighbour } from '../neighbour.ts';
import { isLinkLocal } from './address.ts';
import { linkLocalOf } from './source.ts';

type RouterAdvertisement = Extract<Icmp6, { readonly icmp: 'router-advertisement' }>;

/** A router makes itself known (net/ipv6/ndisc.c:ndisc_router_discovery). */
export const receiveRouterAdvertisement = (
  world: World,
  dev: NetDev,
  skb: Skb,
  { src }: Ipv6,
  { source, lifetimeSeconds, prefixes }: RouterAdvertisement,
): void => {
  if (!isLinkLocal(src)) return drop(world, skb, dev, 'nd.malformed');
  const inet6 = dev.inet6!;
  if (!inet6.conf.acceptRa) return drop(world, skb, dev, 'nd.ra-refused');
  delivered(world, skb, 'nd');
  inet6.advertised = true;
  if (inet6.solicitation) world.clock.cancel(inet6.solicitation);
  const router = dev.neighbours.get(src) ?? createNeighbour(world, dev, src);
  if (source !== undefined)
    updateNeighbour(world, router, { mac: source, state: 'stale', override: true, router: true });
  adoptRoutes(dev, [
    { route: defaultRoute(dev, src), stays: lifetimeSeconds > 0 },
    ...prefixes
      .filter(({ onLink, prefix }) => onLink && !isLinkLocal(prefix))
      .map((each) => ({ route: prefixRoute(dev, each), stays: each.validSeconds > 0 })),
  ]);
  if (inet6.conf.autoconf) for (const prefix of prefixes) configure(world, dev, prefix);
};

const base = { family: 6, table: 'main', type: 'unicast', scope: 'global' } as const;

const defaultRoute = ({ id }: NetDev, via: bigint): ModelRoute => ({
  ...base,
  destination: ipText(0n),
  length: 0,
  device: id,
  via: ipText(via),
  metric: 1024,
  protocol: 'ra',
});

const prefixRoute = ({ id }: NetDev, { prefix, length }: AdvertisedPrefix): ModelRoute => ({
  ...base,
  destination: networkOf({ address: ipText(prefix), length }),
  length,
  device: id,
  metric: 256,
  protocol: 'kernel',
});

/** An address of one's own in the advertised prefix, with the lower half of the link-local one (addrconf.c:addrconf_prefix_rcv). */
const configure = (world: World, dev: NetDev, { prefix, length, autonomous, validSeconds }: AdvertisedPrefix): void => {
  const own = linkLocalOf(dev);
  if (!autonomous || length !== 64 || validSeconds === 0 || isLinkLocal(prefix) || own === 0n) return;
  adoptAddress(world, dev, ((prefix >> 64n) << 64n) | (own & 0xffff_ffff_ffff_ffffn));
};
