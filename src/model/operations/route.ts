import { fail, ok } from '../../base/result.ts';
import type { Device } from '../device.ts';
import { type Edit, machineOf, namespaceOf, setRoutes } from '../edit.ts';
import { devicesIn, type Found, findDevice } from '../find.ts';
import { ANY4, ANY6, addressBits, type Family, familyOf, networkOf } from '../ip.ts';
import type { Verdict } from '../kinds/kind.ts';
import type { Route } from '../network.ts';
import type { OperationOf, RouteSpec } from '../operation.ts';
import { refuse } from '../refusal.ts';
import { isPrefix, sameKey, sameRoute } from '../route-table.ts';
import { canonicalScope, canonicalTable, scopeNumber } from '../scope.ts';
import { checked4 } from './route4.ts';
import { checked6 } from './route6.ts';

type RouteAdd = OperationOf<'route.add'>;

const familyIn = ({ destination, via }: RouteSpec): Family => familyOf(via ?? destination.address);

/** What iproute2 fills in where nothing is said (ip/iproute.c:iproute_modify). */
const usualScope = ({ type = 'unicast', via }: RouteSpec): Route['scope'] => {
  switch (type) {
    case 'local':
      return 'host';
    case 'broadcast':
    case 'multicast':
      return 'link';
    case 'unicast':
      return via === undefined ? 'link' : 'global';
    default:
      return 'global';
  }
};
const usualTable = ({ type }: RouteSpec): Route['table'] =>
  type === 'local' || type === 'broadcast' ? 'local' : 'main';

/** A gateway of 0.0.0.0 is none (net/ipv4/fib_frontend.c:rtm_to_fib_config). */
const withoutZeroGateway = ({ via, ...spec }: RouteSpec): RouteSpec =>
  via === undefined || via === ANY4 ? spec : { ...spec, via };

const routeOf = (spec: RouteSpec, device: Device | undefined): Route => {
  const family = familyIn(spec);
  const { destination, via, source, onlink, tos } = spec;
  return {
    family,
    table: canonicalTable(spec.table ?? usualTable(spec)),
    type: spec.type ?? 'unicast',
    destination: family === 6 ? networkOf(destination) : destination.address,
    length: destination.length,
    ...(device ? { device: device.id } : {}),
    ...(via === undefined ? {} : { via }),
    ...(source === undefined ? {} : { source }),
    metric: spec.metric || (family === 6 ? 1024 : 0),
    scope: family === 6 ? 'global' : canonicalScope(spec.scope ?? usualScope(spec)),
    protocol: spec.protocol ?? 'boot',
    ...(onlink ? { onlink } : {}),
    ...(tos ? { tos } : {}),
  };
};

const specVerdict = (spec: RouteSpec): Verdict => {
  const { destination, via, source } = spec;
  const family = familyIn(spec);
  const bits = addressBits(family);
  const isLength = Number.isInteger(destination.length) && destination.length >= 0 && destination.length <= bits;
  const mixed = [destination.address, via, source].some((ip) => ip !== undefined && familyOf(ip) !== family);
  if (mixed || !isLength) return refuse('EINVAL', mixed ? undefined : 'Invalid prefix length');
  return family === 4 && !isPrefix(destination)
    ? refuse('EINVAL', 'Invalid prefix for given prefix length')
    : undefined;
};

/** The device that a command names, looked up by iproute2. */
const deviceIn = (edit: Edit, at: RouteAdd['at'], name: string | undefined): Found<Device | undefined> =>
  name === undefined ? ok(undefined) : findDevice(edit.network, at, name);

/** `ip route add`, `append`, `prepend`, `change`, `replace`. */
export const routeAdd = (edit: Edit, { at, how, route: spec }: RouteAdd): Verdict => {
  const device = deviceIn(edit, at, spec.device);
  if (!device.ok) return device.error;
  const refusal = specVerdict(spec);
  if (refusal) return refusal;
  const wanted = routeOf(withoutZeroGateway(spec), device.value);
  const routes = namespaceOf(edit, at.namespace).routes;
  const devices = devicesIn(machineOf(edit), at.namespace);
  const route = wanted.family === 4 ? checked4(wanted, routes, devices) : checked6(wanted, routes, devices);
  if (!route.ok) return route.error;
  const next = inserted(routes, route.value, how);
  if (!next.ok) return next.error;
  setRoutes(edit, at.namespace, next.value);
  return undefined;
};

/** How the new route stands to those of the same key (net/ipv4/fib_trie.c:fib_table_insert). */
const inserted = (routes: readonly Route[], route: Route, how: RouteAdd['how']): Found<readonly Route[]> => {
  const first = routes.findIndex((one) => sameKey(one, route));
  const equal = routes.findIndex((one) => sameRoute(one, route));
  switch (how) {
    case 'add':
      return first >= 0 ? fail(refuse('EEXIST')) : ok([...routes, route]);
    case 'append':
      return equal >= 0 ? fail(refuse('EEXIST')) : ok([...routes, route]);
    case 'prepend':
      if (equal >= 0) return fail(refuse('EEXIST'));
      return ok(first < 0 ? [...routes, route] : routes.toSpliced(first, 0, route));
    case 'change':
    case 'replace':
      if (first < 0) return how === 'change' ? fail(refuse('ENOENT')) : ok([...routes, route]);
      return equal >= 0 && equal !== first ? fail(refuse('EEXIST')) : ok(routes.with(first, route));
  }
};

/** `ip route del`: the first route of that prefix that has all that was said (fib_trie.c:fib_table_delete). */
export const routeDel = (edit: Edit, { at, route: spec }: OperationOf<'route.del'>): Verdict => {
  const device = deviceIn(edit, at, spec.device);
  if (!device.ok) return device.error;
  const refusal = specVerdict(spec);
  if (refusal) return refusal;
  const { routes } = namespaceOf(edit, at.namespace);
  const found = routes.findIndex((route) => isMeant(route, spec, device.value));
  if (found < 0) return refuse('ESRCH');
  setRoutes(edit, at.namespace, routes.toSpliced(found, 1));
  return undefined;
};

const isMeant = (route: Route, spec: RouteSpec, device: Device | undefined): boolean => {
  const family = familyIn(spec);
  const { destination } = spec;
  const network = family === 6 ? networkOf(destination) : destination.address;
  if (route.family !== family || route.destination !== network || route.length !== destination.length) return false;
  if (route.table !== canonicalTable(spec.table ?? usualTable(spec))) return false;
  if (family === 4 && (route.tos ?? 0) !== (spec.tos ?? 0)) return false;
  if (device && route.device !== device.id) return false;
  return saidOf(route, spec);
};

/** Each part of a route that the command names must be the route's. */
const saidOf = (route: Route, { type, via, source, metric, scope, protocol }: RouteSpec): boolean =>
  (via === undefined || route.via === via || via === ANY6) &&
  (!metric || route.metric === metric) &&
  (protocol === undefined || route.protocol === protocol) &&
  (route.family === 6 || source === undefined || route.source === source) &&
  (route.family === 6 || type === undefined || route.type === type) &&
  (route.family === 6 || scope === undefined || scopeNumber(route.scope) === scopeNumber(scope));
