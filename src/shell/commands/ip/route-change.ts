import { fail, ok, type Result } from '../../../base/result.ts';
import { ANY4, ANY6 } from '../../../model/ip.ts';
import type { RouteScope, RouteTable, RouteType } from '../../../model/network.ts';
import type { OperationOf, RouteSpec } from '../../../model/operation.ts';
import { ending, notModelled, type Outcome } from './outcome.ts';
import { carryOut, type IpObject, type Request } from './request.ts';
import { DRAFT_READERS, type Draft } from './route-draft.ts';
import { familyOption } from './route-prefix.ts';
import { ROUTE_USAGE } from './route-usage.ts';
import { readAll, wordsOf } from './words.ts';

const LOCAL_TYPES: readonly (RouteType | undefined)[] = ['local', 'broadcast'];
const tableFor = ({ table, type }: Draft): RouteTable => table ?? (LOCAL_TYPES.includes(type) ? 'local' : 'main');

/** How far away the next hop is, unless the line says it (iproute.c:iproute_modify). */
const scopeFor = ({ family, type = 'unicast', via }: Draft): RouteScope => {
  if (family === 6) return 'global';
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

/** What was said, in the words of an operation; deleting compares no more than that. */
const said = (draft: Draft): RouteSpec => {
  const { family = 4, destination, beyond: _, via, ...rest } = draft;
  const any = family === 6 ? ANY6 : ANY4;
  return {
    ...rest,
    // A gateway of all zeros is none (net/ipv4/fib_semantics.c:fib_nh_init).
    ...(via !== undefined && via !== ANY4 && { via }),
    destination: { address: destination?.address ?? any, length: destination?.length ?? 0 },
    table: tableFor(draft),
  };
};

const readDraft = ({ args, options }: Request): Result<Draft, Outcome> => {
  const draft = readAll<Draft>(DRAFT_READERS, familyOption(options.family), wordsOf(args));
  if (!draft.ok) return draft;
  if (!draft.value.destination) return fail(ending(ROUTE_USAGE));
  return draft.value.beyond === undefined ? ok(draft.value) : fail(notModelled(draft.value.beyond));
};

export const addRoute =
  (how: OperationOf<'route.add'>['how']): IpObject =>
  (request) => {
    const draft = readDraft(request);
    if (!draft.ok) return draft.error;
    const route: RouteSpec = { type: 'unicast', protocol: 'boot', scope: scopeFor(draft.value), ...said(draft.value) };
    return carryOut(request, { op: 'route.add', at: request.place, how, route });
  };

export const delRoute: IpObject = (request) => {
  const draft = readDraft(request);
  if (!draft.ok) return draft.error;
  return carryOut(request, { op: 'route.del', at: request.place, route: said(draft.value) });
};
