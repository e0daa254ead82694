import type { NamespaceName } from '../../../model/device.ts';
import { findNamespace } from '../../../model/find.ts';
import { type Machine, type Namespace, ROOT } from '../../../model/network.ts';
import type { Output } from '../../command.ts';
import { END, type Field, print, value } from '../../text/fields.ts';
import { readInteger } from '../../text/numbers.ts';
import { machineAt, namespacesOf } from './lookup.ts';
import { DONE, ending, failure, notModelled, type Outcome, said, unknownCommand, wrong } from './outcome.ts';
import { carryOut, type IpObject, type Request } from './request.ts';
import { NETNS_USAGE } from './usage.ts';
import { type Match, short } from './words.ts';

const machineOf = ({ simulation, place }: Request): Machine | undefined => machineAt(simulation.network(), place);
const names = (request: Request): readonly NamespaceName[] => {
  const machine = machineOf(request);
  return machine ? namespacesOf(machine) : [];
};

const UNNAMED = failure('No netns name specified\n');
const cannotOpen = (name: string): string => `Cannot open network namespace "${name}": No such file or directory\n`;
const CANNOT_OPEN = failure('Cannot open network namespace: No such file or directory\n');

/** By which numbers the namespace we are in calls the others. */
const idsHere = ({ simulation, place }: Request): Namespace['nsids'] => {
  const here = findNamespace(simulation.network(), place);
  return here.ok ? here.value.nsids : [];
};

const listNames: IpObject = (request) => {
  const ids = idsHere(request);
  const records = names(request).map((name): readonly Field[] => {
    const id = ids.find(({ namespace }) => namespace === name)?.id;
    return [value('name', name, name), ...(id === undefined ? [] : [value('id', id, ` (id: ${id})`)]), END];
  });
  return said(print(records, request.options));
};

const listIds: IpObject = (request) => {
  const [word] = request.args;
  if (word === 'nsid' || word === 'target-nsid') return notModelled(`"ip netns list-id ${word}"`);
  if (word !== undefined) return ending(NETNS_USAGE);
  const records = idsHere(request)
    .toSorted((a, b) => a.id - b.id)
    .map(({ namespace: name, id }): readonly Field[] => [
      value('nsid', id, `nsid ${id} `),
      ...(name === ROOT ? [] : [value('name', name, `(iproute2 netns name: ${name})`)]),
      END,
    ]);
  return said(print(records, request.options));
};

const add: IpObject = (request) => {
  const [name] = request.args;
  return name === undefined ? UNNAMED : carryOut(request, { op: 'netns.add', at: request.place, name });
};

/** One after the other; each must succeed for the next to be tried. */
const inTurn = async (list: readonly string[], act: (name: string) => Outcome | Promise<Outcome>): Promise<Outcome> => {
  let { stdout, stderr } = DONE;
  for (const name of list) {
    const outcome = await act(name);
    stdout += outcome.stdout;
    stderr += outcome.stderr;
    if (outcome.exit !== 0) break;
  }
  return { stdout, stderr, exit: 0 };
};

const remove: IpObject = (request) => {
  const act = (name: string): Outcome => carryOut(request, { op: 'netns.del', at: request.place, name });
  if (request.options.all) return inTurn(names(request), act);
  const [name] = request.args;
  return name === undefined ? UNNAMED : act(name);
};

/** `ip` starts the program itself, without a shell that could say what a shell says of a command it does not know. */
const execIn = async ({ run, place }: Request, name: string, words: readonly string[]): Promise<Output> => {
  const output = await run(words, { ...place, namespace: name as NamespaceName });
  return output.exit === 127 && /command not found\n$/.test(output.stderr)
    ? failure(`exec of "${words[0]}" failed: No such file or directory\n`)
    : output;
};

const execute: IpObject = async (request) => {
  const { args, options } = request;
  if (options.all) {
    if (args.length === 0) return failure('No command specified\n');
    return inTurn(names(request), async (name) => {
      const output = await execIn(request, name, args);
      return { ...output, stdout: `\nnetns: ${name}\n${output.stdout}`, exit: 0 };
    });
  }
  const [name, ...words] = args;
  if (name === undefined) return UNNAMED;
  if (words.length === 0) return failure('No command specified\n');
  if (!names(request).some((each) => each === name)) return ending(cannotOpen(name));
  return execIn(request, name, words);
};

/** Process 1 lives where the machine booted; which others there are only the shell knows, and they run where it asks. */
const mayBeOurs = (pid: number): boolean => pid > 1 && pid <= 32768;

const identify: IpObject = ({ args: [pid, ...more], place }) => {
  const here = place.namespace === ROOT ? '' : place.namespace;
  if (pid === undefined) return said(`${here}\n`);
  if (more.length > 0) return failure('extra arguments specified\n');
  if (!/^\d*$/.test(pid)) return failure(`Specified string '${pid}' is not a pid\n`);
  if (pid === '1') return said('\n');
  return mayBeOurs(Number(pid)) ? said(`${here}\n`) : CANNOT_OPEN;
};

const pids: IpObject = (request) => {
  const [name, ...more] = request.args;
  if (name === undefined) return UNNAMED;
  if (more.length > 0) return failure('extra arguments specified\n');
  return names(request).some((each) => each === name) ? DONE : CANNOT_OPEN;
};

const setId: IpObject = (request) => {
  const [name, id] = request.args;
  if (name === undefined) return UNNAMED;
  if (id === undefined) return failure('No nsid specified\n');
  const number = id === 'auto' ? undefined : readInteger(id);
  if (number === undefined && id !== 'auto') return wrong(id, 'Invalid "netnsid" value');
  if (number !== undefined && number < 0) return wrong(id, '"netnsid" value should be >= 0');
  if (!names(request).some((each) => each === name)) return failure(cannotOpen(name));
  return carryOut(request, {
    op: 'netns.id',
    at: request.place,
    name,
    ...(number === undefined ? {} : { id: number }),
  });
};

const attach: IpObject = ({ args }) =>
  args.length < 2 ? failure('No netns name and PID specified\n') : notModelled('"ip netns attach"');

// In the order of ipnetns.c:do_netns.
const COMMANDS: readonly (readonly [Match, IpObject])[] = [
  [short('list', 'show', 'lst'), listNames],
  [short('list-id'), listIds],
  [short('help'), () => ending(NETNS_USAGE)],
  [short('add'), add],
  [short('set'), setId],
  [short('delete'), remove],
  [short('identify'), identify],
  [short('pids'), pids],
  [short('exec'), execute],
  [short('monitor'), () => notModelled('"ip netns monitor"')],
  [short('attach'), attach],
];

const isInvalid = (name: string): boolean => name === '' || name.length > 255 || /^\.\.?$|\//.test(name);

/** `ip netns`: the network namespaces of a machine. */
export const netns: IpObject = (request) => {
  const [name, ...args] = request.args;
  if (name === undefined) return listNames(request);
  const [first] = args;
  if (!request.options.all && first !== undefined && isInvalid(first)) return ending(`Invalid netns name "${first}"\n`);
  const command = COMMANDS.find(([matches]) => matches(name))?.[1];
  return command ? command({ ...request, args }) : unknownCommand(name, 'netns');
};
