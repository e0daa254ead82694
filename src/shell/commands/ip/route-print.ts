import { familyOf } from '../../../model/ip.ts';
import type { Machine, Route } from '../../../model/network.ts';
import { familyName } from '../../text/addresses.ts';
import { END, type Field, named, object, text, value } from '../../text/fields.ts';
import type { RouteFilter } from './route-filter.ts';
import { protocols, scopes, tables, tosText } from './route-names.ts';
import type { Selector } from './route-prefix.ts';

export const familyColour = (ip: string): 'inet' | 'inet6' => (ip.includes(':') ? 'inet6' : 'inet');

const ofAddress = (key: string, label: string, ip: string): readonly Field[] => [
  value(key, ip, '', undefined),
  text(`${label} `),
  text(`${ip} `, familyColour(ip)),
];

const prefixText = ({ family, destination, length }: Pick<Route, 'family' | 'destination' | 'length'>): string => {
  if (length === 0) return 'default';
  return length === (family === 4 ? 32 : 128) ? destination : `${destination}/${length}`;
};

export const gatewayFields = ({ family, via }: Pick<Route, 'family' | 'via'>): readonly Field[] => {
  if (via === undefined) return [];
  const own = familyOf(via);
  if (own === family) return ofAddress('gateway', 'via', via);
  return [
    object('via', [
      value('family', familyName(own), `via ${familyName(own)} `),
      value('host', via, `${via} `, familyColour(via)),
    ]),
  ];
};

export const deviceFields = (key: 'dev' | 'iif', name: string): readonly Field[] => [
  value(key, name, ''),
  text(`${key} `),
  text(`${name} `, 'name'),
];
export const sourceFields = (source: string): readonly Field[] => ofAddress('prefsrc', 'src', source);
export const flagsField = (flags: readonly string[]): Field =>
  value('flags', flags, flags.map((flag) => `${flag} `).join(''));
/** A word of the line, where the value is left out of nothing. */
const when = (shown: boolean, ...fields: readonly Field[]): readonly Field[] => (shown ? fields : []);

/** Whether a selector names one address, so that printing it again would say nothing new. */
const exactly = (selector: Selector | undefined, route: Route): boolean =>
  selector?.address !== undefined && selector.length === (route.family === 4 ? 32 : 128);

/** IPv6 refuses through lo (net/ipv6/route.c:ip6_route_info_create). */
const deviceName = (machine: Machine, route: Route): string | undefined => {
  if (route.device !== undefined) return machine.devices[route.device]?.name;
  return route.family === 6 ? 'lo' : undefined;
};

export type RouteView = { readonly details: boolean; readonly filter: RouteFilter; readonly flags: readonly string[] };

/** One line of `ip route` (iproute.c:print_route). */
export const routeFields = (
  machine: Machine,
  route: Route,
  { details, filter, flags }: RouteView,
): readonly Field[] => {
  const { family, type, protocol, table, metric, source } = route;
  const scope = family === 6 ? 'global' : route.scope;
  const prefix = prefixText(route);
  const device = deviceName(machine, route);
  return [
    ...when(type !== 'unicast' || details, value('type', type, `${type} `)),
    value('dst', prefix, `${prefix} `, prefix === 'default' ? undefined : familyColour(prefix)),
    ...when(
      Boolean(route.tos) && filter.tos === undefined,
      value('tos', tosText(route.tos ?? 0), `tos ${tosText(route.tos ?? 0)} `),
    ),
    ...when(
      !exactly(filter.via, route) || (route.via !== undefined && familyOf(route.via) !== family),
      ...gatewayFields(route),
    ),
    ...(device === undefined || filter.device !== undefined ? [] : deviceFields('dev', device)),
    ...when((table !== 'main' || details) && filter.table === 'all', named('table', tables.text(table))),
    ...when(
      (protocol !== 'boot' || details) && filter.protocol === undefined,
      value('protocol', protocols.text(protocol), `proto ${protocols.text(protocol)} `),
    ),
    ...when((scope !== 'global' || details) && filter.scope === undefined, named('scope', scopes.text(scope))),
    ...(source === undefined || exactly(filter.source, route) ? [] : sourceFields(source)),
    ...when((metric !== 0 || family === 6) && filter.metric === undefined, named('metric', metric)),
    flagsField(flags),
    ...when(family === 6, value('pref', 'medium', 'pref medium')),
    END,
  ];
};
