import { addresses4, broadcastsOf, connectedRoute, hasSubnet, routesOf, sameSubnet } from './address-routes4.ts';
import type { Address, Device } from './device.ts';
import { changeDevice, changeNamespace, deviceOf, type Edit, namespaceOf, setRoutes } from './edit.ts';
import type { Ip } from './ip.ts';
import type { Route } from './network.ts';
import { addressType4, appended, without } from './route-table.ts';
import { scopeNumber } from './scope.ts';
import { effective } from './settings.ts';

const setAddresses4 = (edit: Edit, device: Device, list: readonly Address[]): void => {
  const others = deviceOf(edit, device.id).addresses.filter((address) => address.family === 6);
  changeDevice(edit, device, (draft) => {
    draft.addresses = [...list, ...others];
  });
};

/**
 * Where a new address stands among the others: a primary one behind the last primary that is as near or nearer, a
 * secondary one at the end (net/ipv4/devinet.c:__inet_insert_ifa).
 */
const inserted = (list: readonly Address[], address: Address): readonly Address[] => {
  if (address.secondary) return [...list, address];
  const near = (one: Address): boolean => !one.secondary && scopeNumber(address.scope) <= scopeNumber(one.scope);
  const at = list.findLastIndex(near) + 1;
  return [...list.slice(0, at), address, ...list.slice(at)];
};

const addRoutesOf = (edit: Edit, device: Device, address: Address): void => {
  const now = deviceOf(edit, device.id);
  const { routes } = namespaceOf(edit, now.namespace);
  setRoutes(edit, now.namespace, routesOf(now, address).reduce(appended, routes));
};

/** Puts an address on a device, with its routes. Whether it may be there was asked before. */
export const insertAddress4 = (edit: Edit, device: Device, address: Address): void => {
  const list = addresses4(deviceOf(edit, device.id));
  const secondary = list.some((one) => sameSubnet(one, address));
  const entry = secondary ? { ...address, secondary } : address;
  setAddresses4(edit, device, inserted(list, entry));
  addRoutesOf(edit, device, entry);
};

/** What goes with an address, save what others of the device still need (fib_frontend.c:fib_del_ifaddr). */
const removeRoutesOf = (edit: Edit, device: Device, address: Address, prime: Address): void => {
  const now = { ...deviceOf(edit, device.id), up: true };
  const kept = addresses4(now);
  const namespace = namespaceOf(edit, now.namespace);
  const needed = new Set(kept.flatMap(broadcastsOf));
  let routes = namespace.routes;
  if (hasSubnet(address) && !address.secondary && !address.noprefixroute)
    routes = without(routes, connectedRoute(now, prime, address));
  for (const ip of broadcastsOf(address))
    if (!needed.has(ip)) routes = routes.filter((one) => !(isFor(one, now, ip) && one.type === 'broadcast'));
  if (!kept.some((one) => one.local === address.local)) {
    routes = routes.filter((one) => !(isFor(one, now, address.local) && one.type === 'local'));
    if (addressType4(routes, address.local) !== 'local') routes = routes.filter((one) => one.source !== address.local);
  }
  setRoutes(edit, now.namespace, routes);
};

const isFor = (route: Route, device: Device, ip: Ip): boolean =>
  route.table === 'local' && route.device === device.id && route.destination === ip && route.length === 32;

/**
 * Takes an address away. The secondaries of a primary go with it, unless promote_secondaries makes the first of them
 * the new primary (net/ipv4/devinet.c:__inet_del_ifa).
 */
export const deleteAddress4 = (edit: Edit, device: Device, address: Address): void => {
  const promote = effective(edit.network, edit.machine, device, 'promote_secondaries') !== 0;
  const seconds = address.secondary
    ? []
    : addresses4(deviceOf(edit, device.id)).filter((one) => one.secondary && sameSubnet(one, address));
  for (const second of promote ? [] : seconds) dropAddress4(edit, device, second, address);
  if (promote) for (const second of seconds) removeRoutesOf(edit, device, second, address);
  dropAddress4(edit, device, address, address);
  if (promote && seconds.length > 0) promoteFirst(edit, device, seconds);
  if (addresses4(deviceOf(edit, device.id)).length === 0) disable4(edit, device, 'all');
};

const dropAddress4 = (edit: Edit, device: Device, address: Address, prime: Address): void => {
  const rest = addresses4(deviceOf(edit, device.id)).filter((one) => one !== address);
  setAddresses4(edit, device, rest);
  removeRoutesOf(edit, device, address, prime);
};

const promoteFirst = (edit: Edit, device: Device, [first, ...others]: readonly Address[]): void => {
  if (!first) return;
  const rest = addresses4(deviceOf(edit, device.id)).filter((one) => one !== first);
  const { secondary: _was, ...primary } = first;
  setAddresses4(edit, device, inserted(rest, primary));
  for (const address of [primary, ...others]) addRoutesOf(edit, device, address);
};

/** `lo` gets 127.0.0.1/8 by itself; every address its routes (devinet.c:inetdev_event, fib_frontend.c:fib_netdev_event). */
export const up4 = (edit: Edit, device: Device): void => {
  const list = addresses4(deviceOf(edit, device.id));
  if (device.kind === 'loopback' && list.length === 0)
    insertAddress4(edit, device, { family: 4, local: '127.0.0.1' as Ip, length: 8, scope: 'host' });
  for (const address of list) addRoutesOf(edit, device, address);
};

/**
 * The routes over a device go, and with them its neighbours. Of a device that is only down the routes to its own
 * addresses stay (fib_frontend.c:fib_disable_ip, fib_semantics.c:fib_sync_down_dev).
 */
export const disable4 = (edit: Edit, device: Device, which: 'all' | 'down'): void => {
  const now = deviceOf(edit, device.id);
  const stays = (route: Route): boolean =>
    route.device !== now.id || route.family !== 4 || (which === 'down' && route.scope === 'host');
  setRoutes(edit, now.namespace, namespaceOf(edit, now.namespace).routes.filter(stays));
  forgetNeighbours(edit, now, 4);
};

/** net/core/neighbour.c:neigh_ifdown takes static entries and proxies along. */
export const forgetNeighbours = (edit: Edit, device: Device, family: 4 | 6 | 'both'): void => {
  const goes = (entry: { readonly device: number; readonly ip: Ip }): boolean =>
    entry.device === device.id && (family === 'both' || entry.ip.includes(':') === (family === 6));
  const { neighbours, proxies } = namespaceOf(edit, device.namespace);
  if (!neighbours.some(goes) && !proxies.some(goes)) return;
  changeNamespace(edit, device.namespace, (draft) => {
    draft.neighbours = neighbours.filter((entry) => !goes(entry));
    draft.proxies = proxies.filter((entry) => !goes(entry));
  });
};
