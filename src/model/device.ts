import type { Brand } from '../base/brand.ts';
import type { Family, Ip } from './ip.ts';
import type { Mac } from './mac.ts';
import type { DeviceConf, NeighConf } from './sysctl.ts';

/** Names a device within its machine for as long as it lives: never reused, unchanged by a move or a new name. */
export type DeviceId = number;
/** A network namespace of a machine. The one that a machine boots with is `ROOT`. */
export type NamespaceName = Brand<string, 'namespace'>;

export type MacvlanMode = 'private' | 'vepa' | 'bridge' | 'passthru' | 'source';
export type IpvlanMode = 'l2' | 'l3' | 'l3s';
export type IpvlanFlag = 'bridge' | 'private' | 'vepa';
/** Spanning-tree port states by the kernel's numbers (include/uapi/linux/if_bridge.h). */
export type PortState = 'disabled' | 'listening' | 'learning' | 'forwarding' | 'blocking';

export type AddressScope = 'global' | 'site' | 'link' | 'host' | 'nowhere' | number;

/** One address of a device (struct in_ifaddr, struct inet6_ifaddr). Lifetimes are seconds; absent means forever. */
export type Address = {
  readonly family: Family;
  readonly local: Ip;
  readonly length: number;
  /** The far end of a point-to-point address; the registered address where it is given. */
  readonly peer?: Ip;
  readonly broadcast?: Ip;
  readonly scope: AddressScope;
  readonly label?: string;
  /** Another address of the same subnet came first (IFA_F_SECONDARY). */
  readonly secondary?: boolean;
  readonly noprefixroute?: boolean;
  readonly nodad?: boolean;
  readonly metric?: number;
  readonly protocol?: 'kernel_lo' | 'kernel_ll' | 'kernel_ra';
  readonly validSeconds?: number;
  readonly preferredSeconds?: number;
};

/** An entry that a person put into a bridge's forwarding database (net/bridge/br_fdb.c:br_fdb_add). */
export type StaticFdbEntry = {
  readonly mac: Mac;
  /** The port that it points to, or the bridge itself. */
  readonly device: DeviceId;
  readonly vlan: number;
  /** `permanent` entries are local: frames to them go up to the bridge device, never out of the port. */
  readonly state: 'permanent' | 'static' | 'dynamic';
  readonly sticky?: boolean;
};

export type PortVlan = {
  readonly vid: number;
  readonly pvid: boolean;
  readonly untagged: boolean;
};

/** What can be set on a bridge port (struct net_bridge_port, br_netlink.c:br_setport). Costs and priorities are STP's. */
export type PortSettings = {
  readonly state: PortState;
  readonly hairpin: boolean;
  readonly isolated: boolean;
  readonly learning: boolean;
  readonly flood: boolean;
  readonly mcastFlood: boolean;
  readonly bcastFlood: boolean;
  readonly neighSuppress: boolean;
  readonly proxyArp: boolean;
  readonly proxyArpWifi: boolean;
  readonly locked: boolean;
  readonly guard: boolean;
  readonly rootBlock: boolean;
  readonly fastLeave: boolean;
  readonly mcastToUnicast: boolean;
  readonly vlanTunnel: boolean;
  readonly mab: boolean;
  readonly mcastRouter: number;
  readonly cost: number;
  readonly priority: number;
};

/** A port's membership. Ports that joined later come first in a flood (net/bridge/br_if.c:br_add_if). */
export type BridgePort = PortSettings & {
  readonly number: number;
  /** Grows with each port that joins the bridge. */
  readonly joined: number;
  readonly vlans: readonly PortVlan[];
};

/** Mode and flags of ipvlan belong to the parent and so to all its children (struct ipvl_port). */
export type IpvlanPort = {
  readonly mode: IpvlanMode;
  readonly flag: IpvlanFlag;
  readonly nextDevId: number;
};

/**
 * Whether there is a link (__LINK_STATE_NOCARRIER), and whether anyone was ever told so: every device starts with
 * carrier, and linkwatch looks at it only when that changes (net/core/link_watch.c:linkwatch_fire_event).
 */
export type Carrier = 'untold' | 'on' | 'off';

