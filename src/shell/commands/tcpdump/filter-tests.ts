import { BROADCAST, type Frame, type IpAddr, isGroup } from '../../../engine/frame.ts';
import { etherType, headerBytes } from './bytes.ts';
import { frameLength } from './print.ts';

/** What a filter looks at: a frame, and which way it goes. */
type Seen = { readonly frame: Frame; readonly outgoing: boolean };
export type Test = (seen: Seen) => boolean;
export type End = 'src' | 'dst' | 'either' | 'both';

export const never: Test = () => false;
export const always: Test = () => true;

const byEnds = (end: End, source: boolean, destination: boolean): boolean => {
  switch (end) {
    case 'src':
      return source;
    case 'dst':
      return destination;
    case 'either':
      return source || destination;
    case 'both':
      return source && destination;
  }
};

/** Words that stand for a protocol alone. A tag is no hindrance: the kernel keeps it beside the frame. */
export const PROTOCOLS: Readonly<Record<string, Test>> = {
  arp: ({ frame }) => frame.payload.proto === 'arp',
  ip: ({ frame }) => frame.payload.proto === 'ipv4',
  ip6: ({ frame }) => frame.payload.proto === 'ipv6',
  icmp: ({ frame }) => frame.payload.proto === 'ipv4',
  icmp6: ({ frame }) => frame.payload.proto === 'ipv6',
  ...{ rarp: never, tcp: never, udp: never, sctp: never, igmp: never, stp: never },
};

/** The two addresses of a packet, or of what an ARP packet is about. */
const addressesOf = ({ payload }: Frame): readonly [IpAddr, IpAddr] | undefined => {
  switch (payload.proto) {
    case 'arp':
      return [payload.sender, payload.target];
    case 'ipv4':
    case 'ipv6':
      return [payload.src, payload.dst];
    case 'other':
      return undefined;
  }
};

/** `host`, `net`: addresses that satisfy `isIn`, in packets of a protocol, or of any. */
export const addressTest =
  (protocol: string | undefined, end: End, isIn: (ip: IpAddr) => boolean): Test =>
  (seen) => {
    if (protocol !== undefined && !PROTOCOLS[protocol]?.(seen)) return false;
    const addresses = addressesOf(seen.frame);
    return addresses !== undefined && byEnds(end, isIn(addresses[0]), isIn(addresses[1]));
  };

export const hardwareTest =
  (end: End, mac: number): Test =>
  ({ frame }) =>
    byEnds(end, frame.src === mac, frame.dst === mac);

export const broadcast: Test = ({ frame }) => frame.dst === BROADCAST;
export const multicast: Test = ({ frame }) => isGroup(frame.dst);

export const ipMulticast: Test = ({ frame: { payload } }) =>
  payload.proto === 'ipv4' && Math.floor(payload.dst / 2 ** 28) === 14;

/** `ip broadcast`: all ones or all zeros behind the mask of the device's first address. */
export const ipBroadcast =
  (mask: number): Test =>
  ({ frame: { payload } }) => {
    if (payload.proto !== 'ipv4') return false;
    const wild = ~mask >>> 0;
    const host = (payload.dst & wild) >>> 0;
    return host === 0 || host === wild;
  };

export const vlan =
  (id: number | undefined): Test =>
  ({ frame }) =>
    frame.vlan !== 0 && (id === undefined || frame.vlan % 4096 === id);

export const lengthTest =
  (holds: (length: number) => boolean): Test =>
  ({ frame }) =>
    holds(frameLength(frame));

export const etherProtocol =
  (type: number): Test =>
  ({ frame }) =>
    etherType(frame.payload) === type;

/** `icmp[0] = 8`: some bytes of a header, seen as one number. */
export const bytesTest =
  (layer: string, offset: number, size: number, holds: (value: number) => boolean): Test =>
  ({ frame }) => {
    const bytes = headerBytes(frame, layer)?.slice(offset, offset + size);
    return bytes !== undefined && bytes.length === size && holds(bytes.reduce((value, byte) => value * 256 + byte, 0));
  };
