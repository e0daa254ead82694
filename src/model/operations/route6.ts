import { fail, ok } from '../../base/result.ts';
import type { Device } from '../device.ts';
import type { Found } from '../find.ts';
import { addresses6, isEnabled6 } from '../inet6.ts';
import { type Ip, isLinkLocal6, isMulticastIp } from '../ip.ts';
import type { Route, RouteType } from '../network.ts';
import { refuse } from '../refusal.ts';
import { ALL_TABLES, findRoute } from '../route-table.ts';

const SAYS_NO: ReadonlySet<RouteType> = new Set(['blackhole', 'unreachable', 'prohibit', 'throw']);

/** The route with its device, or what refuses it, in the order of net/ipv6/route.c:ip6_route_info_create. */
export const checked6 = (route: Route, routes: readonly Route[], devices: readonly Device[]): Found<Route> => {
  const named = devices.find((one) => one.id === route.device);
  if (route.onlink && !named) return fail(refuse('ENODEV', 'Nexthop device required for onlink'));
  if (route.onlink && !named?.up) return fail(refuse('ENETDOWN', 'Nexthop device is not up'));
  if (SAYS_NO.has(route.type)) return reject(route, devices);
  const out = route.via === undefined ? ok(named) : throughGateway(route, route.via, named, routes, devices);
  if (!out.ok) return out;
  const device = out.value;
  if (!device) return fail(refuse('ENODEV'));
  if (!isEnabled6(device)) return fail(refuse('EACCES', 'IPv6 is disabled on nexthop device'));
  if (!device.up) return fail(refuse('ENETDOWN', 'Nexthop device is not up'));
  if (!isOwnSource(route, devices)) return fail(refuse('EINVAL', 'Invalid source address'));
  return ok({ ...route, device: device.id });
};

/** Routes that say why not hang on `lo` (route.c:fib6_is_reject). */
const reject = ({ via: _via, ...route }: Route, devices: readonly Device[]): Found<Route> => {
  const lo = devices.find((one) => one.kind === 'loopback');
  return ok(lo ? { ...route, device: lo.id } : route);
};

const isOwnSource = ({ source }: Route, devices: readonly Device[]): boolean =>
  source === undefined || devices.some((device) => addresses6(device).some((one) => one.local === source));

/** route.c:ip6_validate_gw */
const throughGateway = (
  route: Route,
  via: Ip,
  named: Device | undefined,
  routes: readonly Route[],
  devices: readonly Device[],
): Found<Device> => {
  const isOwn = (device: Device): boolean => addresses6(device).some((one) => one.local === via);
  if ((named ? [named] : devices).some(isOwn)) return fail(refuse('EINVAL', 'Gateway can not be a local address'));
  const isLinkLocal = isLinkLocal6(via);
  if (isMulticastIp(via) || via === '::' || via === '::1') return fail(refuse('EINVAL', 'Invalid gateway address'));
  const device = isLinkLocal || route.onlink ? ok(named) : deviceTowards(via, named, routes, devices);
  if (!device.ok) return device;
  if (!device.value) return fail(refuse('EINVAL', 'Egress device not specified'));
  if (device.value.kind === 'loopback')
    return fail(refuse('EINVAL', 'Egress device can not be loopback device for this nexthop'));
  return ok(device.value);
};

/** A gateway must itself be reached without one (route.c:ip6_route_check_nh). */
const deviceTowards = (
  via: Ip,
  named: Device | undefined,
  routes: readonly Route[],
  devices: readonly Device[],
): Found<Device> => {
  const answer = findRoute(routes, { to: via, tables: ALL_TABLES, device: named?.id });
  const route =
    answer.found && answer.route.via === undefined && !SAYS_NO.has(answer.route.type) ? answer.route : undefined;
  const device = devices.find((one) => one.id === route?.device);
  return device ? ok(device) : fail(refuse('EHOSTUNREACH'));
};
