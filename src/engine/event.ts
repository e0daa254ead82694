import type { DeviceId, NamespaceName } from '../model/device.ts';
import type { MachineName } from '../model/network.ts';
import type { Frame, IpAddr, MacAddr } from './frame.ts';
import type { ReasonCode } from './reason.ts';

/** Virtual time: whole nanoseconds since the simulation began. */
export type Time = number;
export const MICROSECOND = 1_000;
export const MILLISECOND = 1_000_000;
export const SECOND = 1_000_000_000;

/** One copy of a frame (an skb). A copy keeps its number from birth to its one terminal event. */
export type CopyId = number;

/** Where something happens. One object a device, shared by all its events. */
export type Spot = {
  readonly machine: MachineName;
  readonly namespace: NamespaceName;
  readonly device: string;
  readonly id: DeviceId;
};

/** How a receiver sees a frame's destination address (include/uapi/linux/if_packet.h: PACKET_HOST …). */
export type PacketType = 'host' | 'broadcast' | 'multicast' | 'otherhost' | 'loopback';

export type NeighbourEventState =
  | 'incomplete'
  | 'reachable'
  | 'stale'
  | 'delay'
  | 'probe'
  | 'failed'
  | 'noarp'
  | 'permanent';

/** What happened. `delivered`, `forwarded` and `dropped` are terminal: each copy has exactly one of them. */
export type Event =
  /** A copy comes to be: sent by a stack, cloned from another copy, or made by a router from one that it forwards. */
  | {
      readonly kind: 'created';
      readonly time: Time;
      readonly copy: CopyId;
      readonly of?: CopyId;
      readonly at: Spot;
      readonly frame: Frame;
    }
  /** A tap on the device sees it go out. */
  | {
      readonly kind: 'sent';
      readonly time: Time;
      readonly copy: CopyId;
      readonly at: Spot;
      readonly frame: Frame;
    }
  /** A tap on the device sees it come in. */
  | {
      readonly kind: 'received';
      readonly time: Time;
      readonly copy: CopyId;
      readonly at: Spot;
      readonly frame: Frame;
      readonly as: PacketType;
    }
  /** It waits for a neighbour's address. */
  | {
      readonly kind: 'held';
      readonly time: Time;
      readonly copy: CopyId;
      readonly at: Spot;
      readonly waitsFor: IpAddr;
    }
  | {
      readonly kind: 'delivered';
      readonly time: Time;
      readonly copy: CopyId;
      readonly at: Spot;
      readonly to: 'arp' | 'icmp' | 'nd';
    }
  | {
      readonly kind: 'forwarded';
      readonly time: Time;
      readonly copy: CopyId;
      readonly at: Spot;
      readonly as: CopyId;
    }
  | {
      readonly kind: 'dropped';
      readonly time: Time;
      readonly copy: CopyId;
      readonly at: Spot;
      readonly frame: Frame;
      readonly reason: ReasonCode;
    }
  /** No copy was made for this device, though a person might expect one. */
  | {
      readonly kind: 'withheld';
      readonly time: Time;
      readonly copy: CopyId;
      readonly at: Spot;
      readonly reason: ReasonCode;
    }
  /** A bridge now finds this address at that port. */
  | {
      readonly kind: 'learned';
      readonly time: Time;
      readonly at: Spot;
      readonly mac: MacAddr;
      readonly vlan: number;
      readonly port: Spot;
    }
  /** A neighbour entry changed. */
  | {
      readonly kind: 'neighbour';
      readonly time: Time;
      readonly at: Spot;
      readonly ip: IpAddr;
      readonly mac?: MacAddr;
      readonly state: NeighbourEventState;
    }
  /** A redirect was taken: this destination now goes by that gateway. */
  | {
      readonly kind: 'rerouted';
      readonly time: Time;
      readonly at: Spot;
      readonly destination: IpAddr;
      readonly gateway: IpAddr;
    };

export type Listener = (event: Event) => void;
