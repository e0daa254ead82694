import type { BridgePort, Device, DeviceId, IpvlanFlag, IpvlanMode } from '../model/device.ts';
import type {
  KernelVersion,
  MachineName,
  Route as ModelRoute,
  Namespace,
  Network,
  RouteTable,
  RouteType,
} from '../model/network.ts';
import type { Errno } from '../model/refusal.ts';
import type { Alarm, Clock } from './clock.ts';
import type { Conf } from './conf.ts';
import type { Conf6 } from './conf6.ts';
import type { CopyId, Listener, NeighbourEventState, PacketType, Spot, Time } from './event.ts';
import type { Frame, IpAddr, Ipv4, Ipv6, MacAddr } from './frame.ts';

/**
 * All copies that descend from one frame share a life, and with it a budget of copies and of sends: what exceeds it is a
 * storm. A frame may also go round for ever without multiplying.
 */
export type Life = { readonly origin: CopyId; copies: number; sends: number };

/** One copy of a frame on its way. `dev` and `as` change from device to device, as they do in the kernel's sk_buff. */
export type Skb = {
  readonly copy: CopyId;
  readonly life: Life;
  frame: Frame;
  dev: NetDev;
  as: PacketType;
  /** Looped back with its route attached: input validation is skipped (net/ipv4/ip_input.c:ip_rcv_finish_core). */
  routed: boolean;
};

/** What a receive handler did with a frame (include/linux/netdevice.h:rx_handler_result). */
export type Handled = 'consumed' | 'another' | 'pass';

export type FdbEntry = {
  readonly mac: MacAddr;
  readonly vlan: number;
  /** Undefined for an address of the bridge itself. */
  port: NetDev | undefined;
  readonly kind: 'local' | 'static' | 'dynamic';
  readonly sticky: boolean;
  /** Later entries stand before earlier ones in the list. */
  readonly serial: number;
  updated: number;
  used: number;
};

/** A bridge at work. The database is one map for each VLAN; without VLAN filtering all is VLAN 0. */
export type BridgeState = {
  ports: NetDev[];
  readonly fdb: Map<number, Map<MacAddr, FdbEntry>>;
  vlanFiltering: boolean;
  ageing: Time;
  /** Some port answers or suppresses ARP for others. */
  proxies: boolean;
  serial: number;
};

/** Children of one macvlan parent (struct macvlan_port). */
export type MacvlanPort = {
  children: NetDev[];
  /** Children that are up, by their address. */
  byMac: Map<MacAddr, NetDev>;
  passthru: NetDev | undefined;
  /** Children in source mode that are up and list this source. */
  bySource: Map<MacAddr, NetDev[]>;
  broadcastQueue: number;
};

/** Children of one ipvlan parent (struct ipvl_port). */
export type IpvlanPort = {
  mode: IpvlanMode;
  flag: IpvlanFlag;
  children: NetDev[];
  /** Addresses of children that are up. */
  byIp: Map<IpAddr, NetDev>;
};

export type Tally = {
  rxPackets: number;
  rxBytes: number;
  rxDropped: number;
  rxMulticast: number;
  txPackets: number;
  txBytes: number;
  txDropped: number;
  txErrors: number;
  txCarrier: number;
};

/** One route, ready to be matched (struct fib_alias with its one next hop). */
export type FibRoute = {
  readonly type: RouteType;
  readonly dev: NetDev | undefined;
  /** 0: the destination itself is on the link. */
  readonly gateway: number;
  readonly source: number;
  readonly scope: number;
  readonly model: ModelRoute;
};
export type FibLevel = { readonly mask: number; readonly routes: Map<number, FibRoute[]> };
/** Routes by falling prefix length. */
export type FibTable = { readonly name: RouteTable; readonly levels: readonly FibLevel[] };
/** The tables in the order in which the three default rules search them (net/ipv4/fib_rules.c). */
export type Fib = readonly FibTable[];

export type Lookup =
  | { readonly found: FibRoute; readonly table: RouteTable; readonly length: number }
  | { readonly found: undefined; readonly errno: Errno };

/** The way out for one destination (struct rtable). Gateway 0: the destination itself is the next hop. */
export type Route =
  | {
      readonly type: 'unicast' | 'local' | 'broadcast' | 'multicast';
      readonly dev: NetDev;
      readonly gateway: number;
      readonly source: number;
      readonly fib: FibRoute | undefined;
    }
  | { readonly type: 'none'; readonly errno: Errno };

