import { assertNever } from '../../base/assert-never.ts';
import { cidrText } from '../../model/ip.ts';
import { type Place, ROOT } from '../../model/network.ts';
import type { Operation, OperationOf } from '../../model/operation.ts';
import { addressWords } from '../phrases/address.ts';
import { routeWords } from '../phrases/route.ts';
import { maybe } from '../phrases/words.ts';
import { attributeWords, changeWords, kindWords, portWords } from './link-words.ts';
import { shellWord } from './shell-word.ts';

type Words = readonly string[];

/**
 * The line that does it on a real machine, in iproute2's words. Machines, network cards and cables are hardware, which
 * no command makes: for them it is a comment.
 */
export const commandOf = (operation: Operation): string => {
  switch (operation.op) {
    case 'machine.add':
      return `# machine ${operation.machine}`;
    case 'nic.add':
      return ['# network card', operation.name, ...attributeWords(nicAttributes(operation))].join(' ');
    case 'cable.add':
      return `# cable ${operation.ends.map(({ machine, name }) => `${machine}/${name}`).join(' ')}`;
    case 'cable.del':
      return `# no cable in ${operation.end.machine}/${operation.end.name}`;
    default:
      return wordsOf(operation).map(shellWord).join(' ');
  }
};

const nicAttributes = ({ mac, mtu }: OperationOf<'nic.add'>) => ({
  ...(mac === undefined ? {} : { mac }),
  ...(mtu === undefined ? {} : { mtu }),
});

/** What a command can do: all but hardware. */
export type Command = Exclude<Operation, { readonly op: 'machine.add' | 'nic.add' | 'cable.add' | 'cable.del' }>;

const tool = (name: 'ip' | 'bridge', { namespace }: Place): Words => [
  name,
  ...(namespace === ROOT ? [] : ['-n', namespace]),
];
const ip = (at: Place, ...words: Words): Words => [...tool('ip', at), ...words];
const bridge = (at: Place, ...words: Words): Words => [...tool('bridge', at), ...words];

export const wordsOf = (command: Command): Words => {
  const { at } = command;
  switch (command.op) {
    case 'netns.add':
      return ip(at, 'netns', 'add', command.name);
    case 'netns.del':
      return ip(at, 'netns', 'del', command.name);
    case 'netns.id':
      return ip(at, 'netns', 'set', command.name, `${command.id ?? 'auto'}`);
    case 'link.add':
      return ip(at, 'link', 'add', ...linkAddWords(command));
    case 'link.set':
      return ip(at, 'link', 'set', 'dev', command.device, ...changeWords(command.changes));
    case 'link.del':
      return ip(at, 'link', 'del', 'dev', command.device);
    case 'addr.add':
      return ip(at, 'addr', command.replace ? 'replace' : 'add', ...addressWords(command), 'dev', command.device);
    case 'addr.del':
      return ip(at, 'addr', 'del', ...addrDelWords(command));
    case 'route.add':
      return ip(at, 'route', command.how, ...routeWords(command.route));
    case 'route.del':
      return ip(at, 'route', 'del', ...routeWords(command.route));
    case 'neigh.add':
      return ip(at, 'neigh', command.how, ...neighWords(command));
    case 'neigh.del':
      return ip(at, 'neigh', 'del', command.ip, 'dev', command.device);
    case 'proxy.add':
      return ip(at, 'neigh', 'add', 'proxy', command.ip, 'dev', command.device);
    case 'proxy.del':
      return ip(at, 'neigh', 'del', 'proxy', command.ip, 'dev', command.device);
    case 'port.set':
      return bridge(at, 'link', 'set', 'dev', command.device, ...portWords(command.changes));
    case 'fdb.add':
      return bridge(at, 'fdb', command.how, ...fdbWords(command), command.state, ...(command.sticky ? ['sticky'] : []));
    case 'fdb.del':
      return bridge(at, 'fdb', 'del', ...fdbWords(command));
    case 'vlan.add':
      return bridge(at, 'vlan', 'add', ...vlanWords(command), ...vlanFlags(command));
    case 'vlan.del':
      return bridge(at, 'vlan', 'del', ...vlanWords(command));
    case 'sysctl.set':
      return [...inside(at), 'sysctl', '-w', `${command.key}=${command.value}`];
    default:
      return assertNever(command);
  }
};

const inside = ({ namespace }: Place): Words => (namespace === ROOT ? [] : ['ip', 'netns', 'exec', namespace]);

const linkAddWords = ({ name, link, options, attributes = {} }: OperationOf<'link.add'>): Words => [
  ...maybe('link', link),
  ...maybe('name', name),
  ...attributeWords(attributes),
  ...kindWords(options),
];

const addrDelWords = ({ address, peer, label, device }: OperationOf<'addr.del'>): Words => [
  cidrText(address),
  ...maybe('peer', peer),
  ...maybe('label', label),
  'dev',
  device,
];

const neighWords = ({ ip, mac, device, state }: OperationOf<'neigh.add'>): Words => [
  ip,
  ...maybe('lladdr', mac),
  'dev',
  device,
  ...(state === 'permanent' ? [] : ['nud', state]),
];

const fdbWords = ({ mac, device, vlan, target }: OperationOf<'fdb.add'> | OperationOf<'fdb.del'>): Words => [
  mac,
  'dev',
  device,
  ...maybe('vlan', vlan),
  target,
];

const vlanWords = ({ device, vid, to, self }: OperationOf<'vlan.add'> | OperationOf<'vlan.del'>): Words => [
  'dev',
  device,
  'vid',
  to === undefined ? `${vid}` : `${vid}-${to}`,
  ...(self ? ['self'] : []),
];

const vlanFlags = ({ pvid, untagged }: OperationOf<'vlan.add'>): Words => [
  ...(pvid ? ['pvid'] : []),
  ...(untagged ? ['untagged'] : []),
];
