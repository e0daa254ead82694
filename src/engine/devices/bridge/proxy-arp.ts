import { ARP_LENGTH, type Arp } from '../../frame.ts';
import { transmit } from '../../netdev.ts';
import { newSkb } from '../../skb.ts';
import { validNeighbour } from '../../stack/neighbour.ts';
import type { NetDev, Skb, World } from '../../world.ts';
import { findFdb, portOf } from './fdb.ts';

/**
 * Ports with proxy_arp, proxy_arp_wifi or neigh_suppress: the bridge answers an ARP request from the neighbour table of its
 * own device (net/bridge/br_arp_nd_proxy.c:br_do_proxy_suppress_arp). True keeps the request from suppressed ports.
 */
export const answerByProxy = (world: World, bridge: NetDev, port: NetDev, skb: Skb, vlan: number): boolean => {
  const arp = skb.frame.payload;
  if (arp.proto !== 'arp') return false;
  const suppressing = bridge.bridge!.ports.some((each) => portOf(each).neighSuppress);
  if (suppressing) {
    if (portOf(port).neighSuppress) return false;
    if (arp.sender === 0 || arp.sender === arp.target) return true;
  }
  if (arp.op !== 'request') return false;
  if (suppressing && bridge.ns.local4.has(arp.target)) return true;
  const mac = validNeighbour(bridge, arp.target);
  const entry = mac === undefined ? undefined : findFdb(world, bridge, mac, vlan);
  if (mac === undefined || !entry) return false;
  const behind = entry.port && portOf(entry.port);
  const answers = portOf(port).proxyArp || behind?.proxyArpWifi === true || behind?.neighSuppress === true;
  if (answers) reply(world, port, arp, mac);
  return answers || suppressing;
};

const reply = (world: World, port: NetDev, request: Arp, mac: number): void => {
  const payload: Arp = {
    proto: 'arp',
    op: 'reply',
    senderMac: mac,
    sender: request.target,
    targetMac: request.senderMac,
    target: request.sender,
    length: ARP_LENGTH,
  };
  transmit(world, port, newSkb(world, port, { src: mac, dst: request.senderMac, vlan: 0, payload }));
};
