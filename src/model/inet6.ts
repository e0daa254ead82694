import type { Address, Device } from './device.ts';
import { changeDevice, deviceOf, type Edit, namespaceOf, setRoutes } from './edit.ts';
import { forgetNeighbours } from './inet4.ts';
import { contains, type Ip, ipv6FromNumber, isLinkLocal6, networkOf } from './ip.ts';
import { isRunning } from './link-state.ts';
import { macNumber } from './mac.ts';
import type { Route, RouteScope } from './network.ts';
import { appended, sameRoute } from './route-table.ts';
import { scopeNumber } from './scope.ts';
import { settingOf } from './settings.ts';

const MULTICAST6 = 'ff00::' as Ip;

export const addresses6 = (device: Device): readonly Address[] =>
  device.addresses.filter((address) => address.family === 6);

export const isEnabled6 = (device: Device): boolean => settingOf(device, 'disable_ipv6') === 0;

/** include/net/ipv6.h:ipv6_addr_scope; what `ip` shows is the kernel's translation of it to RT_SCOPE_*. */
export const scope6 = (ip: Ip): RouteScope => {
  if (ip === '::1') return 'host';
  if (isLinkLocal6(ip)) return 'link';
  return ip.startsWith('fec') || ip.startsWith('fed') || ip.startsWith('fee') || ip.startsWith('fef')
    ? 'site'
    : 'global';
};

const base = (device: Device): Omit<Route, 'table' | 'destination' | 'length'> => ({
  family: 6,
  type: 'unicast',
  device: device.id,
  metric: 256,
  scope: 'global',
  protocol: 'kernel',
});

const prefixRoute = (device: Device, address: Address): Route => ({
  ...base(device),
  table: 'main',
  destination: networkOf({ address: address.peer ?? address.local, length: address.length }),
  length: address.length,
  metric: address.metric ?? 256,
});
const localRoute = (device: Device, ip: Ip): Route => ({
  ...base(device),
  table: 'local',
  type: 'local',
  destination: ip,
  length: 128,
  metric: 0,
});
const multicastRoute = (device: Device): Route => ({
  ...base(device),
  table: 'local',
  type: 'multicast',
  destination: MULTICAST6,
  length: 8,
});

const routesOf = (device: Device, address: Address): readonly Route[] => {
  if (!device.up) return [];
  const local = localRoute(device, address.local);
  return address.noprefixroute ? [local] : [local, prefixRoute(device, address)];
};

const addRoutes = (edit: Edit, device: Device, added: readonly Route[]): void =>
  setRoutes(edit, device.namespace, added.reduce(appended, namespaceOf(edit, device.namespace).routes));

/** The newest of a scope stands first, wider scopes before narrower ones (net/ipv6/addrconf.c:ipv6_link_dev_addr). */
const inserted = (list: readonly Address[], address: Address): readonly Address[] => {
  const found = list.findIndex((one) => scopeNumber(one.scope) >= scopeNumber(address.scope));
  const at = found < 0 ? list.length : found;
  return [...list.slice(0, at), address, ...list.slice(at)];
};

const setAddresses6 = (edit: Edit, device: Device, list: readonly Address[]): void => {
  const others = deviceOf(edit, device.id).addresses.filter((address) => address.family === 4);
  changeDevice(edit, device, (draft) => {
    draft.addresses = [...others, ...list];
  });
};

/** Puts an address on a device, with its routes if the device is up. Whether it may be there was asked before. */
export const insertAddress6 = (edit: Edit, device: Device, address: Address): void => {
  setAddresses6(edit, device, inserted(addresses6(deviceOf(edit, device.id)), address));
  addRoutes(edit, deviceOf(edit, device.id), routesOf(deviceOf(edit, device.id), address));
};

/** The prefix route stays while another address of the device is in it (addrconf.c:check_cleanup_prefix_route). */
export const deleteAddress6 = (edit: Edit, device: Device, address: Address): void => {
  const rest = addresses6(deviceOf(edit, device.id)).filter((one) => one !== address);
  setAddresses6(edit, device, rest);
  const prefix = { address: address.local, length: address.length };
  const needed = rest.some((one) => one.length === address.length && contains(prefix, one.local));
  const gone = needed
    ? [localRoute(device, address.local)]
    : [localRoute(device, address.local), prefixRoute(device, address)];
  const stays = (route: Route): boolean => !gone.some((one) => sameRoute(one, route)) && route.source !== address.local;
  setRoutes(edit, device.namespace, namespaceOf(edit, device.namespace).routes.filter(stays));
};

/** Addresses that were given while the device was down get their routes (addrconf.c:addrconf_permanent_addr). */
export const up6 = (edit: Edit, device: Device): void => {
  const now = deviceOf(edit, device.id);
  if (!isEnabled6(now)) return;
  if (now.kind === 'loopback' && !addresses6(now).some((one) => one.local === '::1'))
    insertAddress6(edit, now, { family: 6, local: '::1' as Ip, length: 128, scope: 'host', protocol: 'kernel_lo' });
  for (const address of addresses6(deviceOf(edit, device.id))) addRoutes(edit, now, routesOf(now, address));
};

/** Unlike IPv4, all addresses go when the device goes down (addrconf.c:addrconf_ifdown with keep_addr_on_down 0). */
export const disable6 = (edit: Edit, device: Device): void => {
  const now = deviceOf(edit, device.id);
  if (addresses6(now).length > 0) setAddresses6(edit, now, []);
  const stays = (route: Route): boolean => route.device !== now.id || route.family !== 6;
  setRoutes(edit, now.namespace, namespaceOf(edit, now.namespace).routes.filter(stays));
  forgetNeighbours(edit, now, 6);
};

/**
 * The lower half of an address that a device makes for itself: its MAC with ff:fe in the middle and the U/L bit
 * turned (RFC 4291, appendix A). Siblings on ipvlan share a MAC: their number takes the place of ff:fe and the bit
 * stays (net/ipv6/addrconf.c:addrconf_ifid_eui48).
 */
const interfaceId = (device: Device): bigint => {
  const mac = BigInt(macNumber(device.mac));
  const high = mac >> 24n;
  const low = mac & 0xffffffn;
  if (device.kind === 'ipvlan' || device.kind === 'ipvtap') return (high << 40n) | (BigInt(device.devId) << 24n) | low;
  return ((high ^ 0x020000n) << 40n) | (0xfffen << 24n) | low;
};

const linkLocal = (device: Device): Address => ({
  family: 6,
  local: ipv6FromNumber((0xfe80n << 112n) | interfaceId(device)),
  length: 64,
  scope: 'link',
  protocol: 'kernel_ll',
});

/**
 * A device with IPv6 that has come to run, by its own doing or by its carrier's, makes its link-local address. The
 * multicast route marks that it did (addrconf.c:addrconf_notify, addrconf_dev_config).
 */
export const configure6 = (edit: Edit, device: Device): void => {
  if (!device.up || device.kind === 'loopback' || !isEnabled6(device)) return;
  if (!isRunning(device)) return;
  const marker = multicastRoute(device);
  if (namespaceOf(edit, device.namespace).routes.some((route) => sameRoute(route, marker))) return;
  addRoutes(edit, device, [marker]);
  const own = linkLocal(device);
  if (!addresses6(device).some((one) => one.local === own.local)) insertAddress6(edit, device, own);
};