/** One entry of a neighbour table (struct neighbour). Times are those of the last use, confirmation and change. */
export type Neighbour = {
  readonly ip: IpAddr;
  readonly dev: NetDev;
  mac: MacAddr;
  state: NeighbourEventState | 'none';
  used: Time;
  confirmed: Time;
  updated: Time;
  probes: number;
  /** Says of itself that it is a router (NTF_ROUTER). */
  router: boolean;
  readonly queue: Waiting[];
  alarm: Alarm | undefined;
};
/** A packet that waits for a neighbour, and what to do if none answers. */
export type Waiting = { readonly skb: Skb; readonly source: IpAddr };

export type PacketTap = { readonly receive: (frame: Frame, as: PacketType | 'outgoing', time: Time) => void };

export type RawSocket = {
  readonly device: NetDev | undefined;
  readonly source: number;
  readonly receive: (packet: Ipv4, as: PacketType, time: Time) => void;
};

/** Where the devices meet the stacks above them: who takes a frame that no receive handler took, and who asks for neighbours. */
export type Protocols = {
  readonly arp: (world: World, dev: NetDev, skb: Skb) => void;
  readonly ipv4: (world: World, dev: NetDev, skb: Skb) => void;
  readonly ipv6: (world: World, dev: NetDev, skb: Skb) => void;
  /** The hardware address of a neighbour that need not be asked for; undefined where it must be. */
  readonly construct: (dev: NetDev, ip: IpAddr) => MacAddr | undefined;
  /** Asks for the address of a neighbour, by broadcast or at the address that it had. */
  readonly solicit: (world: World, neighbour: Neighbour, target: MacAddr) => void;
  /** A packet could not be sent since its next hop did not answer (include/net/dst.h:dst_link_failure). */
  readonly linkFailure: (world: World, skb: Skb) => void;
};

/** A device at work (struct net_device): what the hot path needs, in the shape it needs it. */
export type NetDev = {
  readonly key: string;
  readonly id: DeviceId;
  spot: Spot;
  ns: Netns;
  device: Device;
  ifindex: number;
  mac: MacAddr;
  mtu: number;
  up: boolean;
  carrier: boolean;
  noarp: boolean;
  loopback: boolean;
  /** Takes every group frame (IFF_PROMISC or IFF_ALLMULTI). */
  allGroups: boolean;
  promisc: boolean;
  gone: boolean;
  conf: Conf;
  transmit: (world: World, dev: NetDev, skb: Skb) => Errno | undefined;
  receive: ((world: World, dev: NetDev, skb: Skb) => Handled) | undefined;
  /** The other end of a veth pair or cable; the parent of a stacked device; the bridge of a port. */
  peer: NetDev | undefined;
  parent: NetDev | undefined;
  master: NetDev | undefined;
  /** Settings as a bridge port, and whether it takes part: copied out, since every flooded frame asks. */
  port: BridgePort | undefined;
  learns: boolean;
  forwards: boolean;
  vlans: Map<number, NetDev> | undefined;
  bridge: BridgeState | undefined;
  macvlan: MacvlanPort | undefined;
  ipvlan: IpvlanPort | undefined;
  readonly neighbours: Map<IpAddr, Neighbour>;
  /** IPv4 addresses in order, as numbers, primaries before their secondaries. */
  addresses4: readonly Address4[];
  /** Undefined where IPv6 is switched off. */
  inet6: Inet6 | undefined;
  /** Hardware addresses of the groups that IPv6 joined, here and on the devices that stand on this one. */
  groups: ReadonlySet<MacAddr>;
  taps: readonly PacketTap[];
  readonly tally: Tally;
};

export type Address4 = {
  readonly local: number;
  readonly mask: number;
  readonly peer: number;
  readonly broadcast: number;
  readonly scope: number;
  readonly secondary: boolean;
};

/** What IPv6 keeps of a device (struct inet6_dev). */
export type Inet6 = {
  conf: Conf6;
  /** The device has come to run since it was last brought up (IF_READY). */
  ready: boolean;
  addresses: readonly Address6[];
  /** The groups that the stack listens to. */
  groups: ReadonlySet<bigint>;
  /** Those that multicast routers were told of. */
  reported: ReadonlySet<bigint>;
  reports: Alarm | undefined;
  solicitation: Alarm | undefined;
  /** A router has been heard. */
  advertised: boolean;
};

/**
 * An address of a device (struct inet6_ifaddr): `new` until its device runs, `tentative` while others are asked whether
 * they have it, `duplicate` when one of them does. Only one that is `ready` is ours.
 */
export type Address6 = {
  readonly local: bigint;
  readonly length: number;
  readonly scope: number;
  readonly nodad: boolean;
  /** Made from an advertised prefix: no person gave it. */
  readonly advertised: boolean;
  deprecated: boolean;
  state: 'new' | 'tentative' | 'ready' | 'duplicate';
  /** Marks our own probes. */
  nonce: number;
  alarm: Alarm | undefined;
};

