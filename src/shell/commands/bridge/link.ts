import { fail, ok, type Result } from '../../../base/result.ts';
import type { PortSettings, PortState } from '../../../model/device.ts';
import { refuse } from '../../../model/refusal.ts';
import {
  anything,
  DONE,
  deviceAt,
  ending,
  exact,
  failure,
  flag,
  notModelled,
  type Outcome,
  option,
  type Reader,
  readAll,
  short,
  wordsOf,
} from '../../iproute/index.ts';
import { showLinks } from './link-show.ts';
import {
  atoi,
  type BridgeObject,
  carryOut,
  commands,
  failed,
  noBridgeDevice,
  type Request,
  refused,
} from './request.ts';
import { LINK_USAGE } from './usage.ts';

/** By the kernel's numbers (include/uapi/linux/if_bridge.h). */
const STATES: readonly PortState[] = ['disabled', 'listening', 'learning', 'forwarding', 'blocking'];

type Changes = {
  readonly device?: string;
  readonly port: Partial<PortSettings>;
  /** A state that the kernel does not know. */
  readonly unknownState?: true;
  readonly self?: true;
  readonly master?: true;
};
type Patch = Result<Partial<Changes>, Outcome>;

type SwitchKey = { [Key in keyof PortSettings]: PortSettings[Key] extends boolean ? Key : never }[keyof PortSettings];

const SWITCHES: Readonly<Record<string, SwitchKey>> = {
  guard: 'guard',
  hairpin: 'hairpin',
  fastleave: 'fastLeave',
  root_block: 'rootBlock',
  learning: 'learning',
  flood: 'flood',
  mcast_flood: 'mcastFlood',
  bcast_flood: 'bcastFlood',
  mcast_to_unicast: 'mcastToUnicast',
  neigh_suppress: 'neighSuppress',
  vlan_tunnel: 'vlanTunnel',
  isolated: 'isolated',
  locked: 'locked',
};

/** lib/utils.c:parse_on_off, whose -EINVAL becomes the exit status. */
const readSwitch = (name: string, key: SwitchKey | undefined): Reader<Changes> =>
  option(exact(name), (word, { port }): Patch => {
    if (word !== 'on' && word !== 'off')
      return fail(failure(`Error: argument of "${name}" must be one of "off", "on", not "${word}"\n`, 234));
    return ok(key === undefined ? {} : { port: { ...port, [key]: word === 'on' } });
  });

const setting = (port: Partial<PortSettings>, more: Partial<PortSettings>): Patch => ok({ port: { ...port, ...more } });

const readState = (word: string, { port }: Changes): Patch => {
  const number = /^[+-]?\d+$/.test(word) ? Number(word) : undefined;
  if (number !== undefined && number < 0) return ok({});
  const state = number === undefined ? STATES.find((name) => name === word) : STATES[number];
  if (state !== undefined) return setting(port, { state });
  return number === undefined ? fail(failed('Error: invalid STP port state\n')) : ok({ unknownState: true });
};

const READERS: readonly Reader<Changes>[] = [
  option(exact('dev'), (device) => ok({ device })),
  ...Object.entries(SWITCHES).map(([name, key]) => readSwitch(name, key)),
  // For switch chips that learn by themselves; a software bridge takes no notice.
  readSwitch('learning_sync', undefined),
  option(exact('mcast_router'), (word, { port }) => setting(port, atoi(word) < 0 ? {} : { mcastRouter: atoi(word) })),
  option(exact('cost'), (word, { port }) => setting(port, atoi(word) <= 0 ? {} : { cost: atoi(word) })),
  option(exact('priority'), (word, { port }) => setting(port, atoi(word) < 0 ? {} : { priority: atoi(word) })),
  option(exact('state'), readState),
  option(exact('hwmode'), (word) =>
    word === 'vepa' || word === 'veb' ? ok({ self: true }) : fail(failed('Mode argument must be "vepa" or "veb".\n')),
  ),
  flag(exact('self'), { self: true }),
  flag(exact('master'), { master: true }),
  option(exact('backup_port'), () => fail(notModelled('"backup_port"'))),
  flag(exact('nobackup_port'), {}),
  { matches: anything, read: () => fail(ending(LINK_USAGE)) },
];

/** Only cards with a switch inside take settings for themselves (net/core/rtnetlink.c:rtnl_bridge_setlink). */
const setSelf = (request: Request, name: string): Outcome => {
  const device = deviceAt(request.simulation.network(), request.place, name);
  if (!device) return noBridgeDevice(name);
  return device.kind === 'bridge' ? DONE : refused(refuse('EOPNOTSUPP'));
};

const setLink: BridgeObject = (request) => {
  const read = readAll<Changes>(READERS, { port: {} }, wordsOf(request.args));
  if (!read.ok) return read.error;
  const { device: named, port, unknownState, self, master } = read.value;
  if (named === undefined) return failed('Device is a required argument.\n');
  if (self && !master) return setSelf(request, named);
  const device = deviceAt(request.simulation.network(), request.place, named)?.name ?? named;
  const { priority, ...rest } = port;
  const operation = { op: 'port.set', at: request.place, device } as const;
  // The priority comes after the state, and what comes before it holds (net/bridge/br_netlink.c:br_setport).
  const outcome = carryOut(request, { ...operation, changes: unknownState ? rest : port });
  if (outcome.exit !== 0) return outcome;
  if (unknownState) return refused(refuse('EINVAL'));
  return self ? setSelf(request, named) : outcome;
};

/** `bridge link`: the ports of bridges. */
export const link: BridgeObject = commands('link', LINK_USAGE, showLinks, [[short('set', 'change'), setLink]]);
