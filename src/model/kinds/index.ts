import type { Device, DeviceKind } from '../device.ts';
import type { KindOptions } from '../operation.ts';
import { bridge } from './bridge.ts';
import { dummy } from './dummy.ts';
import { ipvlan } from './ipvlan.ts';
import type { Kind } from './kind.ts';
import { loopback } from './loopback.ts';
import { macvlan } from './macvlan.ts';
import { nic } from './nic.ts';
import { veth } from './veth.ts';
import { vlan } from './vlan.ts';

/** What is peculiar to each kind of device. A new kind is a file and a line here. */
export const KINDS = {
  loopback,
  nic,
  veth,
  dummy,
  vlan,
  bridge,
  macvlan,
  macvtap: macvlan,
  ipvlan,
  ipvtap: ipvlan,
} as const satisfies { readonly [Name in DeviceKind]: Kind<Extract<Device, { kind: Name }>, never> };

/** The rules of a device's kind; they are only ever asked about devices of that kind. */
export const kindOf = ({ kind }: { readonly kind: DeviceKind | KindOptions['kind'] }): Kind => KINDS[kind] as Kind;
