import { fail, ok, type Result } from '../../../base/result.ts';
import type { NamespaceName } from '../../../model/device.ts';
import { findNamespace } from '../../../model/find.ts';
import { type Place, ROOT } from '../../../model/network.ts';
import type { Invocation, Output, SimulatedCommand } from '../../command.ts';
import { address } from './addr.ts';
import { runBatch } from './batch.ts';
import { link } from './link.ts';
import { neighbour } from './neigh.ts';
import { netns } from './netns.ts';
import { type Options, readOptions } from './options.ts';
import { ending, failure, notModelled, type Outcome } from './outcome.ts';
import type { IpObject } from './request.ts';
import { route } from './route.ts';
import { rule } from './rule.ts';
import { IP_USAGE } from './usage.ts';
import { abbreviates, wordsOf } from './words.ts';

const absent =
  (name: string): IpObject =>
  () =>
    notModelled(`"ip ${name}"`);

/** In the order of ip.c: `ip a` is `address`, `ip n` is `neighbor`, `ip t` is `tunnel`. */
const OBJECTS: readonly (readonly [string, IpObject])[] = [
  ['address', address],
  ['addrlabel', absent('addrlabel')],
  ['maddress', absent('maddress')],
  ['route', route],
  ['rule', rule],
  ['neighbor', neighbour],
  ['neighbour', neighbour],
  ['ntable', absent('ntable')],
  ['ntbl', absent('ntable')],
  ['link', link],
  ['l2tp', absent('l2tp')],
  ['fou', absent('fou')],
  ['ila', absent('ila')],
  ['macsec', absent('macsec')],
  ['tunnel', absent('tunnel')],
  ['tunl', absent('tunnel')],
  ['tuntap', absent('tuntap')],
  ['tap', absent('tuntap')],
  ['token', absent('token')],
  ['tcpmetrics', absent('tcpmetrics')],
  ['tcp_metrics', absent('tcpmetrics')],
  ['monitor', absent('monitor')],
  ['xfrm', absent('xfrm')],
  ['mroute', absent('mroute')],
  ['mrule', absent('mrule')],
  ['netns', netns],
  ['netconf', absent('netconf')],
  ['vrf', absent('vrf')],
  ['sr', absent('sr')],
  ['nexthop', absent('nexthop')],
  ['mptcp', absent('mptcp')],
  ['ioam', absent('ioam')],
  ['help', () => ending(IP_USAGE)],
  ['stats', absent('stats')],
];

/** The namespace of `-n`, which must be there before anything else is looked at. */
const enter = ({ place, simulation }: Invocation, { netns: name }: Options): Result<Place, Outcome> => {
  if (name === undefined) return ok(place);
  const inside = { ...place, namespace: name as NamespaceName };
  return name !== ROOT && findNamespace(simulation.network(), inside).ok
    ? ok(inside)
    : fail(ending(`Cannot open network namespace "${name}": No such file or directory\n`));
};

/** Standard input is left alone: whoever reads it takes it away from the script around. */
const runObject = (invocation: Invocation, options: Options, place: Place, words: readonly string[]) => {
  const [name = '', ...args] = words;
  const object = OBJECTS.find(([full]) => abbreviates(name, full))?.[1];
  if (!object) return failure(`Object "${name}" is unknown, try "ip help".\n`);
  const { simulation, files, run, wait } = invocation;
  return object({ args, options, place, simulation, files, run, wait });
};

const runIp = async (invocation: Invocation): Promise<Output> => {
  const words = wordsOf(invocation.args);
  const options = readOptions(words);
  if (!options.ok) return options.error;
  const place = enter(invocation, options.value);
  if (!place.ok) return place.error;
  const each = (line: readonly string[]) => runObject(invocation, options.value, place.value, line);
  if (options.value.batch !== undefined) return runBatch(invocation, options.value, each);
  return words.peek() === undefined ? ending(IP_USAGE) : each(words.rest());
};

export const ip: SimulatedCommand = {
  name: 'ip',
  run: async (invocation) => {
    const { stdout, stderr, exit } = await runIp(invocation);
    return { stdout, stderr, exit };
  },
};
