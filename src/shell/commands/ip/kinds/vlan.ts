import { fail, ok, type Result } from '../../../../base/result.ts';
import { data, type Field, named, text } from '../../../text/fields.ts';
import { readUnsigned } from '../../../text/numbers.ts';
import { own } from '../../../text/own.ts';
import { failure, notModelled, type Outcome, wrong } from '../outcome.ts';
import { anything, option, type Reader, readAll, short } from '../words.ts';
import type { Kind, Seen } from './kind.ts';

const USAGE = `Usage: ... vlan id VLANID
		[ protocol VLANPROTO ]
		[ reorder_hdr { on | off } ]
		[ gvrp { on | off } ]
		[ mvrp { on | off } ]
		[ loose_binding { on | off } ]
		[ bridge_binding { on | off } ]
		[ ingress-qos-map QOS-MAP ]
		[ egress-qos-map QOS-MAP ]

VLANID := 0-4095
VLANPROTO: [ 802.1Q | 802.1ad ]
QOS-MAP := [ QOS-MAP ] QOS-MAPPING
QOS-MAPPING := FROM:TO
`;

type Protocol = '802.1Q' | '802.1ad';
type State = { readonly vid?: number; readonly protocol?: Protocol };

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  '802.1q': '802.1Q',
  '0x8100': '802.1Q',
  '802.1ad': '802.1ad',
  '0x88a8': '802.1ad',
};

const readProtocol = (word: string): Result<State, Outcome> => {
  const protocol = own(PROTOCOLS, word.toLowerCase());
  return protocol ? ok({ protocol }) : fail(wrong(word, 'protocol is invalid'));
};

const readId = (word: string): Result<State, Outcome> => {
  const vid = readUnsigned(word, 16);
  return vid === undefined ? fail(wrong(word, 'id is invalid')) : ok({ vid });
};

/** Each flag as the kernel has it when nothing is said; any other value would change what the device does. */
const FLAGS: Readonly<Record<string, 'on' | 'off'>> = {
  reorder_hdr: 'on',
  gvrp: 'off',
  mvrp: 'off',
  loose_binding: 'off',
  bridge_binding: 'off',
};

const readSwitch =
  (name: string, usual: string) =>
  (word: string): Result<State, Outcome> => {
    if (word === usual) return ok({});
    if (word === 'on' || word === 'off') return fail(notModelled(`vlan "${name} ${word}"`));
    return fail(failure(`Error: argument of "${name}" must be "on" or "off", not "${word}"\n`));
  };

const READERS: readonly Reader<State>[] = [
  option(short('protocol'), readProtocol),
  option(short('id'), readId),
  ...Object.entries(FLAGS).map(([name, usual]) => option<State>(short(name), readSwitch(name, usual))),
  option(short('ingress-qos-map', 'egress-qos-map'), () => fail(notModelled('a vlan priority map'))),
  { matches: short('help'), read: () => fail(failure(USAGE)) },
  { matches: anything, read: (_w, _s, word) => fail(failure(`vlan: unknown command "${word}"?\n${USAGE}`)) },
];

const parse: Kind['parse'] = (_name, words) => {
  const state = readAll(READERS, {} as State, words);
  return state.ok ? ok({ kind: { kind: 'vlan', ...state.value } }) : state;
};

const fields = ({ device }: Seen): readonly Field[] =>
  device.kind === 'vlan'
    ? [
        named('protocol', device.protocol),
        named('id', device.vid),
        data('flags', ['REORDER_HDR']),
        text('<REORDER_HDR> '),
      ]
    : [];

export const vlan: Kind = { names: ['vlan'], parse, fields, usage: () => USAGE };
