import type { DeviceId, PortSettings } from '../device.ts';
import { deviceOf, type Edit, machineOf, putDevice } from '../edit.ts';
import { findDevice, masterOf } from '../find.ts';
import type { Verdict } from '../kinds/kind.ts';
import { isRunning } from '../link-state.ts';
import type { OperationOf } from '../operation.ts';
import { noDevice, refuse } from '../refusal.ts';

/** `bridge link set` (rtnetlink.c:rtnl_bridge_setlink). */
export const portSet = (edit: Edit, { at, device: name, changes }: OperationOf<'port.set'>): Verdict => {
  const found = findDevice(edit.network, at, name);
  if (!found.ok) return found.error.by === 'no-device' ? noDevice(name, 'bridge port') : found.error;
  if (found.value.master === undefined) return refuse('EOPNOTSUPP');
  return setPort(edit, found.value.id, changes);
};

/** Flags hold even where a later part of the same command is refused (net/bridge/br_netlink.c:br_setport). */
export const setPort = (edit: Edit, id: DeviceId, changes: Partial<PortSettings>): Verdict => {
  const device = deviceOf(edit, id);
  if (!device.port) return refuse('EOPNOTSUPP');
  const { state, cost, priority, ...flags } = changes;
  const mab = flags.mab ?? device.port.mab;
  const locked = flags.locked ?? device.port.locked;
  if (mab && !locked) return refuse('EINVAL', 'Bridge port must be locked when MAB is enabled');
  putDevice(edit, { ...device, port: { ...device.port, ...flags } });
  return setCost(edit, id, cost) ?? setState(edit, id, state) ?? setPriority(edit, id, priority);
};

const put = (edit: Edit, id: DeviceId, change: Partial<PortSettings>): Verdict => {
  const device = deviceOf(edit, id);
  if (device.port) putDevice(edit, { ...device, port: { ...device.port, ...change } });
  return undefined;
};

const setCost = (edit: Edit, id: DeviceId, cost: number | undefined): Verdict => {
  if (cost === undefined) return undefined;
  return cost < 1 || cost > 65535 ? refuse('ERANGE') : put(edit, id, { cost });
};

/**
 * Without STP every port that is not disabled forwards, whatever state it was told (br_netlink.c:br_set_port_state,
 * br_stp.c:br_port_state_selection).
 */
const setState = (edit: Edit, id: DeviceId, state: PortSettings['state'] | undefined): Verdict => {
  if (state === undefined) return undefined;
  const device = deviceOf(edit, id);
  const master = masterOf(machineOf(edit), device);
  if (master.enslaved && master.bridge.settings.stp) return refuse('EBUSY');
  if (!device.up || (state !== 'disabled' && !isRunning(device))) return refuse('ENETDOWN');
  // Without STP a designated port never stays blocked (net/bridge/br_stp.c:br_port_state_selection, br_make_forwarding).
  return put(edit, id, { state: state === 'blocking' ? 'forwarding' : state });
};

/** A disabled port works again where it could (net/bridge/br_if.c:br_port_carrier_check). */
export const checkPort = (edit: Edit, id: DeviceId): void => {
  const device = deviceOf(edit, id);
  const master = masterOf(machineOf(edit), device);
  if (device.port?.state === 'disabled' && master.enslaved && master.bridge.up && isRunning(device))
    put(edit, id, { state: 'forwarding' });
};

const setPriority = (edit: Edit, id: DeviceId, priority: number | undefined): Verdict => {
  if (priority === undefined) return undefined;
  return priority < 0 || priority > 63 ? refuse('ERANGE') : put(edit, id, { priority });
};
