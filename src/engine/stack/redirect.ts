import { MILLISECOND, SECOND } from '../event.ts';
import type { Icmp } from '../frame.ts';
import type { NetDev, Peer, World } from '../world.ts';
import { addressType, isMulticast4, isZeronet4, LIMITED_BROADCAST, onlink } from './fib.ts';
import { solicitNeighbour, validNeighbour } from './neighbour.ts';
import { routeOutput } from './route.ts';

const LOAD = 20 * MILLISECOND;
const LIMIT = 9;
const SILENCE = LOAD * 2 ** (LIMIT + 1);
/** How long a redirected destination keeps its new gateway (net/ipv4/route.c: ip_rt_gc_timeout). */
const LIFETIME = 300 * SECOND;

/** Whether a router tells this sender once more that there is a better way (net/ipv4/route.c:ip_rt_send_redirect). */
export const redirectDue = (world: World, peer: Peer): boolean => {
  const now = world.clock.now();
  if (now > peer.last + SILENCE) {
    peer.tokens = 0;
    peer.redirects = 0;
  }
  if (peer.redirects >= LIMIT) {
    peer.last = now;
    return false;
  }
  if (peer.redirects > 0 && now <= peer.last + LOAD * 2 ** peer.redirects) return false;
  peer.last = now;
  peer.redirects++;
  return true;
};

type Redirect = Extract<Icmp, { readonly icmp: 'redirect' }>;

/**
 * A gateway says that another one is nearer (net/ipv4/route.c:__ip_do_redirect). It is believed only by whoever uses that
 * gateway for this destination, and only once the new gateway's own address is known.
 */
export const takeRedirect = (world: World, dev: NetDev, from: number, { gateway, about }: Redirect): void => {
  const { ns } = dev;
  if (about.body.icmp === 'echo-request' && ns.sockets.length === 0) return;
  const route = routeOutput(world, ns, about.dst, { source: about.src });
  if (route.type !== 'unicast' || route.gateway !== from) return;
  if (!acceptable(dev, gateway, from)) return;
  const mac = validNeighbour(route.dev, gateway);
  if (mac === undefined) {
    solicitNeighbour(world, route.dev, gateway);
    return;
  }
  if (!route.fib) return;
  const { gateway: old, model } = route.fib;
  ns.exceptions.set(about.dst, { gateway, old, route: model, until: world.clock.now() + LIFETIME });
  ns.routes.delete(about.dst);
  if (world.listener)
    world.listener({ kind: 'rerouted', time: world.clock.now(), at: dev.spot, destination: about.dst, gateway });
};

const acceptable = (dev: NetDev, gateway: number, from: number): boolean => {
  const { conf } = dev;
  if (gateway === from || !conf.acceptRedirects) return false;
  if (isMulticast4(gateway) || gateway === LIMITED_BROADCAST || isZeronet4(gateway)) return false;
  return conf.sharedMedia ? addressType(dev.ns, gateway) === 'unicast' : onlink(dev, gateway, from);
};
