import { ending, notModelled, unknownCommand } from './outcome.ts';
import type { IpObject } from './request.ts';
import { addRoute, delRoute } from './route-change.ts';
import { getRoute } from './route-get.ts';
import { flushRoutes, showRoutes } from './route-show.ts';
import { ROUTE_USAGE } from './route-usage.ts';
import { either, exact, type Match, short } from './words.ts';

const absent =
  (name: string): IpObject =>
  () =>
    notModelled(`"ip route ${name}"`);

// In the order of iproute.c:do_iproute.
const COMMANDS: readonly (readonly [Match, IpObject])[] = [
  [short('add'), addRoute('add')],
  [either(short('change'), exact('chg')), addRoute('change')],
  [short('replace'), addRoute('replace')],
  [short('prepend'), addRoute('prepend')],
  [short('append'), addRoute('append')],
  [short('test'), absent('test')],
  [short('delete'), delRoute],
  [short('list', 'show', 'lst'), showRoutes],
  [short('get'), getRoute],
  [short('flush'), flushRoutes],
  [short('save'), absent('save')],
  [short('restore'), absent('restore')],
  [short('showdump'), absent('showdump')],
  [short('help'), () => ending(ROUTE_USAGE)],
];

/** `ip route`: the routing tables of a namespace. */
export const route: IpObject = (request) => {
  const [name, ...args] = request.args;
  if (name === undefined) return showRoutes(request);
  const command = COMMANDS.find(([matches]) => matches(name))?.[1];
  return command ? command({ ...request, args }) : unknownCommand(name, 'route');
};
