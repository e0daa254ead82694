import { addAddress, deleteAddress } from './addr-edit.ts';
import { flushAddresses } from './addr-flush.ts';
import { ending, notModelled, unknownCommand } from './outcome.ts';
import type { IpObject } from './request.ts';
import { showAddresses } from './show.ts';
import { ADDRESS_USAGE } from './usage.ts';
import { either, exact, type Match, short } from './words.ts';

const absent =
  (name: string): IpObject =>
  () =>
    notModelled(`"ip address ${name}"`);

// In the order of ipaddress.c:do_ipaddr.
const COMMANDS: readonly (readonly [Match, IpObject])[] = [
  [short('add'), addAddress('add')],
  [either(short('change'), exact('chg')), addAddress('change')],
  [short('replace'), addAddress('replace')],
  [short('delete'), deleteAddress],
  [short('list', 'show', 'lst'), showAddresses],
  [short('flush'), flushAddresses],
  [short('save'), absent('save')],
  [short('showdump'), absent('showdump')],
  [short('restore'), absent('restore')],
  [short('help'), () => ending(ADDRESS_USAGE)],
];

/** `ip address`: the addresses of a namespace's devices. */
export const address: IpObject = (request) => {
  const [name, ...args] = request.args;
  if (name === undefined) return showAddresses(request);
  const command = COMMANDS.find(([matches]) => matches(name))?.[1];
  return command ? command({ ...request, args }) : unknownCommand(name, 'address');
};
