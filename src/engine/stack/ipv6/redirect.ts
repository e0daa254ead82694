import type { Icmp6, Ipv6 } from '../../frame6.ts';
import type { NetDev, World } from '../../world.ts';
import { createNeighbour, updateNeighbour, validNeighbour } from '../neighbour.ts';
import { ANY6, isLinkLocal, isMulticast6 } from './address.ts';
import { ND_HOP_LIMIT } from './nd.ts';
import { sendOnLink } from './output.ts';
import { routeOutput6 } from './route.ts';
import { linkLocalOf } from './source.ts';

/**
 * A router tells a host on the link of a better next hop (net/ipv6/ndisc.c:ndisc_send_redirect): from its own link-local
 * address, and only of the destination itself or of a link-local one. `afford` pays for it.
 */
export const sendRedirect6 = (world: World, dev: NetDev, about: Ipv6, target: bigint, afford: () => boolean): void => {
  const src = linkLocalOf(dev);
  if (src === ANY6 || (target !== about.dst && !isLinkLocal(target))) return;
  const back = routeOutput6(dev.ns, about.src, { out: dev, source: src });
  if (back.type === 'none' || back.gateway !== ANY6 || !afford()) return;
  const mac = validNeighbour(dev, target);
  const body = { icmp: 'redirect', target, destination: about.dst, about } as const;
  sendOnLink(world, dev, {
    src,
    dst: about.src,
    hopLimit: ND_HOP_LIMIT,
    body: mac === undefined ? body : { ...body, mac },
  });
};

type Redirect6 = Extract<Icmp6, { readonly icmp: 'redirect' }>;

/**
 * A router says that another next hop is nearer (net/ipv6/route.c:rt6_do_redirect). It is believed by hosts only, and
 * only if it is the very gateway in use: by its link-local address.
 */
export const takeRedirect6 = (world: World, dev: NetDev, from: bigint, redirect: Redirect6): void => {
  const { target, destination, mac } = redirect;
  const { conf } = dev.inet6!;
  if (!isLinkLocal(from) || isMulticast6(destination) || (target !== destination && !isLinkLocal(target))) return;
  if (conf.forwarding || !conf.acceptRedirects) return;
  const route = routeOutput6(dev.ns, destination, { out: dev, source: redirect.about.src });
  if (route.type !== 'unicast' || route.dev !== dev || route.gateway !== from) return;
  const neighbour = dev.neighbours.get(target) ?? createNeighbour(world, dev, target);
  if (mac !== undefined)
    updateNeighbour(world, neighbour, {
      mac,
      state: 'stale',
      override: true,
      ...(target === destination ? {} : { router: true }),
    });
  dev.ns.inet6.exceptions.set(destination, { gateway: target, route: route.fib.model });
  if (world.listener)
    world.listener({ kind: 'rerouted', time: world.clock.now(), at: dev.spot, destination, gateway: target });
};
