import type { Applied } from '../model/apply.ts';
import type { DeviceId } from '../model/device.ts';
import type { Family, Ip } from '../model/ip.ts';
import type { Mac } from '../model/mac.ts';
import type { Network, Place, RouteProtocol, RouteTable } from '../model/network.ts';
import type { Operation } from '../model/operation.ts';
import type { Errno } from '../model/refusal.ts';
import type { Listener, NeighbourEventState, PacketType, Time } from './event.ts';
import type { Frame, Icmp, Icmp6 } from './frame.ts';

/** A neighbour entry as `ip neigh` shows it, static ones included. Ages are nanoseconds. */
export type NeighbourRow = {
  readonly device: string;
  readonly ip: Ip;
  readonly mac?: Mac;
  readonly state: NeighbourEventState;
  readonly usedAgo: Time;
  readonly confirmedAgo: Time;
  readonly updatedAgo: Time;
  readonly probes: number;
  /** Says of itself that it is a router (neighbour discovery). */
  readonly router: boolean;
};

/** An entry of a bridge's forwarding database as `bridge fdb` shows it. */
export type FdbRow = {
  readonly mac: Mac;
  readonly vlan: number;
  readonly device: string;
  readonly state: 'permanent' | 'static' | 'dynamic';
  readonly sticky: boolean;
  readonly local: boolean;
  readonly usedAgo: Time;
  readonly updatedAgo: Time;
};

export type Counters = {
  readonly rxPackets: number;
  readonly rxBytes: number;
  readonly rxDropped: number;
  readonly rxMulticast: number;
  readonly txPackets: number;
  readonly txBytes: number;
  readonly txDropped: number;
  readonly txErrors: number;
  readonly txCarrier: number;
};

/** An ICMP message as a raw socket gets it. `error` marks one that came by the socket's error queue (IP_RECVERR). */
export type IcmpMessage = Received &
  (
    | { readonly family: 4; readonly icmp: Icmp }
    /** A link-local sender is known by the device that it was heard on. */
    | { readonly family: 6; readonly icmp: Icmp6; readonly device: string }
  );
type Received = {
  readonly time: Time;
  readonly from: Ip;
  readonly to: Ip;
  readonly ttl: number;
  /** Bytes behind the IP header. */
  readonly bytes: number;
  readonly as: PacketType;
};

export type EchoRequest = {
  readonly to: Ip;
  readonly ident: number;
  readonly seq: number;
  /** Bytes of ICMP payload (ping -s). */
  readonly bytes: number;
  readonly ttl?: number;
  readonly broadcast?: boolean;
  readonly dontFragment?: boolean;
  /** The last reply came: the neighbour on the way needs no check (MSG_CONFIRM). */
  readonly confirm?: boolean;
};

/** A raw ICMP socket (net/ipv4/raw.c), bound to a device or a source address where asked. */
export type IcmpSocket = {
  /** What connect(2) of a UDP socket would answer: the source address in use, or why there is none. */
  readonly connect: (
    to: Ip,
    options: { readonly broadcast: boolean },
  ) => { readonly source: Ip } | { readonly errno: Errno };
  /** The MTU on the way to an address, 0 where there is none. */
  readonly mtu: (to: Ip) => number;
  /** Sends one echo request; an errno is what sendmsg(2) gives. */
  readonly send: (request: EchoRequest) => Errno | undefined;
  readonly close: () => void;
};
export type IcmpSocketOptions = {
  readonly at: Place;
  /** 4 unless said otherwise. All addresses are of this family. */
  readonly family?: Family;
  readonly device?: string;
  readonly source?: Ip;
  readonly receive: (message: IcmpMessage) => void;
};

/** A packet socket on one device (net/packet/af_packet.c): sees what arrives there, and sends frames as they are. */
export type PacketSocket = {
  readonly send: (frame: Frame) => Errno | undefined;
  readonly close: () => void;
};

export type RouteQuestion = { readonly to: Ip; readonly from?: Ip; readonly out?: string };
export type RouteAnswer =
  | {
      readonly type: 'unicast' | 'local' | 'broadcast' | 'multicast';
      readonly device: string;
      readonly gateway?: Ip;
      readonly source?: Ip;
      readonly table: RouteTable;
      /** Of IPv6, where `ip` shows them. */
      readonly protocol?: RouteProtocol;
      readonly metric?: number;
      /** The gateway comes from a redirect, for so many seconds more. */
      readonly redirectedFor?: number;
    }
  | { readonly type: 'none'; readonly errno: Errno };

/** `tentative` while others are asked whether they have the address, `dadfailed` when one does. */
export type AddressState = 'ready' | 'tentative' | 'dadfailed';

export type Timer = { readonly cancel: () => void };

/**
 * A network in motion. Virtual time stands still unless one of the `run…` functions moves it; the same network, seed
 * and calls give the same events.
 */
export type Simulation = {
  readonly network: () => Network;
  readonly now: () => Time;
  /** How many frame copies have come in on a device so far: the measure of work done. */
  readonly deliveries: () => number;
  /** Configures while it runs: what the change flushes is flushed, frames under way go on. */
  readonly apply: (operation: Operation) => Applied;
  /** Back to time 0 and cold caches, as a new simulation of the network as it is now would be. Sockets close. */
  readonly reset: () => void;
  /** With no listener no event is allocated. The function returned takes it off again. */
  readonly listen: (listener: Listener) => () => void;
  readonly after: (delay: Time, callback: () => void) => Timer;
  /** Moves on by `duration`, with all that happens in it. */
  readonly runFor: (duration: Time) => void;
  /** Moves on until `done` holds, but never past `deadline`. Answers whether it holds. */
  readonly runUntil: (done: () => boolean, deadline: Time) => boolean;
  readonly icmpSocket: (options: IcmpSocketOptions) => IcmpSocket;
  readonly packetSocket: (
    at: Place,
    device: string,
    receive: (frame: Frame, as: PacketType | 'outgoing', time: Time) => void,
  ) => PacketSocket;
  readonly neighbours: (at: Place) => readonly NeighbourRow[];
  /** `ip neigh flush`: forgets dynamic entries of a device, or of all, or one. */
  readonly flushNeighbours: (at: Place, which?: { readonly device?: string; readonly ip?: Ip }) => number;
  readonly fdb: (at: Place, bridge: string) => readonly FdbRow[];
  readonly flushFdb: (at: Place, port: string) => void;
  readonly counters: (at: Place, id: DeviceId) => Counters;
  /** What `ip route get` asks: the way that a packet to this address would take. */
  readonly routeGet: (at: Place, query: RouteQuestion) => RouteAnswer;
  /** Cached route exceptions that redirects made, by destination. */
  readonly exceptions: (at: Place) => readonly { readonly destination: Ip; readonly gateway: Ip }[];
  /** What `ip address` adds to an IPv6 address: whether it may be used. */
  readonly addressState: (at: Place, device: string, ip: Ip) => AddressState;
};
