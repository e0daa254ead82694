import { fail, ok } from '../../base/result.ts';
import type { Device } from '../device.ts';
import type { Found } from '../find.ts';
import type { Ip } from '../ip.ts';
import type { Verdict } from '../kinds/kind.ts';
import type { Route, RouteType } from '../network.ts';
import { refuse } from '../refusal.ts';
import { ALL_TABLES, addressType4, findRoute } from '../route-table.ts';
import { scopeNumber } from '../scope.ts';

const LINK = scopeNumber('link');
const HOST = scopeNumber('host');

/** Routes that say why not, rather than where (net/ipv4/fib_semantics.c: fib_props). */
const SAYS_NO: ReadonlySet<RouteType> = new Set(['blackhole', 'unreachable', 'prohibit', 'throw']);

/** The farthest scope that a type of route can have (fib_props). */
const farthest = (type: RouteType): number => (type === 'local' ? HOST : type === 'broadcast' ? LINK : 0);

/** The route with its device, or what refuses it, in the order of fib_semantics.c:fib_create_info. */
export const checked4 = (route: Route, routes: readonly Route[], devices: readonly Device[]): Found<Route> => {
  const scope = scopeNumber(route.scope);
  if (farthest(route.type) > scope) return fail(refuse('EINVAL', 'Invalid scope'));
  const checked = SAYS_NO.has(route.type) ? negative(route) : nextHop(route, scope, routes, devices);
  if (!checked.ok) return checked;
  return isValidSource(route, routes) ? checked : fail(refuse('EINVAL', 'Invalid prefsrc address'));
};

const negative = (route: Route): Found<Route> =>
  route.via !== undefined || route.device !== undefined
    ? fail(refuse('EINVAL', 'Gateway, device and multipath can not be specified for this route type'))
    : ok(route);

const nextHop = (route: Route, scope: number, routes: readonly Route[], devices: readonly Device[]): Found<Route> => {
  if (scope > HOST) return fail(refuse('EINVAL', 'Invalid scope'));
  const device = devices.find((one) => one.id === route.device);
  if (scope === HOST) {
    if (route.via !== undefined) return fail(refuse('EINVAL', 'Route with host scope can not have a gateway'));
    return device ? ok(route) : fail(refuse('ENODEV'));
  }
  if (route.via !== undefined) return throughGateway(route, route.via, scope, routes, devices);
  if (route.onlink) return fail(refuse('EINVAL', 'Invalid flags for nexthop - PERVASIVE and ONLINK can not be set'));
  if (!device) return fail(refuse('ENODEV'));
  return device.up ? ok(route) : fail(refuse('ENETDOWN', 'Device for nexthop is not up'));
};

/** fib_semantics.c:fib_check_nh_v4_gw: a gateway must be nearer than what lies behind it. */
const throughGateway = (
  route: Route,
  via: Ip,
  scope: number,
  routes: readonly Route[],
  devices: readonly Device[],
): Found<Route> => {
  const refusal = route.onlink ? onlinkVerdict(route, via, scope, routes, devices) : undefined;
  if (refusal) return fail(refusal);
  if (route.onlink) return ok(route);
  const nearest = Math.max(scope + 1, LINK);
  const tables = typeof route.table === 'number' ? [route.table, ...ALL_TABLES] : ALL_TABLES;
  const answer = findRoute(routes, { to: via, tables, nearest, device: route.device });
  if (!answer.found) return fail(refuse('ENETUNREACH', 'Nexthop has invalid gateway'));
  const { type, device: out } = answer.route;
  if (type !== 'unicast' && type !== 'local') return fail(refuse('EINVAL', 'Nexthop has invalid gateway'));
  const device = devices.find((one) => one.id === out);
  if (!device) return fail(refuse('ENODEV', 'No egress device for nexthop'));
  return device.up ? ok({ ...route, device: device.id }) : fail(refuse('ENETDOWN'));
};

const onlinkVerdict = (
  route: Route,
  via: Ip,
  scope: number,
  routes: readonly Route[],
  devices: readonly Device[],
): Verdict => {
  if (scope >= LINK) return refuse('EINVAL', 'Nexthop has invalid scope');
  const device = devices.find((one) => one.id === route.device);
  if (!device) return refuse('ENODEV', 'Nexthop device required for onlink');
  if (!device.up) return refuse('ENETDOWN', 'Nexthop device is not up');
  return addressType4(routes, via, device.id) === 'unicast'
    ? undefined
    : refuse('EINVAL', 'Nexthop has invalid gateway');
};

/** `src` must be an address of this namespace (fib_semantics.c:fib_valid_prefsrc). */
const isValidSource = (route: Route, routes: readonly Route[]): boolean => {
  if (route.source === undefined) return true;
  if (route.type === 'local' && route.destination === route.source) return true;
  return addressType4(routes, route.source) === 'local';
};
