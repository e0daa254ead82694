import type { Device, DeviceId, NamespaceName } from '../device.ts';
import type { Edit } from '../edit.ts';
import type { Found } from '../find.ts';
import type { Mac } from '../mac.ts';
import type { KindOptions, LinkAttributes } from '../operation.ts';
import type { Refusal } from '../refusal.ts';

/** What `ip link add` asks for, with its names looked up. */
export type NewLink<O> = {
  readonly options: O;
  readonly attributes: LinkAttributes;
  /** May hold `%d`. */
  readonly name: string;
  /** Where it is to be, and where the command is given. */
  readonly namespace: NamespaceName;
  readonly caller: NamespaceName;
  /** The device behind `link`. */
  readonly link?: Device;
};

export type MtuRange = { readonly min: number /** 0: no limit. */; readonly max: number };

/** Nothing said means that nothing stands against it. */
export type Verdict = Refusal | undefined;

/** Whose address changes when a device is told to take one: passthru children change their parent's. */
export type MacTarget = { readonly takes: DeviceId } | { readonly refusal: Refusal } | 'unchanged';

/** What a child does when its parent goes up or down. */
export type Reaction = 'open' | 'close' | 'nothing';

/**
 * What is peculiar to a kind of device: net_device_ops and rtnl_link_ops, as far as they refuse or change something.
 * A member that is missing does what most devices do.
 */
export type Kind<D extends Device = Device, O = KindOptions> = {
  readonly mtu: MtuRange;
  /** Before any device is looked up (rtnl_link_ops.validate). */
  validate?(options: O, attributes: LinkAttributes): Verdict;
  /** Checks, then registers (rtnl_link_ops.newlink). Absent: no command makes such a device. */
  create?(edit: Edit, request: NewLink<O>): Found<DeviceId>;
  /** `ip link set … type KIND …` (rtnl_link_ops.changelink). */
  change?(edit: Edit, device: D, options: O): Verdict;
  /** Before it goes up (ndo_open). */
  opening?(edit: Edit, device: D): Verdict;
  opened?(edit: Edit, device: D): void;
  /** Who takes a new address (ndo_set_mac_address). */
  macTarget?(edit: Edit, device: D, mac: Mac): MacTarget;
  /** Whether it can have that MTU (ndo_change_mtu); the range was checked before. */
  mtuVerdict?(edit: Edit, device: D, mtu: number): Verdict;
  /** An address or MTU that a person gave (addr_assign_type). */
  given?(edit: Edit, device: D, what: 'mac' | 'mtu'): void;
  parentUp?(device: D): Reaction;
  parentDown?(device: D): Reaction;
  /** The address to have after the parent's has changed to `mac`. */
  followMac?(device: D, mac: Mac): Mac;
  /** The MTU to have after the parent's has changed to `mtu`. */
  followMtu?(device: D, mtu: number): number;
  /** Devices that cannot be without it, besides those that stand on it. */
  companions?(device: D): readonly DeviceId[];
  /** After it has gone (ndo_uninit). */
  gone?(edit: Edit, device: D): void;
};
