import { SECOND } from '../../engine/event.ts';
import { ARP_LENGTH, type Arp, BROADCAST } from '../../engine/frame.ts';
import type { Simulation } from '../../engine/simulation.ts';
import { ipv4Number } from '../../model/ip.ts';
import { macNumber } from '../../model/mac.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Outcome } from '../outcome.ts';
import type { Watch } from './watch.ts';

const PATIENCE = SECOND;

/** One `arping -c 1` from the asker's device: who has that address? */
export const askArp = (simulation: Simulation, from: Endpoint, to: Endpoint, watch: Watch): Outcome => {
  const sender = ipv4Number(from.address);
  const target = ipv4Number(to.address);
  const device = simulation.network().machines[from.place.machine]!.devices[from.device.id]!;
  const src = macNumber(device.mac);
  let replies = 0;
  const socket = simulation.packetSocket(from.place, from.device.name, ({ payload }, as) => {
    if (as === 'outgoing' || payload.proto !== 'arp' || payload.op !== 'reply') return;
    if (payload.sender === target && payload.target === sender) replies++;
  });
  const payload: Arp = {
    proto: 'arp',
    op: 'request',
    senderMac: src,
    sender,
    targetMac: 0,
    target,
    length: ARP_LENGTH,
  };
  const errno = socket.send({ src, dst: BROADCAST, vlan: 0, payload });
  if (errno !== undefined) return { verdict: 'refused', errno };
  simulation.runUntil(watch.stormed, simulation.now() + PATIENCE);
  socket.close();
  if (replies > 1) return { verdict: 'duplicate', replies };
  return { verdict: replies === 1 ? 'reached' : 'timeout' };
};
