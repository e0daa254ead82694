import type { CopyId, Event } from '../engine/event.ts';
import { type Frame, type IpAddr, ipText } from '../engine/frame.ts';
import type { Ip } from '../model/ip.ts';

/** One packet of a probe: whom it is for, and whether a frame is it. */
export type Leg = { readonly to: Ip; readonly is: (frame: Frame) => boolean };

/** Request or reply of a ping; of either family, since an address of one is never equal to one of the other. */
export const echo = (icmp: 'echo-request' | 'echo-reply', src: IpAddr, dst: IpAddr): Leg => ({
  to: ipText(dst),
  is: ({ payload }) =>
    (payload.proto === 'ipv4' || payload.proto === 'ipv6') &&
    payload.body.icmp === icmp &&
    payload.src === src &&
    payload.dst === dst,
});

/** Who has this address? By ARP or by neighbour discovery. */
export const question = (target: IpAddr): Leg => ({
  to: ipText(target),
  is: ({ payload }) => {
    switch (payload.proto) {
      case 'arp':
        return payload.op === 'request' && payload.target === target;
      case 'ipv6':
        return payload.body.icmp === 'neighbor-solicitation' && payload.body.target === target;
      default:
        return false;
    }
  },
});

/** I have this address. */
export const answer = (sender: IpAddr, to: Ip): Leg => ({
  to,
  is: ({ payload }) => {
    switch (payload.proto) {
      case 'arp':
        return payload.op === 'reply' && payload.sender === sender;
      case 'ipv6':
        return payload.body.icmp === 'neighbor-advertisement' && payload.body.target === sender;
      default:
        return false;
    }
  },
});

/** A frame that no stack understands, sent to see who hears it. */
export const experiment = (to: Ip): Leg => ({ to, is: ({ payload }) => payload.proto === 'other' });

/** The frames of all copies, by number: events other than `created` carry only the number. */
export const framesIn = (events: readonly Event[]): ReadonlyMap<CopyId, Frame> => {
  const frames = new Map<CopyId, Frame>();
  for (const event of events) if (event.kind === 'created') frames.set(event.copy, event.frame);
  return frames;
};

export type Echo = { readonly src: IpAddr; readonly dst: IpAddr };

/** The addresses of the first ping that anybody sent. */
export const firstEcho = (events: readonly Event[]): Echo | undefined => {
  for (const event of events) {
    if (event.kind !== 'created' || event.of !== undefined) continue;
    const { payload } = event.frame;
    if ((payload.proto === 'ipv4' || payload.proto === 'ipv6') && payload.body.icmp === 'echo-request') return payload;
  }
  return undefined;
};