/** One IPv6 route, ready to be matched (struct fib6_info). Gateway 0: the destination is on the link. */
export type FibRoute6 = {
  readonly type: RouteType;
  readonly dev: NetDev | undefined;
  readonly gateway: bigint;
  readonly source: bigint;
  readonly model: ModelRoute;
};
export type FibLevel6 = { readonly shift: bigint; readonly routes: Map<bigint, FibRoute6[]> };
export type FibTable6 = { readonly name: RouteTable; readonly levels: readonly FibLevel6[] };

/** The way out for one destination. */
export type Route6 =
  | {
      readonly type: 'unicast' | 'local' | 'multicast';
      readonly dev: NetDev;
      readonly gateway: bigint;
      /** 0: none of our addresses will do. */
      readonly source: bigint;
      readonly fib: FibRoute6;
    }
  | { readonly type: 'none'; readonly errno: Errno };

export type RawSocket6 = {
  readonly device: NetDev | undefined;
  readonly source: bigint;
  readonly receive: (packet: Ipv6, as: PacketType, time: Time, dev: NetDev) => void;
};

/** What IPv6 keeps of a namespace (struct netns_ipv6). */
export type Netns6 = {
  fib: readonly FibTable6[];
  /** Routes that routers advertised. */
  advertised: readonly ModelRoute[];
  /** Destinations that a redirect sent elsewhere (struct rt6_exception). */
  readonly exceptions: Map<bigint, { readonly gateway: bigint; readonly route: ModelRoute }>;
  /** How much fits on the way to a host, where less than on the first link. */
  readonly pathMtu: Map<bigint, number>;
  readonly peers: Map<bigint, Peer>;
  readonly proxies: Map<bigint, readonly NetDev[]>;
  readonly assemblies: Map<number, { bytes: number; end: number }>;
  sockets: readonly RawSocket6[];
  forwarding: boolean;
  ignoreEcho: boolean;
  ignoreMulticastEcho: boolean;
};

/** A network namespace at work (struct net). */
export type Netns = {
  readonly key: string;
  readonly machine: MachineName;
  namespace: Namespace;
  devices: NetDev[];
  loopback: NetDev | undefined;
  /** Every local IPv4 address and the device that it stands on. */
  local4: Map<number, NetDev>;
  fib: Fib;
  /** Remembered answers by destination, of the tables and of routing; emptied by every change. */
  readonly lookups: Map<number, Lookup>;
  readonly routes: Map<number, Route>;
  /** Destinations that a redirect sent by another gateway (struct fib_nh_exception), until the time given. */
  readonly exceptions: Map<number, Exception>;
  /** How large a packet for a destination may be, as routers told, until the time given. */
  readonly pathMtus: Map<number, { readonly mtu: number; readonly until: Time }>;
  /** What was sent to one host of late, for the pace of ICMP errors and redirects (struct inet_peer). */
  readonly peers: Map<number, Peer>;
  readonly proxies: Map<number, readonly NetDev[]>;
  /** Packets of which some pieces have come. */
  readonly assemblies: Map<number, { bytes: number; end: number }>;
  sockets: readonly RawSocket[];
  defaultTtl: number;
  ignoreBroadcastEcho: boolean;
  /** icmp_ratelimit: how long one error to a host has to be saved for. */
  icmpRateLimit: Time;
  ignoreEcho: boolean;
  readonly inet6: Netns6;
};

export type Exception = {
  readonly gateway: number;
  readonly old: number;
  readonly route: ModelRoute;
  readonly until: Time;
};

/** What one host may still be told by ICMP errors and redirects: they share their tokens (struct inet_peer). */
export type Peer = { tokens: Time; last: Time; redirects: number };

/** The whole simulation at work. */
export type World = {
  readonly clock: Clock<World, NetDev, Skb>;
  readonly protocols: Protocols;
  readonly kernel: KernelVersion;
  network: Network;
  readonly random: () => number;
  readonly devices: Map<string, NetDev>;
  readonly namespaces: Map<string, Netns>;
  listener: Listener | undefined;
  nextCopy: CopyId;
  /** How many copies one frame may have before it counts as a storm; each may be sent some times. */
  budget: number;
  storms: number;
  deliveries: number;
  synced: boolean;
  /** When the network was last changed; the layout may follow later. */
  changedAt: Time;
  /** Addresses count as checked from the start, and nobody looks for routers or tells of listeners. */
  readonly settled: boolean;
};
