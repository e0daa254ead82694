import { type Device, isIpvlan, isMacvlan, type PortState } from './device.ts';
import { childrenOf, linkOf, masterOf, portsOf } from './find.ts';
import type { Machine, MachineName, Network } from './network.ts';

/** Whether there is a link (netif_carrier_ok). Of a device that is down the answer counts only for those above it. */
export const hasCarrier = ({ carrier }: Device): boolean => carrier !== 'off';

/** Up, and with carrier: frames flow (IFF_RUNNING). */
export const isRunning = (device: Device): boolean => device.up && hasCarrier(device);

/** The state in force: a port works only while it runs and its bridge is up (net/bridge/br_if.c:br_port_carrier_check). */
export const portState = (network: Network, machine: MachineName, device: Device): PortState => {
  const master = masterOf(network.machines[machine]!, device);
  if (!master.enslaved || !master.bridge.up || !isRunning(device)) return 'disabled';
  return device.port?.state ?? 'disabled';
};

/** RFC 2863, as far as `ip` shows it without help from user space. */
export type OperState = 'UNKNOWN' | 'DOWN' | 'LOWERLAYERDOWN' | 'UP';

/** net/core/link_watch.c:default_operstate. Linkwatch never looked at a device whose carrier never changed. */
export const operState = (network: Network, machine: MachineName, device: Device): OperState => {
  if (!device.up) return 'DOWN';
  if (device.carrier === 'untold') return 'UNKNOWN';
  if (hasCarrier(device)) return 'UP';
  const link = linkOf(network.machines[machine]!, device);
  return link.where !== 'none' && link.device.ifindex !== device.ifindex ? 'LOWERLAYERDOWN' : 'DOWN';
};

export type DeviceFlag =
  | 'NO-CARRIER'
  | 'LOOPBACK'
  | 'BROADCAST'
  | 'MULTICAST'
  | 'NOARP'
  | 'ALLMULTI'
  | 'PROMISC'
  | 'UP'
  | 'LOWER_UP'
  | 'M-DOWN';

/** The flags in the order in which `ip` prints them between angle brackets (iproute2 ip/ipaddress.c:print_link_flags). */
export const flags = (network: Network, machine: MachineName, device: Device): readonly DeviceFlag[] => {
  const link = linkOf(network.machines[machine]!, device);
  const all: readonly (readonly [DeviceFlag, boolean])[] = [
    ['NO-CARRIER', device.up && !hasCarrier(device)],
    ['LOOPBACK', device.kind === 'loopback'],
    ['BROADCAST', device.kind !== 'loopback'],
    ['MULTICAST', device.multicast],
    ['NOARP', device.noarp],
    ['ALLMULTI', device.allmulti],
    ['PROMISC', device.promisc],
    ['UP', device.up],
    ['LOWER_UP', isRunning(device)],
    ['M-DOWN', link.where === 'here' && !link.device.up],
  ];
  return all.filter(([, isSet]) => isSet).map(([flag]) => flag);
};

/**
 * How many want to see every frame of the device: a person, the bridge that it is a port of, passthru children, children
 * that are themselves promiscuous, and for a bridge the macvlan port on it (macvlan.c:macvlan_port_create).
 */
export const promiscuity = (network: Network, machine: MachineName, device: Device): number => {
  const home = network.machines[machine]!;
  const children = childrenOf(home, device.id);
  let count = device.promisc ? 1 : 0;
  if (isPromiscPort(network, machine, device)) count++;
  if (device.kind === 'bridge' && children.some(isMacvlan)) count++;
  for (const child of children) {
    if (!child.up) continue;
    if (isMacvlan(child) && child.mode === 'passthru') count += child.nopromisc ? 0 : 1;
    else if (!isIpvlan(child) && promiscuity(network, machine, child) > 0) count++;
  }
  return count;
};

/** A port learns and floods only if it sees everything; few ports of a filtering bridge need not (br_if.c:br_manage_promisc). */
const isPromiscPort = (network: Network, machine: MachineName, device: Device): boolean => {
  const home = network.machines[machine]!;
  const master = masterOf(home, device);
  if (!master.enslaved) return false;
  const { bridge } = master;
  if (!bridge.settings.vlanFiltering || promiscuity(network, machine, bridge) > 0) return true;
  const auto = portsOf(home, bridge.id).filter((port) => port.port?.learning && port.port.flood);
  const filters = device.kind !== 'dummy' && device.kind !== 'veth';
  return !(filters && (auto.length === 0 || (auto.length === 1 && auto[0]?.id === device.id)));
};

/** How many want to see every multicast frame of the device. */
export const allMulticast = (network: Network, machine: MachineName, device: Device): number => {
  let count = device.allmulti ? 1 : 0;
  if (device.master !== undefined) count++;
  for (const child of childrenOf(network.machines[machine]!, device.id))
    if (child.up && allMulticast(network, machine, child) > 0) count++;
  return count;
};

/** Who gets a frame before the device's own stack does; one at most (net/core/dev.c:netdev_rx_handler_register). */
export type RxHandler = 'none' | 'bridge' | 'macvlan' | 'ipvlan' | 'tap';

export const rxHandler = (machine: Machine, device: Device): RxHandler => {
  if (device.kind === 'macvtap' || device.kind === 'ipvtap') return 'tap';
  if (device.master !== undefined) return 'bridge';
  if (device.ipvlanPort !== undefined) return 'ipvlan';
  return childrenOf(machine, device.id).some(isMacvlan) ? 'macvlan' : 'none';
};
