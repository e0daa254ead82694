import { kindNamed } from './kinds/index.ts';
import { addLink, deleteLink, replaceLink, setLink } from './link-change.ts';
import { DONE, ending, failure, notModelled, said, unknownCommand } from './outcome.ts';
import type { IpObject } from './request.ts';
import { showLinks } from './show.ts';
import { LINK_USAGE } from './usage.ts';
import { abbreviates } from './words.ts';

/** `ip link help TYPE` answers on stdout and the rest of help on stderr. */
const help: IpObject = ({ args: [type] }) => {
  const kind = type === undefined ? undefined : kindNamed(type);
  return kind && type !== undefined ? said(kind.usage(type)) : ending(LINK_USAGE);
};

// In the order of iplink.c:do_iplink.
const COMMANDS: readonly (readonly [string, IpObject])[] = [
  ['add', addLink],
  ['set', setLink],
  ['change', setLink],
  ['replace', replaceLink],
  ['delete', deleteLink],
  ['show', showLinks],
  ['lst', showLinks],
  ['list', showLinks],
  ['xstats', ({ args }) => (args.length > 0 ? notModelled('"ip link xstats"') : failure('xstats: missing argument\n'))],
  ['afstats', () => DONE],
  ['property', () => notModelled('"ip link property"')],
  ['help', help],
];

/** `ip link`: the devices of a namespace. */
export const link: IpObject = (request) => {
  const [name, ...args] = request.args;
  if (name === undefined) return showLinks(request);
  const command = COMMANDS.find(([full]) => abbreviates(name, full))?.[1];
  return command ? command({ ...request, args }) : unknownCommand(name, 'link');
};
