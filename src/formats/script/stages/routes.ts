import type { Namespace, Route } from '../../../model/network.ts';
import type { RouteSpec } from '../../../model/operation.ts';
import { routeSpec } from '../route-spec.ts';
import { builtMachine, builtNamespace, emit, nameOf, namespacesOf, placeOf, type Target } from '../target.ts';

/** Routes that compete for the same packets: among them the order counts. */
const keyOf = ({ family, table, destination, length, metric, tos = 0 }: Route): string =>
  [family, table, destination, length, metric, tos].join(' ');

/**
 * Of IPv6 the kernel's own routes stay as they are: to those of addresses it gives the metric 0, which no command can,
 * and the one for multicast tells it that a device has been configured.
 */
const isKernels6 = (key: string): boolean => /^6 local (ff00:: 8 256|\S+ 128 0) 0$/.test(key);

type Groups = ReadonlyMap<string, readonly RouteSpec[]>;

const grouped = (routes: readonly Route[], deviceName: (id: number) => string): Groups => {
  const groups = new Map<string, RouteSpec[]>();
  for (const route of routes) {
    const key = keyOf(route);
    groups.set(key, [...(groups.get(key) ?? []), routeSpec(route, deviceName)]);
  }
  return groups;
};

const same = (a: RouteSpec, b: RouteSpec | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The kernel has made those of the addresses; what a person added follows, and what a person removed goes. */
export const addRoutes = (target: Target): void => {
  for (const namespace of namespacesOf(target)) {
    const wanted = grouped(namespace.routes, (id) => nameOf(target, id));
    for (const route of namespace.routes) append(target, namespace, keyOf(route), wanted);
    for (const key of new Set([...wanted.keys(), ...builtGroups(target, namespace).keys()]))
      replace(target, namespace, key, wanted.get(key) ?? []);
  }
};

const builtGroups = (target: Target, namespace: Namespace): Groups => {
  const { devices } = builtMachine(target);
  return grouped(builtNamespace(target, namespace)?.routes ?? [], (id) => devices[id]!.name);
};

/** Adds what is missing at the end of a group. */
const append = (target: Target, namespace: Namespace, key: string, wanted: Groups): void => {
  const routes = wanted.get(key) ?? [];
  const now = builtGroups(target, namespace).get(key) ?? [];
  if (!now.every((route, i) => same(route, routes[i])) || isKernels6(key)) return;
  for (const route of routes.slice(now.length))
    addRoute(target, namespace, route, now.length > 0 || route !== routes[0]);
};

const addRoute = (target: Target, namespace: Namespace, route: RouteSpec, isBeside: boolean): void => {
  emit(target, { op: 'route.add', at: placeOf(target, namespace), how: isBeside ? 'append' : 'add', route });
};

/**
 * Takes away what is wrong or too much in a group, and adds the rest behind it. What stands first is replaced: its
 * gateway may have been reached by the very route that it took the place of.
 */
const replace = (target: Target, namespace: Namespace, key: string, routes: readonly RouteSpec[]): void => {
  if (isKernels6(key)) return;
  const at = placeOf(target, namespace);
  const group = (): readonly RouteSpec[] => builtGroups(target, namespace).get(key) ?? [];
  const [before, first] = [group()[0], routes[0]];
  if (before && first && !same(before, first)) emit(target, { op: 'route.add', at, how: 'replace', route: first });
  const now = group();
  const kept = [...now, undefined].findIndex((route, i) => !route || !same(route, routes[i]));
  for (const route of now.slice(kept).toReversed()) emit(target, { op: 'route.del', at, route });
  for (const [i, route] of routes.slice(kept).entries()) addRoute(target, namespace, route, kept + i > 0);
};

export const addNeighbours = (target: Target): void => {
  for (const namespace of namespacesOf(target)) {
    const at = placeOf(target, namespace);
    for (const { device, ip, mac, state } of namespace.neighbours)
      emit(target, { op: 'neigh.add', at, how: 'add', device: nameOf(target, device), ip, mac, state });
    for (const { device, ip } of namespace.proxies)
      emit(target, { op: 'proxy.add', at, device: nameOf(target, device), ip });
  }
};
