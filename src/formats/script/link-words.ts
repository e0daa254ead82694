import { assertNever } from '../../base/assert-never.ts';
import type { PortSettings, PortState } from '../../model/device.ts';
import type {
  BridgeOptions,
  IpvlanOptions,
  KindOptions,
  LinkAttributes,
  LinkChanges,
  MacvlanOptions,
  SourceListChange,
} from '../../model/operation.ts';
import { BRIDGE_WORDS, PORT_WORDS } from '../phrases/settings.ts';
import { maybe } from '../phrases/words.ts';

type Words = readonly string[];

const onOff = (word: string, on: boolean | undefined): Words => maybe(word, on === undefined ? on : on ? 'on' : 'off');

/** `up` comes last: the kernel does it last, and it reads so. */
export const attributeWords = (attributes: LinkAttributes): Words => [
  ...maybe('address', attributes.mac),
  ...maybe('mtu', attributes.mtu),
  ...maybe('txqueuelen', attributes.txQueueLength),
  ...onOff('arp', attributes.noarp === undefined ? undefined : !attributes.noarp),
  ...maybe('alias', attributes.alias),
  ...maybe('group', attributes.group),
  ...maybe('index', attributes.ifindex),
  ...maybe('netns', attributes.netns),
  ...maybe('master', attributes.master),
  ...(attributes.up === undefined ? [] : [attributes.up ? 'up' : 'down']),
];

export const changeWords = (changes: LinkChanges): Words => [
  ...maybe('name', changes.name),
  ...onOff('promisc', changes.promisc),
  ...onOff('allmulticast', changes.allmulti),
  ...onOff('multicast', changes.multicast),
  ...(changes.nomaster ? ['nomaster'] : []),
  ...attributeWords(changes),
  ...(changes.kind ? kindWords(changes.kind) : []),
  ...(changes.port ? ['type', 'bridge_slave', ...slaveWords(changes.port)] : []),
];

export const kindWords = (options: KindOptions): Words => ['type', options.kind, ...optionWords(options)];

const optionWords = (options: KindOptions): Words => {
  switch (options.kind) {
    case 'macvlan':
    case 'macvtap':
      return macvlanWords(options);
    case 'ipvlan':
    case 'ipvtap':
      return ipvlanWords(options);
    case 'bridge':
      return bridgeWords(options);
    case 'vlan':
      return [...maybe('protocol', options.protocol), ...maybe('id', options.vid)];
    case 'veth':
      return ['peer', ...maybe('name', options.peer.name), ...attributeWords(options.peer)];
    case 'dummy':
      return [];
    default:
      return assertNever(options);
  }
};

const macvlanWords = ({ mode, flags, sources, bcQueueLength, bcLimit }: MacvlanOptions): Words => [
  ...maybe('mode', mode),
  ...(flags ? flagWords(flags) : []),
  ...(sources ? ['macaddr', ...sourceWords(sources)] : []),
  ...maybe('bcqueuelen', bcQueueLength),
  ...maybe('bclim', bcLimit),
];

const flagWords = ({ nopromisc, nodst }: NonNullable<MacvlanOptions['flags']>): Words => {
  const words = [...(nopromisc ? ['nopromisc'] : []), ...(nodst ? ['nodst'] : [])];
  return (words.length === 0 ? ['null'] : words).flatMap((word) => ['flag', word]);
};

const sourceWords = (sources: SourceListChange): Words => {
  switch (sources.change) {
    case 'add':
    case 'del':
      return [sources.change, sources.mac];
    case 'set':
      return ['set', ...sources.macs];
    case 'flush':
      return ['flush'];
    default:
      return assertNever(sources);
  }
};

const ipvlanWords = ({ mode, flag }: IpvlanOptions): Words => [
  ...maybe('mode', mode),
  ...(flag === undefined ? [] : [flag]),
];

const HUNDREDTHS: ReadonlySet<string> = new Set(['ageingTime', 'forwardDelay', 'helloTime', 'maxAge']);

/** Switches are 0 and 1 here, and times hundredths of a second (iproute2 ip/iplink_bridge.c). */
const bridgeWords = ({ kind: _kind, ...settings }: BridgeOptions): Words =>
  Object.entries(settings).flatMap(([key, value]) => {
    const number = HUNDREDTHS.has(key) ? Math.round(Number(value) * 100) : Number(value);
    return maybe(BRIDGE_WORDS[key as keyof typeof BRIDGE_WORDS], number);
  });

const STATES: readonly PortState[] = ['disabled', 'listening', 'learning', 'forwarding', 'blocking'];

const settingWords = (settings: Partial<PortSettings>, stateWord: (state: PortState) => string): Words =>
  Object.entries(settings).flatMap(([key, value]) => {
    const word = PORT_WORDS[key as keyof PortSettings];
    if (key === 'state') return [word, stateWord(value as PortState)];
    return typeof value === 'boolean' ? onOff(word, value) : maybe(word, value);
  });

/** `bridge link set` knows the states by name, `type bridge_slave` by number. */
export const portWords = (settings: Partial<PortSettings>): Words => settingWords(settings, (state) => state);
const slaveWords = (settings: Partial<PortSettings>): Words =>
  settingWords(settings, (state) => `${STATES.indexOf(state)}`);
