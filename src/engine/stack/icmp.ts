import { SECOND, type Time } from '../event.ts';
import type { Icmp, Ipv4 } from '../frame.ts';
import { delivered, drop } from '../skb.ts';
import type { NetDev, Netns, Peer, Skb, World } from '../world.ts';
import { fibLookup, SCOPE, selectAddress } from './fib.ts';
import { sendIcmp } from './output.ts';
import { learnPathMtu } from './path-mtu.ts';
import { takeRedirect } from './redirect.ts';
import { routeOutput } from './route.ts';

/** What one error to a host costs where nothing else is set, and how many may be saved up (inetpeer.c:inet_peer_xrlim_allow). */
const COST = SECOND;
const SAVED = 6;

export const peerOf = (world: World, ns: Netns, host: number): Peer => {
  const known = ns.peers.get(host);
  if (known) return known;
  const peer: Peer = { tokens: 0, last: world.clock.now() - 60 * SECOND, redirects: 0 };
  ns.peers.set(host, peer);
  return peer;
};

/** Takes the price of one message from a host's tokens, if there are enough. */
export const pay = (world: World, peer: Peer, burst: Time, cost: Time = COST): boolean => {
  const now = world.clock.now();
  peer.tokens = Math.min(burst, peer.tokens + now - peer.last);
  peer.last = now;
  if (peer.tokens < cost) return false;
  peer.tokens -= cost;
  return true;
};

type ErrorBody = Extract<Icmp, { readonly about: Ipv4 }>;

const isError = (body: Icmp): boolean => body.icmp !== 'echo-request' && body.icmp !== 'echo-reply';

/** Whether the pace of errors allows one more; path MTUs, redirects and our own machine are exempt (icmp.c:icmpv4_xrlim_allow). */
const mayTell = (world: World, ns: Netns, body: ErrorBody, dev: NetDev): boolean => {
  if (dev.loopback || body.icmp === 'redirect' || (body.icmp === 'unreachable' && body.code === 4)) return true;
  return pay(world, peerOf(world, ns, body.about.src), SAVED * ns.icmpRateLimit, ns.icmpRateLimit);
};

/**
 * Tells the sender of a packet what became of it (net/ipv4/icmp.c:icmp_send). `at` is the device that it came in on, or
 * would have gone out of.
 */
export const sendError = (world: World, at: NetDev, skb: Skb, body: ErrorBody): void => {
  const { about } = body;
  const { ns } = at;
  if (skb.as !== 'host' || isError(about.body) || (about.fragment?.offset ?? 0) > 0 || about.src === 0) return;
  const route = routeOutput(world, ns, about.src);
  if (route.type === 'none' || !mayTell(world, ns, body, route.dev)) return;
  sendIcmp(world, ns, { to: about.src, body, dontFragment: 'never' });
};

/** An ICMP message for this machine (net/ipv4/icmp.c:icmp_rcv). Raw sockets have had their copy already. */
export const receiveIcmp = (world: World, dev: NetDev, skb: Skb, packet: Ipv4, broadcast: boolean): void => {
  const { body } = packet;
  const { ns } = dev;
  switch (body.icmp) {
    case 'echo-request':
      if (broadcast && ns.ignoreBroadcastEcho) return drop(world, skb, dev, 'icmp.broadcast-echo');
      if (ns.ignoreEcho) return drop(world, skb, dev, 'icmp.ignored');
      delivered(world, skb, 'icmp');
      sendIcmp(world, ns, {
        to: packet.src,
        body: { ...body, icmp: 'echo-reply' },
        source: broadcast ? replySource(dev, packet.src) : packet.dst,
        dontFragment: 'never',
      });
      return;
    case 'redirect':
      delivered(world, skb, 'icmp');
      takeRedirect(world, dev, packet.src, body);
      return;
    case 'unreachable':
      if (body.code === 4) learnPathMtu(world, ns, body);
      return delivered(world, skb, 'icmp');
    case 'echo-reply':
    case 'time-exceeded':
      return delivered(world, skb, 'icmp');
  }
};

/** Which address answers for a broadcast (net/ipv4/fib_frontend.c:fib_compute_spec_dst). */
const replySource = (dev: NetDev, to: number): number => {
  const answer = fibLookup(dev.ns, to);
  if (answer.found?.dev)
    return answer.found.source || selectAddress(dev.ns, answer.found.dev, answer.found.gateway, answer.found.scope);
  return selectAddress(dev.ns, dev, to, SCOPE.global);
};
