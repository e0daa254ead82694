import type { DeviceKind } from '../../model/device.ts';
import type { NetDev } from '../world.ts';
import { bridgeTransmit } from './bridge/bridge.ts';
import { dummyTransmit } from './dummy.ts';
import { ipvlanTransmit } from './ipvlan.ts';
import { loopbackTransmit } from './loopback.ts';
import { macvlanTransmit } from './macvlan.ts';
import { nicTransmit } from './nic.ts';
import { vethTransmit } from './veth.ts';
import { vlanTransmit } from './vlan.ts';

/** What each kind of device does with a frame that is sent through it. */
export const TRANSMIT = {
  loopback: loopbackTransmit,
  nic: nicTransmit,
  veth: vethTransmit,
  dummy: dummyTransmit,
  vlan: vlanTransmit,
  bridge: bridgeTransmit,
  macvlan: macvlanTransmit,
  macvtap: macvlanTransmit,
  ipvlan: ipvlanTransmit,
  ipvtap: ipvlanTransmit,
} as const satisfies Record<DeviceKind, NetDev['transmit']>;
