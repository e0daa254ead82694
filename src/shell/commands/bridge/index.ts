import { fail, ok, type Result } from '../../../base/result.ts';
import type { NamespaceName } from '../../../model/device.ts';
import { findNamespace } from '../../../model/find.ts';
import { type Place, ROOT } from '../../../model/network.ts';
import type { Invocation, Output, SimulatedCommand } from '../../command.ts';
import { abbreviates, ending, exact, notModelled, type Outcome, said, short, wordsOf } from '../../iproute/index.ts';
import { fdb } from './fdb.ts';
import { link } from './link.ts';
import { type Options, readOptions } from './options.ts';
import { type BridgeObject, commands, failed } from './request.ts';
import { BRIDGE_USAGE, MDB_USAGE, MONITOR_USAGE } from './usage.ts';
import { vlan } from './vlan.ts';

/** Without snooping of groups there is nothing to show. */
const mdb: BridgeObject = commands(
  'mdb',
  MDB_USAGE,
  ({ options }) => said(options.json ? '[{"mdb":[],"router":{}}]\n' : ''),
  [[short('add', 'delete'), () => notModelled('"bridge mdb"')]],
);

const MONITORED = exact('file', 'link', 'fdb', 'mdb', 'vlan', 'vni', 'all');
const monitor: BridgeObject = ({ args }) => {
  const [what = 'all'] = args;
  if (abbreviates(what, 'help')) return ending(MONITOR_USAGE);
  if (!MONITORED(what)) return ending(`Argument "${what}" is unknown, try "bridge monitor help".\n`);
  return notModelled('"bridge monitor"');
};

/** In the order of bridge.c. */
const OBJECTS: readonly (readonly [string, BridgeObject])[] = [
  ['link', link],
  ['fdb', fdb],
  ['mdb', mdb],
  ['vlan', vlan],
  ['vni', () => notModelled('"bridge vni"')],
  ['monitor', monitor],
  ['help', () => ending(BRIDGE_USAGE)],
];

/** The namespace of `-n`, which must be there before anything else is looked at. */
const enter = ({ place, simulation }: Invocation, { netns: name }: Options): Result<Place, Outcome> => {
  if (name === undefined) return ok(place);
  const inside = { ...place, namespace: name as NamespaceName };
  return name !== ROOT && findNamespace(simulation.network(), inside).ok
    ? ok(inside)
    : fail(ending(`Cannot open network namespace "${name}": No such file or directory\n`));
};

const run = (invocation: Invocation): Outcome => {
  const words = wordsOf(invocation.args);
  const options = readOptions(words);
  if (!options.ok) return options.error;
  const place = enter(invocation, options.value);
  if (!place.ok) return place.error;
  if (options.value.batch !== undefined) return notModelled('"bridge -batch"');
  const [name, ...args] = words.rest();
  if (name === undefined) return ending(BRIDGE_USAGE);
  const object = OBJECTS.find(([full]) => abbreviates(name, full))?.[1];
  return object
    ? object({ args, simulation: invocation.simulation, options: options.value, place: place.value })
    : failed(`Object "${name}" is unknown, try "bridge help".\n`);
};

export const bridge: SimulatedCommand = {
  name: 'bridge',
  run: (invocation): Output => {
    const { stdout, stderr, exit } = run(invocation);
    return { stdout, stderr, exit };
  },
};
