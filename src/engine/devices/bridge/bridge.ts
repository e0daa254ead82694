import type { Errno } from '../../../model/refusal.ts';
import { BROADCAST, isGroup } from '../../frame.ts';
import { forwardable, receive, transmit } from '../../netdev.ts';
import type { ReasonCode } from '../../reason.ts';
import { cloneSkb, drop, dropOut, withheld } from '../../skb.ts';
import type { FdbEntry, Handled, NetDev, Skb, World } from '../../world.ts';
import { bridgeOf, findFdb, learn, portOf } from './fdb.ts';
import { answerByProxy } from './proxy-arp.ts';
import { egressFrame, ingressVlan, NO_VLAN, vlanAllowed } from './vlan.ts';

/** 01:80:c2:00:00:00 to …0f: addresses that bridges keep to themselves (IEEE 802.1D table 7-10). */
const RESERVED = 0x0180_c200_0000;

/** Why a frame that came in by `from` does not leave by `port`; undefined when it does (br_forward.c:should_deliver). */
const refusal = (from: NetDev | undefined, port: NetDev, vlan: number): ReasonCode | undefined => {
  const settings = portOf(port);
  if (port === from && !settings.hairpin) return 'bridge.no-hairpin';
  if (!port.forwards) return 'bridge.port-not-forwarding';
  if (!vlanAllowed(port.master!, port, vlan)) return 'bridge.vlan-egress';
  if (from && portOf(from).isolated && settings.isolated) return 'bridge.isolated';
  return undefined;
};

type Cast = 'unicast' | 'multicast' | 'broadcast';

/** The settings that keep a flooded frame from a port (br_forward.c:br_flood). What the bridge itself sends ignores two of them. */
const floods = (port: NetDev, cast: Cast, local: boolean, proxied: boolean): boolean => {
  const settings = portOf(port);
  if (cast === 'unicast' && !settings.flood) return false;
  if (cast === 'multicast' && !settings.mcastFlood && !local) return false;
  if (cast === 'broadcast' && !settings.bcastFlood && !local) return false;
  if (settings.proxyArp) return false;
  return !(proxied && (settings.proxyArpWifi || settings.neighSuppress));
};

const send = (world: World, bridge: NetDev, port: NetDev, skb: Skb, vlan: number): void => {
  if (!forwardable(port, skb)) {
    dropOut(world, skb, port, 'device.too-long');
    return;
  }
  skb.frame = egressFrame(bridge, port, skb.frame, vlan);
  transmit(world, port, skb);
};

type Flood = {
  readonly from: NetDev | undefined;
  readonly cast: Cast;
  readonly vlan: number;
  readonly keep: boolean;
  readonly proxied: boolean;
};

/** Sends a frame out of every port that takes it; the last one gets the frame itself unless it is still needed. */
const flood = (world: World, bridge: NetDev, skb: Skb, how: Flood): void => {
  let last: NetDev | undefined;
  let reason: ReasonCode = 'bridge.no-port';
  for (const port of bridge.bridge!.ports) {
    const refused = refusal(how.from, port, how.vlan);
    if (refused !== undefined || !floods(port, how.cast, how.from === undefined, how.proxied)) {
      if (refused === 'bridge.no-hairpin') reason = refused;
      if (world.listener) withheld(world, skb, port, refused ?? 'bridge.flood-off');
      continue;
    }
    if (last) send(world, bridge, last, cloneSkb(world, skb, last), how.vlan);
    last = port;
  }
  if (last) send(world, bridge, last, how.keep ? cloneSkb(world, skb, last) : skb, how.vlan);
  else if (!how.keep) drop(world, skb, how.from ?? bridge, reason);
};

const castOf = (dst: number): Cast => (dst === BROADCAST ? 'broadcast' : isGroup(dst) ? 'multicast' : 'unicast');

/** Passes a frame up to the bridge device (net/bridge/br_input.c:br_pass_frame_up). */
const passUp = (world: World, bridge: NetDev, skb: Skb, vlan: number): void => {
  if (!vlanAllowed(bridge, bridge, vlan)) {
    drop(world, skb, bridge, 'bridge.vlan-egress');
    return;
  }
  skb.frame = egressFrame(bridge, bridge, skb.frame, vlan);
  receive(world, bridge, skb);
};

