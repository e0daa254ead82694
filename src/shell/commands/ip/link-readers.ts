import { fail, ok, type Result } from '../../../base/result.ts';
import type { LinkAttributes } from '../../../model/operation.ts';
import { refuse } from '../../../model/refusal.ts';
import { readInteger } from '../../text/numbers.ts';
import { hardwareAddress } from './hardware.ts';
import type { Situation } from './kinds/kind.ts';
import type { LinkWords } from './link-said.ts';
import { deviceAt, machineAt, namespaceMeant } from './lookup.ts';
import {
  duplicate,
  ending,
  failure,
  garbage,
  INCOMPLETE,
  notModelled,
  type Outcome,
  refused,
  wrong,
} from './outcome.ts';
import { LINK_USAGE } from './usage.ts';
import { anything, either, exact, flag, option, type Reader, short } from './words.ts';

type Read = Result<Partial<LinkWords>, Outcome>;

const with_ = ({ attributes }: LinkWords, more: LinkAttributes): Read => ok({ attributes: { ...attributes, ...more } });

/** check_ifname and check_altifname of lib/utils.c. */
const isName = (word: string): boolean => /^[^/\s]+$/.test(word);
const isShortName = (word: string): boolean => isName(word) && word.length < 16;

const readName = (word: string, state: LinkWords): Read => {
  if (state.name !== undefined) return fail(duplicate('name', word));
  if (!isShortName(word)) return fail(wrong(word, '"name" not a valid ifname'));
  return ok({ name: word, dev: state.dev ?? word });
};

const readIndex = (word: string, state: LinkWords): Read => {
  if (state.attributes.ifindex !== undefined) return fail(duplicate('index', word));
  const ifindex = Number.parseInt(word, 10);
  return ifindex > 0 ? with_(state, { ifindex }) : fail(wrong(word, 'Invalid "index" value'));
};

const readAddress = (word: string): Read => {
  const bytes = hardwareAddress(word);
  return bytes.ok ? ok({ address: bytes.value }) : bytes;
};

/** A number that may be said once. */
const once = (matches: Reader<LinkWords>['matches'], label: string, key: 'mtu' | 'txQueueLength'): Reader<LinkWords> =>
  option(matches, (word, state) => {
    if (state.attributes[key] !== undefined) return fail(duplicate(label, word));
    const number = readInteger(word);
    return number === undefined ? fail(wrong(word, `Invalid "${label}" value\n`)) : with_(state, { [key]: number });
  });

const queues = (label: string, key: 'tx' | 'rx'): Reader<LinkWords> =>
  option(short(label), (word, state) => {
    if (state.queues?.[key] !== undefined) return fail(duplicate(label, word));
    const number = readInteger(word);
    return number === undefined
      ? fail(wrong(word, `Invalid "${label}" value\n`))
      : ok({ queues: { ...state.queues, [key]: number } });
  });

const readSwitch = (label: string, word: string, take: (on: boolean) => Read): Read =>
  word === 'on' || word === 'off'
    ? take(word === 'on')
    : fail(failure(`Error: argument of "${label}" must be "on" or "off", not "${word}"\n`));

const onOff = (
  label: string,
  take: (on: boolean, state: LinkWords) => Read,
  matches = exact(label),
): Reader<LinkWords> => option(matches, (word, state) => readSwitch(label, word, (on) => take(on, state)));

/** The other wording, that of parse_on_off, which takes abbreviations. */
const oneOf = (label: string, take: (on: boolean) => Read): Reader<LinkWords> =>
  option(exact(label), (word) => {
    const value = ['off', 'on'].find((full) => short(full)(word));
    return value === undefined
      ? fail(failure(`Error: argument of "${label}" must be one of "off", "on", not "${word}"\n`, 22))
      : take(value === 'on');
  });

const readNetns = (word: string, state: LinkWords, { network, place }: Situation): Read => {
  if (state.attributes.netns !== undefined) return fail(duplicate('netns', word));
  const machine = machineAt(network, place);
  const netns = machine && namespaceMeant(machine, word);
  if (netns !== undefined) return with_(state, { netns });
  return fail(readInteger(word) === undefined ? wrong(word, 'Invalid "netns" value\n') : refused(refuse('ESRCH')));
};

const readMaster = (word: string, state: LinkWords, { network, place }: Situation): Read => {
  const master = deviceAt(network, place, word);
  return master ? with_(state, { master: master.name }) : fail(wrong(word, 'Device does not exist\n'));
};

const ELSEWHERE_TWICE = 'link-netns/link-netnsid';

const readLinkNetns = (word: string, { linkElsewhere }: LinkWords, { network, place }: Situation): Read => {
  if (linkElsewhere) return fail(duplicate(ELSEWHERE_TWICE, word));
  const machine = machineAt(network, place);
  const isThere = machine !== undefined && namespaceMeant(machine, word) !== undefined;
  return isThere ? ok({ linkElsewhere: true }) : fail(wrong(word, 'Invalid "link-netns" value\n'));
};

const readLinkNetnsid = (word: string, { linkElsewhere }: LinkWords): Read => {
  if (linkElsewhere) return fail(duplicate(ELSEWHERE_TWICE, word));
  const isNumber = readInteger(word) !== undefined;
  return isNumber ? ok({ linkElsewhere: true }) : fail(wrong(word, 'Invalid "link-netnsid" value\n'));
};

