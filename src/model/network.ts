import type { Brand } from '../base/brand.ts';
import type { Device, DeviceId, NamespaceName } from './device.ts';
import type { Family, Ip } from './ip.ts';
import type { Mac } from './mac.ts';
import type { DeviceConf, NeighConf } from './sysctl.ts';

export type MachineName = Brand<string, 'machine'>;
/** Linux versions whose behaviour differs somewhere in the model; rules name the one they need. */
export type KernelVersion = '6.1' | '6.18';
export const KERNELS: readonly KernelVersion[] = ['6.1', '6.18'];
/** The one that every kind of device has been recorded on: ipvlan on 6.18 is known from its source alone. */
export const DEFAULT_KERNEL: KernelVersion = '6.1';

/** The namespace that a machine boots with. A slash cannot stand in a name that `ip netns add` takes. */
export const ROOT = '/' as NamespaceName;

/** Where an operation or a command takes place. */
export type Place = {
  readonly machine: MachineName;
  readonly namespace: NamespaceName;
};

export type RouteType =
  | 'unicast'
  | 'local'
  | 'broadcast'
  | 'multicast'
  | 'unreachable'
  | 'blackhole'
  | 'prohibit'
  | 'throw';
export type RouteScope = 'global' | 'site' | 'link' | 'host' | 'nowhere' | number;
export type RouteProtocol = 'kernel' | 'boot' | 'static' | 'redirect' | 'ra' | 'dhcp' | number;
/** `local` (255), `main` (254) and `default` (253) are searched in this order; others need a rule. */
export type RouteTable = 'local' | 'main' | 'default' | number;

/** One route (struct fib_alias). The list in a namespace is in the order in which the routes were added. */
export type Route = {
  readonly family: Family;
  readonly table: RouteTable;
  readonly type: RouteType;
  /** The network address; `0.0.0.0` or `::` with length 0 is the default route. */
  readonly destination: Ip;
  readonly length: number;
  readonly device?: DeviceId;
  readonly via?: Ip;
  /** Preferred source address (`src`). */
  readonly source?: Ip;
  readonly metric: number;
  readonly scope: RouteScope;
  readonly protocol: RouteProtocol;
  readonly onlink?: boolean;
  readonly tos?: number;
};

/** A neighbour entry that a person made and that no timer removes. Dynamic ones live in the simulation. */
export type StaticNeighbour = {
  readonly device: DeviceId;
  readonly ip: Ip;
  readonly mac: Mac;
  readonly state: 'permanent' | 'noarp';
};
/** `ip neigh add proxy`: answer for this address on that device. */
export type ProxyNeighbour = { readonly device: DeviceId; readonly ip: Ip };

export type Namespace = {
  readonly name: NamespaceName;
  readonly routes: readonly Route[];
  readonly neighbours: readonly StaticNeighbour[];
  readonly proxies: readonly ProxyNeighbour[];
  readonly conf: {
    readonly all4: DeviceConf;
    readonly default4: DeviceConf;
    readonly all6: DeviceConf;
    readonly default6: DeviceConf;
    /** net.ipv4.neigh.default.*, which is the first namespace's alone and holds for devices of all. */
    readonly neigh4: NeighConf;
    readonly neigh6: NeighConf;
  };
  /** Settings of the namespace as a whole, `net.ipv4.icmp_echo_ignore_broadcasts` and so on, where they were set. */
  readonly sysctls: Readonly<Record<string, string>>;
  readonly nextIfindex: number;
  /** The numbers by which this namespace calls others (net/core/net_namespace.c:peernet2id_alloc). */
  readonly nsids: readonly { readonly namespace: NamespaceName; readonly id: number }[];
};

/** What a drawing takes a machine for; it forwards frames no differently. */
export type MachineRole = 'host' | 'switch' | 'router' | 'station';

export type Machine = {
  readonly name: MachineName;
  readonly role: MachineRole;
  /** Whether namespaces start with IPv6 switched on. */
  readonly ipv6: boolean;
  /** In the order in which they were made; the first is `ROOT`. */
  readonly namespaces: readonly Namespace[];
  readonly devices: Readonly<Record<DeviceId, Device>>;
  readonly nextDevice: DeviceId;
};

export type CableEnd = {
  readonly machine: MachineName;
  readonly device: DeviceId;
};
/** A wire between two network cards. */
export type Cable = { readonly ends: readonly [CableEnd, CableEnd] };

/** Everything that is configured, and nothing that moves: plain data, safe to print as JSON and to share. */
export type Network = {
  readonly kernel: KernelVersion;
  readonly machines: Readonly<Record<MachineName, Machine>>;
  readonly cables: readonly Cable[];
};
