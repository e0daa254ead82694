import { countPorts } from './carrier.ts';
import type { Bridge, Device, DeviceId, PortSettings } from './device.ts';
import { portsBelow } from './directory.ts';
import { changeDevice, deviceOf, type Edit, machineOf, putDevice } from './edit.ts';
import { defaultVlans } from './kinds/bridge.ts';
import type { Verdict } from './kinds/kind.ts';
import { rxHandler } from './link-state.ts';
import { isValidStationMac, type Mac, ZERO_MAC } from './mac.ts';
import { refuse } from './refusal.ts';

/** net/bridge/br_if.c:new_nbp; cost and priority are STP's for a 10 Gbit/s link, which a veth claims to be. */
export const PORT_DEFAULTS: PortSettings = {
  state: 'forwarding',
  hairpin: false,
  isolated: false,
  learning: true,
  flood: true,
  mcastFlood: true,
  bcastFlood: true,
  neighSuppress: false,
  proxyArp: false,
  proxyArpWifi: false,
  locked: false,
  guard: false,
  rootBlock: false,
  fastLeave: false,
  mcastToUnicast: false,
  vlanTunnel: false,
  mab: false,
  mcastRouter: 1,
  cost: 2,
  priority: 32,
};

const MAX_PORTS = 1023;

/** br_if.c:br_port_cost guesses from the speed; a device that tells none costs 100. */
const costOf = (device: Device): number =>
  device.kind === 'dummy' || device.kind === 'bridge' ? 100 : PORT_DEFAULTS.cost;

/** What refuses a port, in the order of br_if.c:br_add_if. */
const portVerdict = (edit: Edit, bridge: Bridge, device: Device): Verdict => {
  if (device.kind === 'loopback' || !isValidStationMac(device.mac)) return refuse('EINVAL');
  if (device.kind === 'bridge') return refuse('ELOOP', 'Can not enslave a bridge to a bridge');
  // An ipvlan child takes no rx_handler at all (netdev_rx_handler_register).
  if (device.kind === 'ipvlan' || device.kind === 'ipvtap') return refuse('EINVAL');
  if (rxHandler(machineOf(edit), device) !== 'none') return refuse('EBUSY');
  return standsOn(edit, device, bridge.id) ? refuse('EBUSY') : undefined;
};

/** A child of the bridge cannot be a port of it (net/core/dev.c:__netdev_upper_dev_link). */
const standsOn = (edit: Edit, device: Device, id: DeviceId): boolean => {
  if (device.id === id) return true;
  const below = 'parent' in device ? device.parent : device.master;
  return below !== undefined && standsOn(edit, deviceOf(edit, below), id);
};

export const joinBridge = (edit: Edit, bridge: Bridge, id: DeviceId): Verdict => {
  const device = deviceOf(edit, id);
  const refusal = portVerdict(edit, bridge, device);
  if (refusal) return refusal;
  const ports = portsBelow(machineOf(edit), bridge.id);
  if (ports.length >= MAX_PORTS) return refuse('ERANGE');
  const taken = new Set(ports.map((port) => port.port?.number));
  let number = 1;
  while (taken.has(number)) number++;
  const joined = Math.max(0, ...ports.map((port) => port.port?.joined ?? 0)) + 1;
  const vlans = defaultVlans(bridge.settings.vlanDefaultPvid);
  const port = { ...PORT_DEFAULTS, cost: costOf(device), number, joined, vlans };
  putDevice(edit, { ...device, master: bridge.id, port });
  if (!bridge.hadPorts) putDevice(edit, { ...(deviceOf(edit, bridge.id) as Bridge), hadPorts: true });
  countPorts(edit, bridge);
  return undefined;
};

/** The bridge forgets what it was told about the port (br_if.c:del_nbp). */
export const leaveBridge = (edit: Edit, id: DeviceId): void => {
  const { master, port: _port, ...device } = deviceOf(edit, id);
  if (master === undefined) return;
  putDevice(edit, device);
  const bridge = deviceOf(edit, master) as Bridge;
  changeDevice(edit, bridge, (draft) => {
    if (draft.fdb.some((entry) => entry.device === id)) draft.fdb = draft.fdb.filter((entry) => entry.device !== id);
  });
  countPorts(edit, bridge);
};

export type OwnMac = { readonly changes: true; readonly mac: Mac } | { readonly changes: false };

/** The lowest address of the ports, none without ports, unless a person set one (br_stp_if.c:br_stp_recalculate_bridge_id). */
export const ownAddressOfBridge = (edit: Edit, id: DeviceId): OwnMac => {
  const bridge = deviceOf(edit, id) as Bridge;
  if (bridge.macSet) return { changes: false };
  const macs = portsBelow(machineOf(edit), id).map((port) => port.mac);
  return { changes: true, mac: macs.reduce((low, mac) => (mac < low ? mac : low), macs[0] ?? ZERO_MAC) };
};

/** The smallest of the ports', 1500 without ports, unless a person set one (br_if.c:br_mtu_auto_adjust). */
export const ownMtuOfBridge = (edit: Edit, id: DeviceId): number => {
  const bridge = deviceOf(edit, id) as Bridge;
  if (bridge.mtuSet) return bridge.mtu;
  const mtus = portsBelow(machineOf(edit), id).map((port) => port.mtu);
  return mtus.length === 0 ? 1500 : Math.min(...mtus);
};