const readAlias = (word: string, state: LinkWords): Read =>
  word.length < 256 ? with_(state, { alias: word }) : fail(wrong(word, 'alias too long\n'));

/** Groups have names in /etc/iproute2/group, where there is one: `default`. */
export const readGroup = (word: string): number | undefined => (word === 'default' ? 0 : readInteger(word, 0));

const readGroupOnce = (word: string, state: LinkWords): Read => {
  if (state.attributes.group !== undefined) return fail(duplicate('group', word));
  const group = readGroup(word);
  return group === undefined ? fail(wrong(word, 'Invalid "group" value\n')) : with_(state, { group });
};

/** Words that are checked and then change nothing that the model knows of. */
const among = (matches: Reader<LinkWords>['matches'], values: readonly string[], why: string): Reader<LinkWords> =>
  option(matches, (word) => (values.includes(word.toLowerCase()) ? ok({}) : fail(wrong(word, why))));
const numeric = (label: string): Reader<LinkWords> =>
  option(exact(label), (word) =>
    readInteger(word, 0, 2 ** 32 - 1) === undefined ? fail(wrong(word, `Invalid "${label}" value\n`)) : ok({}),
  );
const OPERSTATES = ['unknown', 'notpresent', 'down', 'lowerlayerdown', 'testing', 'dormant', 'up'];
const ADDRESS_MODES = ['none', 'eui64', 'stable_secret', 'random'];

const beyond = (...names: readonly string[]): Reader<LinkWords> => ({
  matches: exact(...names),
  read: (_words, _state, word) => fail(notModelled(`"ip link … ${word}"`)),
});

/** Any other word is the device, with or without `dev` before it; and it can be said once. */
const readDevice: Reader<LinkWords>['read'] = (words, state, word) => {
  if (short('help')(word)) return fail(ending(LINK_USAGE));
  const name = word === 'dev' ? words.next() : word;
  if (name === undefined) return fail(INCOMPLETE);
  if (state.dev !== state.name) return fail(garbage('dev', name));
  return isName(name) ? ok({ dev: name }) : fail(wrong(name, '"dev" not a valid ifname'));
};

const readType: Reader<LinkWords>['read'] = (words) => {
  const type = words.next();
  return type === undefined ? fail(INCOMPLETE) : ok({ type, behind: words.rest() });
};

// In iplink.c's order, which decides what an abbreviation stands for: `a` is the address and `d` is `dynamic`.
export const readersIn = (situation: Situation): readonly Reader<LinkWords>[] => [
  { matches: exact('up'), read: (_words, state) => with_(state, { up: true }) },
  { matches: exact('down'), read: (_words, state) => with_(state, { up: false }) },
  option(exact('name'), readName),
  option(exact('index'), readIndex),
  option(short('link'), (link) => ok({ link })),
  option(short('address'), readAddress),
  option(either(short('broadcast'), exact('brd')), (word) => {
    const bytes = hardwareAddress(word);
    return bytes.ok ? ok({}) : bytes;
  }),
  once(either(short('txqueuelen', 'txqlen'), exact('qlen')), 'txqueuelen', 'txQueueLength'),
  once(exact('mtu'), 'mtu', 'mtu'),
  beyond('xdpgeneric', 'xdpdrv', 'xdpoffload', 'xdp'),
  option(exact('netns'), (word, state) => readNetns(word, state, situation)),
  onOff('multicast', (multicast, state) => with_(state, { multicast })),
  onOff('allmulticast', (allmulti, state) => with_(state, { allmulti })),
  onOff('promisc', (promisc, state) => with_(state, { promisc })),
  onOff('trailers', () => ok({})),
  onOff('arp', (on, state) => with_(state, { noarp: !on })),
  oneOf('carrier', (carrier) => ok({ carrier })),
  beyond('vf'),
  option(short('master'), (word, state) => readMaster(word, state, situation)),
  // The model has no VRF that a name could be valid for.
  option(exact('vrf'), (word) => fail(wrong(word, 'Not a valid VRF name\n'))),
  flag(short('nomaster'), { nomaster: true }),
  onOff('dynamic', () => ok({}), short('dynamic')),
  { matches: short('type'), read: readType },
  option(short('alias'), readAlias),
  option(exact('group'), readGroupOnce),
  among(exact('mode'), ['default', 'dormant'], 'Invalid link mode\n'),
  among(exact('state'), OPERSTATES, 'Invalid operstate\n'),
  queues('numtxqueues', 'tx'),
  queues('numrxqueues', 'rx'),
  among(short('addrgenmode'), ADDRESS_MODES, 'Invalid address generation mode\n'),
  option(short('link-netns'), (word, state) => readLinkNetns(word, state, situation)),
  option(short('link-netnsid'), readLinkNetnsid),
  oneOf('protodown', (protodown) => ok({ protodown })),
  beyond('protodown_reason'),
  numeric('gso_max_size'),
  numeric('gso_max_segs'),
  numeric('gro_max_size'),
  option(exact('parentdev'), () => ok({})),
  { matches: anything, read: readDevice },
];
