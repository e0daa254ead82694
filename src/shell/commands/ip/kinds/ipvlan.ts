import { fail, ok, type Result } from '../../../../base/result.ts';
import { type IpvlanFlag, type IpvlanMode, isIpvlan } from '../../../../model/device.ts';
import { type Field, mark, value } from '../../../text/fields.ts';
import { failure, type Outcome } from '../outcome.ts';
import { anything, option, type Reader, readAll, short } from '../words.ts';
import type { Kind, Seen } from './kind.ts';

const usage = (name: string): string => `Usage: ... ${name} [ mode MODE ] [ FLAGS ]

MODE: l3 | l3s | l2
FLAGS: bridge | private | vepa
(first values are the defaults if nothing is specified).
`;

type State = { readonly mode?: IpvlanMode; readonly flag?: IpvlanFlag };

const MODES: readonly IpvlanMode[] = ['l2', 'l3', 'l3s'];
const FLAGS: readonly IpvlanFlag[] = ['private', 'vepa', 'bridge'];

const readMode = (word: string): Result<State, Outcome> => {
  const mode = MODES.find((each) => each === word);
  return mode ? ok({ mode }) : fail(failure('Error: argument of "mode" must be either "l2", "l3" or "l3s"\n'));
};

/** One flag and no more: a second is taken for an option that nobody knows. */
const readRest =
  (name: string): Reader<State>['read'] =>
  (_words, state, word) => {
    const flag = FLAGS.find((each) => short(each)(word));
    if (flag !== undefined && state.flag === undefined) return ok({ flag });
    if (short('help')(word)) return fail(failure(usage(name)));
    return fail(failure(`${name}: unknown option "${word}"?\n${usage(name)}`));
  };

const parse: Kind['parse'] = (name, words) => {
  const readers: readonly Reader<State>[] = [
    option(short('mode'), readMode),
    { matches: anything, read: readRest(name) },
  ];
  const state = readAll(readers, {} as State, words);
  if (!state.ok) return state;
  // The flag is sent whether a word named it or not, so `mode l3` alone turns private and vepa off.
  const kind = name === 'ipvtap' ? 'ipvtap' : 'ipvlan';
  return ok({ kind: { kind, flag: 'bridge', ...state.value } });
};

const fields = ({ machine, device }: Seen): readonly Field[] => {
  const port = isIpvlan(device) ? machine.devices[device.parent]?.ipvlanPort : undefined;
  return port ? [value('mode', port.mode, ` mode ${port.mode} `), mark(port.flag)] : [];
};

export const ipvlan: Kind = { names: ['ipvlan', 'ipvtap'], parse, fields, usage };
