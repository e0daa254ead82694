import type {
  AddressScope,
  BridgeSettings,
  IpvlanFlag,
  IpvlanMode,
  MacvlanMode,
  PortSettings,
  StaticFdbEntry,
} from './device.ts';
import type { Cidr, Ip } from './ip.ts';
import type { Mac } from './mac.ts';
import type { MachineName, MachineRole, Place, RouteProtocol, RouteScope, RouteTable, RouteType } from './network.ts';

/** Which source addresses a macvlan child in source mode listens to (`macaddr add|del|set|flush`). */
export type SourceListChange =
  | { readonly change: 'add' | 'del'; readonly mac: Mac }
  | { readonly change: 'set'; readonly macs: readonly Mac[] }
  | { readonly change: 'flush' };

/** What `ip link add … type macvlan` sends; what is absent is not sent, and the kernel's default holds. */
export type MacvlanOptions = {
  readonly kind: 'macvlan' | 'macvtap';
  readonly mode?: MacvlanMode;
  readonly flags?: { readonly nopromisc: boolean; readonly nodst: boolean };
  readonly sources?: SourceListChange;
  readonly bcQueueLength?: number;
  readonly bcLimit?: number;
};
/** `flag` is sent whenever a word follows the type (iproute2 ip/iplink_ipvlan.c:ipvlan_parse_opt). */
export type IpvlanOptions = {
  readonly kind: 'ipvlan' | 'ipvtap';
  readonly mode?: IpvlanMode;
  readonly flag?: IpvlanFlag;
};
export type BridgeOptions = {
  readonly kind: 'bridge';
} & Partial<BridgeSettings>;
export type VlanOptions = {
  readonly kind: 'vlan';
  readonly vid?: number;
  readonly protocol?: '802.1Q' | '802.1ad';
};
export type VethOptions = {
  readonly kind: 'veth';
  readonly peer: LinkAttributes & { readonly name?: string };
};
export type DummyOptions = { readonly kind: 'dummy' };
export type KindOptions = MacvlanOptions | IpvlanOptions | BridgeOptions | VlanOptions | VethOptions | DummyOptions;

/** What any device can be given when it is made. */
export type LinkAttributes = {
  readonly mac?: Mac;
  readonly mtu?: number;
  readonly txQueueLength?: number;
  readonly up?: boolean;
  readonly noarp?: boolean;
  readonly promisc?: boolean;
  readonly allmulti?: boolean;
  readonly multicast?: boolean;
  readonly alias?: string;
  readonly group?: number;
  readonly ifindex?: number;
  /** Name of the namespace to make it in. */
  readonly netns?: string;
  /** Name of the bridge to become a port of. */
  readonly master?: string;
};

/** What one `ip link set` carries, in one message; the kernel takes the parts in the order of do_setlink. */
export type LinkChanges = LinkAttributes & {
  readonly name?: string;
  /** `carrier on|off`, which few drivers let anyone say. */
  readonly carrier?: boolean;
  readonly nomaster?: boolean;
  readonly kind?: KindOptions;
  readonly port?: Partial<PortSettings>;
};

export type RouteSpec = {
  readonly type?: RouteType;
  readonly destination: Cidr;
  readonly table?: RouteTable;
  readonly device?: string;
  readonly via?: Ip;
  readonly source?: Ip;
  readonly metric?: number;
  readonly scope?: RouteScope;
  readonly protocol?: RouteProtocol;
  readonly onlink?: boolean;
  readonly tos?: number;
};

/** NUD states that `ip neigh` can set. */
export type NeighbourState =
  | 'permanent'
  | 'noarp'
  | 'stale'
  | 'reachable'
  | 'none'
  | 'incomplete'
  | 'delay'
  | 'probe'
  | 'failed';

