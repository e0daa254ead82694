import type { Route } from '../../model/network.ts';
import type { RouteSpec } from '../../model/operation.ts';

/** What a command says of a route: all that it would not fill in by itself (iproute2 ip/iproute.c:iproute_modify). */
export const routeSpec = (route: Route, deviceName: (id: number) => string): RouteSpec => {
  const { family, type, destination, length, device, via, source, metric, scope, table, protocol, onlink, tos } = route;
  return {
    ...(type === 'unicast' ? {} : { type }),
    destination: { address: destination, length },
    ...(tos === undefined ? {} : { tos }),
    ...(via === undefined ? {} : { via }),
    ...(device === undefined || hangsOnLo(route) ? {} : { device: deviceName(device) }),
    ...(table === usualTable(route) ? {} : { table }),
    ...(protocol === 'boot' ? {} : { protocol }),
    ...(family === 6 || scope === usualScope(route) ? {} : { scope }),
    ...(source === undefined ? {} : { source }),
    ...(metric === (family === 6 ? 1024 : 0) ? {} : { metric }),
    ...(onlink && !hangsOnLo(route) ? { onlink } : {}),
  };
};

/** IPv6 routes that say why not are `lo`'s, whatever a command says (net/ipv6/route.c:fib6_is_reject). */
const hangsOnLo = ({ family, type }: Route): boolean =>
  family === 6 && (type === 'blackhole' || type === 'unreachable' || type === 'prohibit' || type === 'throw');

const usualTable = ({ type }: Route): Route['table'] => (type === 'local' || type === 'broadcast' ? 'local' : 'main');

const usualScope = ({ type, via }: Route): Route['scope'] => {
  if (type === 'local') return 'host';
  if (type === 'broadcast' || type === 'multicast') return 'link';
  return type === 'unicast' && via === undefined ? 'link' : 'global';
};
