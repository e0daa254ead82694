import { addNeighbour, delNeighbour } from './neigh-change.ts';
import { getNeighbour } from './neigh-get.ts';
import { flushNeighbours, showNeighbours } from './neigh-show.ts';
import { NEIGH_USAGE } from './neigh-usage.ts';
import { ending, unknownCommand } from './outcome.ts';
import type { IpObject } from './request.ts';
import { either, exact, type Match, short } from './words.ts';

// In the order of ipneigh.c:do_ipneigh.
const COMMANDS: readonly (readonly [Match, IpObject])[] = [
  [short('add'), addNeighbour('add')],
  [either(short('change'), exact('chg')), addNeighbour('change')],
  [short('replace'), addNeighbour('replace')],
  [short('delete'), delNeighbour],
  [short('get'), getNeighbour],
  [short('show', 'lst', 'list'), showNeighbours],
  [short('flush'), flushNeighbours],
  [short('help'), () => ending(NEIGH_USAGE)],
];

/** `ip neigh`: who is known to be at which hardware address, and who is answered for. */
export const neighbour: IpObject = (request) => {
  const [name, ...args] = request.args;
  if (name === undefined) return showNeighbours(request);
  const command = COMMANDS.find(([matches]) => matches(name))?.[1];
  return command ? command({ ...request, args }) : unknownCommand(name, 'neigh');
};