/** Whether a bridge keeps this reserved address to the port's own stack (br_input.c:br_handle_frame). */
const reserved = (bridge: NetDev, dst: number): boolean => {
  const low = dst - RESERVED;
  if (low < 0 || low > 15) return false;
  const { stp, groupForwardMask } = bridgeOf(bridge).settings;
  if (low === 0) return stp;
  return Math.floor(groupForwardMask / 2 ** low) % 2 === 0;
};

/** A frame came in by a port (net/bridge/br_input.c:br_handle_frame). */
export const bridgeReceive = (world: World, port: NetDev, skb: Skb): Handled => {
  const bridge = port.master!;
  const { src, dst } = skb.frame;
  if (src === 0 || isGroup(src)) drop(world, skb, port, 'bridge.bad-source');
  else if (dst === RESERVED + 1) drop(world, skb, port, 'bridge.reserved');
  else if (reserved(bridge, dst)) return 'pass';
  else if (!port.learns) drop(world, skb, port, 'bridge.port-not-forwarding');
  else {
    if (dst === bridge.mac) skb.as = 'host';
    handleFrame(world, bridge, port, skb);
  }
  return 'consumed';
};

/** A locked port takes frames only from sources that the bridge knows there (br_input.c:br_handle_frame_finish). */
const lockedOut = (world: World, bridge: NetDev, port: NetDev, mac: number, vlan: number): boolean => {
  if (!portOf(port).locked) return false;
  const known = findFdb(world, bridge, mac, vlan);
  return known === undefined || known.port !== port || known.kind === 'local';
};

/** net/bridge/br_input.c:br_handle_frame_finish */
const handleFrame = (world: World, bridge: NetDev, port: NetDev, skb: Skb): void => {
  const { frame } = skb;
  const settings = portOf(port);
  const vlan = ingressVlan(bridge, port, frame);
  if (vlan === NO_VLAN) {
    drop(world, skb, port, 'bridge.vlan-ingress');
    return;
  }
  if (lockedOut(world, bridge, port, frame.src, vlan)) {
    drop(world, skb, port, 'bridge.locked');
    return;
  }
  if (settings.learning) learn(world, bridge, port, frame.src, vlan);
  if (settings.state === 'learning') {
    drop(world, skb, port, 'bridge.port-not-forwarding');
    return;
  }
  const proxied = bridge.bridge!.proxies && answerByProxy(world, bridge, port, skb, vlan);
  const cast = castOf(frame.dst);
  const entry = cast === 'unicast' ? findFdb(world, bridge, frame.dst, vlan) : undefined;
  if (entry) {
    forwardKnown(world, bridge, port, skb, entry, vlan);
    return;
  }
  const up = bridge.up && (cast !== 'unicast' || bridge.promisc);
  flood(world, bridge, skb, { from: port, cast, vlan, keep: up, proxied });
  if (up) passUp(world, bridge, skb, vlan);
};

const forwardKnown = (world: World, bridge: NetDev, from: NetDev, skb: Skb, entry: FdbEntry, vlan: number): void => {
  entry.used = world.clock.now();
  if (entry.kind === 'local' || entry.port === undefined) {
    passUp(world, bridge, skb, vlan);
    return;
  }
  const copy = bridge.promisc ? cloneSkb(world, skb, entry.port) : skb;
  const refused = refusal(from, entry.port, vlan);
  if (refused === undefined) send(world, bridge, entry.port, copy, vlan);
  else drop(world, copy, entry.port, refused);
  if (bridge.promisc) passUp(world, bridge, skb, vlan);
};

/** The bridge device itself sends: the same choice without learning (net/bridge/br_device.c:br_dev_xmit). */
export const bridgeTransmit = (world: World, bridge: NetDev, skb: Skb): Errno | undefined => {
  const { frame } = skb;
  const vlan = ingressVlan(bridge, bridge, frame);
  if (vlan === NO_VLAN) {
    dropOut(world, skb, bridge, 'bridge.vlan-ingress');
    return undefined;
  }
  const cast = castOf(frame.dst);
  const entry = cast === 'unicast' ? findFdb(world, bridge, frame.dst, vlan) : undefined;
  if (!entry) {
    flood(world, bridge, skb, { from: undefined, cast, vlan, keep: false, proxied: false });
    return undefined;
  }
  const port = entry.port;
  if (entry.kind === 'local' && port === undefined) {
    dropOut(world, skb, bridge, 'bridge.own-address');
    return undefined;
  }
  const refused = refusal(undefined, port!, vlan);
  if (refused === undefined) send(world, bridge, port!, skb, vlan);
  else dropOut(world, skb, bridge, refused);
  return undefined;
};