type Acts = {
  'machine.add': {
    readonly machine: MachineName;
    readonly role: MachineRole;
    readonly ipv6: boolean;
  };
  /** A network card: hardware, so no command makes one. Without a MAC it gets one that follows from its place. */
  'nic.add': {
    readonly at: Place;
    readonly name: string;
    readonly mac?: Mac;
    readonly mtu?: number;
  };
  'cable.add': { readonly ends: readonly [NicName, NicName] };
  'cable.del': { readonly end: NicName };
  'netns.add': { readonly at: Place; readonly name: string };
  /** `ip netns set`: the number by which this namespace is to call another; without one, whichever is free. */
  'netns.id': { readonly at: Place; readonly name: string; readonly id?: number };
  'netns.del': { readonly at: Place; readonly name: string };
  'link.add': {
    readonly at: Place;
    readonly name?: string;
    readonly link?: string;
    readonly options: KindOptions;
    readonly attributes?: LinkAttributes;
  };
  'link.set': {
    readonly at: Place;
    readonly device: string;
    readonly changes: LinkChanges;
  };
  'link.del': { readonly at: Place; readonly device: string };
  'addr.add': {
    readonly at: Place;
    readonly device: string;
    readonly address: Cidr;
    readonly peer?: Cidr;
    readonly broadcast?: Ip;
    readonly scope?: AddressScope;
    readonly label?: string;
    readonly noprefixroute?: boolean;
    readonly nodad?: boolean;
    readonly metric?: number;
    readonly validSeconds?: number;
    readonly preferredSeconds?: number;
    /** `ip addr replace|change`: an address that is there is updated rather than refused. */
    readonly replace?: boolean;
  };
  /** Without a length, or with /32, an address matches whatever its prefix (devinet.c:inet_rtm_deladdr). */
  'addr.del': {
    readonly at: Place;
    readonly device: string;
    readonly address: Cidr;
    readonly peer?: Ip;
    readonly label?: string;
  };
  'route.add': {
    readonly at: Place;
    readonly how: 'add' | 'append' | 'prepend' | 'replace' | 'change';
    readonly route: RouteSpec;
  };
  'route.del': { readonly at: Place; readonly route: RouteSpec };
  'neigh.add': {
    readonly at: Place;
    readonly how: 'add' | 'replace' | 'change';
    readonly device: string;
    readonly ip: Ip;
    readonly mac?: Mac;
    readonly state: NeighbourState;
  };
  'neigh.del': { readonly at: Place; readonly device: string; readonly ip: Ip };
  'proxy.add': { readonly at: Place; readonly device: string; readonly ip: Ip };
  'proxy.del': { readonly at: Place; readonly device: string; readonly ip: Ip };
  /** A port's flags by `bridge link set`; refused where the device is no port. */
  'port.set': {
    readonly at: Place;
    readonly device: string;
    readonly changes: Partial<PortSettings>;
  };
  'fdb.add': {
    readonly at: Place;
    readonly device: string;
    readonly mac: Mac;
    readonly how: 'add' | 'append' | 'replace';
    readonly vlan?: number;
    readonly state: StaticFdbEntry['state'];
    readonly sticky?: boolean;
    /** `master`: the bridge above the port; `self`: the device's own list. */
    readonly target: 'master' | 'self';
  };
  'fdb.del': {
    readonly at: Place;
    readonly device: string;
    readonly mac: Mac;
    readonly vlan?: number;
    readonly target: 'master' | 'self';
  };
  'vlan.add': {
    readonly at: Place;
    readonly device: string;
    readonly vid: number;
    readonly to?: number;
    readonly pvid?: boolean;
    readonly untagged?: boolean;
    readonly self?: boolean;
  };
  'vlan.del': {
    readonly at: Place;
    readonly device: string;
    readonly vid: number;
    readonly to?: number;
    readonly self?: boolean;
  };
  'sysctl.set': {
    readonly at: Place;
    readonly key: string;
    readonly value: string;
  };
};

/** A network card by its machine and its name, in whichever namespace it is. */
export type NicName = { readonly machine: MachineName; readonly name: string };

export type OperationName = keyof Acts;
/** One act of configuration, as data. A script, an edit and an importer all give lists of these. */
export type Operation = {
  readonly [Name in OperationName]: { readonly op: Name } & Acts[Name];
}[OperationName];
export type OperationOf<Name extends OperationName> = Extract<Operation, { readonly op: Name }>;
