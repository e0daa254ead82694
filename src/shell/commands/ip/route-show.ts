import { fail, ok, type Result } from '../../../base/result.ts';
import { findNamespace } from '../../../model/find.ts';
import { hasCarrier } from '../../../model/link-state.ts';
import type { Machine, Route } from '../../../model/network.ts';
import type { RouteSpec } from '../../../model/operation.ts';
import { print } from '../../text/fields.ts';
import { deviceAt, machineAt } from './lookup.ts';
import { failure, noDevice, type Outcome, said } from './outcome.ts';
import type { IpObject, Request } from './request.ts';
import { FILTER_READERS, type RouteFilter, selects } from './route-filter.ts';
import { dumpOrder } from './route-order.ts';
import { familyOption } from './route-prefix.ts';
import { routeFields } from './route-print.ts';
import { readAll, wordsOf } from './words.ts';

type Selected = { readonly filter: RouteFilter; readonly routes: readonly Route[] };
type Doing = 'Dump' | 'Flush';

const machineOf = ({ simulation, place }: Request): Machine | undefined => machineAt(simulation.network(), place);
const routesOf = ({ simulation, place }: Request): readonly Route[] => {
  const namespace = findNamespace(simulation.network(), place);
  return namespace.ok ? namespace.value.routes : [];
};

/** A table comes to be with its first route (net/ipv4/fib_frontend.c:fib_new_table). */
const tableExists = (routes: readonly Route[], { table, family }: RouteFilter): boolean => {
  if (table === 'all' || table === 'main' || (table === 'local' && family === 6)) return true;
  return routes.some((route) => route.table === table && route.family === family);
};

const noTable = (family: number, doing: Doing): Outcome =>
  failure(`Error: ipv${family}: FIB table does not exist.\n${doing} terminated\n`, 2);

/** Where no family is named, one table means IPv4, and all tables mean both (iproute_list_flush_or_save). */
const readFilter = ({ args, options }: Request): Result<RouteFilter, Outcome> => {
  const read = readAll(FILTER_READERS, { table: 'main', ...familyOption(options.family) }, wordsOf(args));
  if (!read.ok || read.value.family !== undefined || read.value.table === 'all') return read;
  return ok({ ...read.value, family: 4 });
};

const select = (request: Request, doing: Doing): Result<Selected, Outcome> => {
  const filter = readFilter(request);
  if (!filter.ok) return filter;
  const { input, device, family = 4 } = filter.value;
  const network = request.simulation.network();
  for (const name of [input, device])
    if (name !== undefined && !deviceAt(network, request.place, name)) return fail(noDevice(name));
  const all = routesOf(request);
  if (!tableExists(all, filter.value)) return fail(noTable(family, doing));
  // No route of a table names the device that a packet comes in by.
  if (input !== undefined) return ok({ filter: filter.value, routes: [] });
  const over = device === undefined ? undefined : deviceAt(network, request.place, device)?.id;
  const wanted = (route: Route) => selects(filter.value, route) && (over === undefined || route.device === over);
  return ok({ filter: filter.value, routes: dumpOrder(all.filter(wanted)) });
};

/** A route over a link without carrier stays, and says so; what is local to this machine needs no link. */
const flagsOf = (machine: Machine, route: Route): readonly string[] => {
  const flags = route.onlink ? ['onlink'] : [];
  const device = route.device === undefined ? undefined : machine.devices[route.device];
  if (!device || route.type === 'local' || hasCarrier(device)) return flags;
  const dead = route.family === 4 && (device.conf4.ignore_routes_with_linkdown ?? 0) > 0;
  return [...(dead ? ['dead'] : []), ...flags, 'linkdown'];
};

const listing = (request: Request, { filter, routes }: Selected): string => {
  const machine = machineOf(request);
  if (!machine) return '';
  const { options } = request;
  const view = (route: Route) => ({ details: options.details, filter, flags: flagsOf(machine, route) });
  return print(
    routes.map((route) => routeFields(machine, route, view(route))),
    options,
  );
};

export const showRoutes: IpObject = (request) => {
  const selected = select(request, 'Dump');
  return selected.ok ? said(listing(request, selected.value)) : selected.error;
};

const specOf = (machine: Machine | undefined, route: Route): RouteSpec => {
  const { destination, length, device, family: _, ...rest } = route;
  const name = device === undefined ? undefined : machine?.devices[device]?.name;
  return { ...rest, destination: { address: destination, length }, ...(name !== undefined && { device: name }) };
};

const flushReport = (count: number): string =>
  count === 0
    ? 'Nothing to flush.\n'
    : `\n*** Round 1, deleting ${count} entries ***\n*** Flush is complete after 1 round ***\n`;

export const flushRoutes: IpObject = (request) => {
  if (request.args.length === 0) return failure('"ip route flush" requires arguments.\n');
  const selected = select(request, 'Flush');
  if (!selected.ok) return selected.error;
  const { options, simulation, place } = request;
  const { routes } = selected.value;
  const shown = options.stats > 1 ? listing(request, selected.value) : '';
  const machine = machineOf(request);
  for (const route of routes) simulation.apply({ op: 'route.del', at: place, route: specOf(machine, route) });
  return said(options.stats > 0 ? shown + flushReport(routes.length) : '');
};
