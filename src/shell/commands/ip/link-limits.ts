import { assertNever } from '../../../base/assert-never.ts';
import type { Device } from '../../../model/device.ts';
import { portsOf } from '../../../model/find.ts';
import type { Seen } from './kinds/kind.ts';

/** What `ip -d link` tells of a driver, and what never decides about a frame. */
export type LinkLimits = {
  readonly minMtu: number;
  /** 0: no limit. */
  readonly maxMtu: number;
  readonly tsoMaxSize: number;
  readonly queues: number;
};

const SMALL_TSO = 65536;
const LARGE_TSO = 524280;

/** Children have the segmentation offload of what they stand on, bridges that of their weakest port. */
const tsoOf = (seen: Seen, device: Device): number => {
  switch (device.kind) {
    case 'dummy':
      return SMALL_TSO;
    case 'loopback':
    case 'veth':
    case 'nic':
      return LARGE_TSO;
    case 'bridge': {
      const ports = portsOf(seen.machine, device.id).map((port) => tsoOf(seen, port));
      if (ports.length > 0) return Math.min(...ports);
      return device.hadPorts || seen.network.kernel !== '6.1' ? LARGE_TSO : SMALL_TSO;
    }
    default: {
      const parent = seen.machine.devices[device.parent];
      return parent ? tsoOf(seen, parent) : SMALL_TSO;
    }
  }
};

const maxMtuOf = (seen: Seen, device: Device): number => {
  switch (device.kind) {
    case 'dummy':
    case 'loopback':
      return 0;
    case 'macvlan':
    case 'macvtap': {
      const parent = seen.machine.devices[device.parent];
      return parent ? maxMtuOf(seen, parent) : 65535;
    }
    case 'bridge':
    case 'ipvlan':
    case 'ipvtap':
    case 'nic':
    case 'veth':
    case 'vlan':
      return 65535;
    default:
      return assertNever(device);
  }
};

const LOWEST_MTU = 68;
const hasNoMinimum = ({ kind }: Device): boolean => kind === 'dummy' || kind === 'loopback' || kind === 'vlan';

export const linkLimits = (seen: Seen): LinkLimits => ({
  minMtu: hasNoMinimum(seen.device) ? 0 : LOWEST_MTU,
  maxMtu: maxMtuOf(seen, seen.device),
  tsoMaxSize: tsoOf(seen, seen.device),
  queues: 1,
});