type Common = {
  readonly id: DeviceId;
  readonly name: string;
  readonly namespace: NamespaceName;
  readonly ifindex: number;
  readonly mac: Mac;
  /** The address that the hardware came with, or that the driver took for such (perm_addr). */
  readonly permanentMac?: Mac;
  readonly mtu: number;
  /** IFF_UP: set by `ip link set up`. Whether frames flow is `isRunning` in link-state.ts. */
  readonly up: boolean;
  readonly carrier: Carrier;
  /** Its queueing discipline: given when it first goes up, and kept until it moves (net/sched/sch_generic.c:dev_activate). */
  readonly queued: boolean;
  /** IFF_NOARP. */
  readonly noarp: boolean;
  readonly promisc: boolean;
  readonly allmulti: boolean;
  readonly multicast: boolean;
  readonly txQueueLength: number;
  readonly alias?: string;
  readonly group: number;
  /** The bridge that this device is a port of. */
  readonly master?: DeviceId;
  readonly port?: BridgePort;
  /** Present while the device is the parent of ipvlan children. */
  readonly ipvlanPort?: IpvlanPort;
  readonly addresses: readonly Address[];
  /** net.ipv4.conf.DEVICE.*, as far as it was set. */
  readonly conf4: DeviceConf;
  readonly conf6: DeviceConf;
  /** net.ipv4.neigh.DEVICE.* and net.ipv6.neigh.DEVICE.*. */
  readonly neigh4: NeighConf;
  readonly neigh6: NeighConf;
};

export type Loopback = Common & { readonly kind: 'loopback' };
/** A network card: what a cable is plugged into. */
export type Nic = Common & { readonly kind: 'nic' };
export type Veth = Common & { readonly kind: 'veth'; readonly peer: DeviceId };
export type Dummy = Common & { readonly kind: 'dummy' };
export type Vlan = Common & {
  readonly kind: 'vlan';
  readonly parent: DeviceId;
  readonly vid: number;
  readonly protocol: '802.1Q' | '802.1ad';
  /** Set by a person: the address otherwise follows the parent's (net/8021q/vlan_dev.c:vlan_dev_inherit_address). */
  readonly macSet: boolean;
};

/** Times are seconds, as `ip` shows them after its own division by 100. */
export type BridgeSettings = {
  readonly ageingTime: number;
  readonly forwardDelay: number;
  readonly helloTime: number;
  readonly maxAge: number;
  readonly stp: boolean;
  readonly priority: number;
  readonly vlanFiltering: boolean;
  readonly vlanDefaultPvid: number;
  readonly mcastSnooping: boolean;
  readonly mcastQuerier: boolean;
  readonly groupForwardMask: number;
};
export type Bridge = Common & {
  readonly kind: 'bridge';
  readonly settings: BridgeSettings;
  readonly fdb: readonly StaticFdbEntry[];
  readonly vlans: readonly PortVlan[];
  /** Set by a person (`address`): a bridge otherwise takes the lowest address of its ports. */
  readonly macSet: boolean;
  /** Set by a person with `ip link set`: the MTU is otherwise the smallest of the ports' (br_if.c:br_mtu_auto_adjust). */
  readonly mtuSet: boolean;
  /** Before the first port joined, a bridge offers what it does by itself. */
  readonly hadPorts: boolean;
};

export type Macvlan = Common & {
  readonly kind: 'macvlan' | 'macvtap';
  readonly parent: DeviceId;
  readonly mode: MacvlanMode;
  readonly nopromisc: boolean;
  readonly nodst: boolean;
  readonly sources: readonly Mac[];
  readonly bcQueueLength: number;
  /** Per port in the kernel (6.4 and later); kept on each child, all alike. */
  readonly bcLimit: number;
  /** What the parent's own address was before a passthru child took it over. */
  readonly parentMac?: Mac;
};

export type Ipvlan = Common & {
  readonly kind: 'ipvlan' | 'ipvtap';
  readonly parent: DeviceId;
  readonly devId: number;
};

export type Device = Loopback | Nic | Veth | Dummy | Vlan | Bridge | Macvlan | Ipvlan;
export type DeviceKind = Device['kind'];
/** A device that stands on another one of the same machine. */
export type StackedDevice = Vlan | Macvlan | Ipvlan;

export const isStacked = (device: Device): device is StackedDevice => 'parent' in device;
export const isMacvlan = (device: Device): device is Macvlan => device.kind === 'macvlan' || device.kind === 'macvtap';
export const isIpvlan = (device: Device): device is Ipvlan => device.kind === 'ipvlan' || device.kind === 'ipvtap';
