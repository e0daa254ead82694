import type { Bridge, Device, StackedDevice } from './device.ts';
import { portsBelow } from './directory.ts';
import { changeDevice, deviceOf, type Edit, machineOf } from './edit.ts';
import { farEndOf } from './find.ts';
import { hasCarrier, portState } from './link-state.ts';

/** Whether a device has a link as things are now, by what it depends on; of others carrier stays as it is. */
export const carrierNow = (edit: Edit, device: Device): boolean => {
  switch (device.kind) {
    case 'loopback':
    case 'dummy':
      return hasCarrier(device);
    case 'nic':
      return device.up && isFarEndUp(edit, device);
    case 'veth':
      return device.up && deviceOf(edit, device.peer).up;
    case 'bridge':
      return device.carrier === 'untold' || hasWorkingPort(edit, device);
    case 'vlan':
    case 'macvlan':
    case 'macvtap':
      return hasCarrier(deviceOf(edit, device.parent));
    case 'ipvlan':
    case 'ipvtap':
      return hearsOfParent(edit, device) ? hasCarrier(deviceOf(edit, device.parent)) : hasCarrier(device);
  }
};

const isFarEndUp = ({ network, machine }: Edit, nic: Device): boolean => {
  const far = farEndOf(network, machine, nic.id);
  return far.plugged && (network.machines[far.end.machine]?.devices[far.end.device]?.up ?? false);
};

const hasWorkingPort = (edit: Edit, bridge: Bridge): boolean =>
  portsBelow(machineOf(edit), bridge.id).some((port) => portState(edit.network, edit.machine, port) === 'forwarding');

/** Kernels before 6.12 do not tell ipvlan that its parent goes down (ipvlan_main.c:ipvlan_device_event). */
const hearsOfParent = (edit: Edit, device: StackedDevice): boolean =>
  edit.network.kernel !== '6.1' || deviceOf(edit, device.parent).up;

/** A bridge counts its working ports, and has a link only through one from then on (br_stp.c:br_port_state_selection). */
export const countPorts = (edit: Edit, bridge: Device): void =>
  changeDevice(edit, bridge, (draft) => {
    draft.carrier = 'off';
  });
