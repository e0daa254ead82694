import { fail, ok, type Result } from '../../../base/result.ts';
import type { Device } from '../../../model/device.ts';
import type { KindOptions, LinkChanges } from '../../../model/operation.ts';
import { refuse } from '../../../model/refusal.ts';
import { isElsewhere, kindNamed } from './kinds/index.ts';
import type { KindRequest, Situation } from './kinds/kind.ts';
import type { LinkWords } from './link-said.ts';
import { linkAttributes, readLink } from './link-words.ts';
import { deviceAt, devicesAt } from './lookup.ts';
import { DONE, ending, failure, notModelled, type Outcome, refused } from './outcome.ts';
import { carryOut, type IpObject, type Request } from './request.ts';
import { LINK_USAGE } from './usage.ts';
import { short, wordsOf } from './words.ts';

const situationOf = ({ simulation, place }: Request, creating: boolean): Situation => ({
  network: simulation.network(),
  place,
  creating,
});

/** The words behind the type: those of a kind that iproute2 does not know are garbage (iplink.c:iplink_modify). */
const readKind = ({ type, behind }: LinkWords, situation: Situation): Result<KindRequest, Outcome> => {
  const [first] = behind;
  if (type === undefined || first === undefined) return ok({});
  const kind = kindNamed(type);
  if (kind) return kind.parse(type, wordsOf(behind), situation);
  if (isElsewhere(type)) return fail(notModelled(`type "${type}"`));
  return fail(
    short('help')(first)
      ? ending(LINK_USAGE)
      : failure(`Garbage instead of arguments "${first} ...". Try "ip link help".\n`),
  );
};

/** What is sent where nothing follows the type. */
const bareKind = (type: string): KindOptions | undefined => {
  switch (type) {
    case 'bridge':
    case 'dummy':
    case 'ipvlan':
    case 'ipvtap':
    case 'macvlan':
    case 'macvtap':
    case 'vlan':
      return { kind: type };
    case 'veth':
      return { kind: type, peer: {} };
    default:
      return undefined;
  }
};

const unknownType = (type: string): Outcome =>
  isElsewhere(type) ? notModelled(`type "${type}"`) : refused(refuse('EOPNOTSUPP', 'Unknown device type'));

const create = (request: Request, state: LinkWords, kind: KindRequest): Outcome => {
  if (state.type === undefined) return failure('Not enough information: "type" argument is required\n');
  const options = kind.kind ?? bareKind(state.type);
  if (!options) return unknownType(state.type);
  if (state.linkElsewhere) return notModelled('a parent in another namespace');
  const attributes = linkAttributes(state);
  if (!attributes.ok) return attributes.error;
  const { name, link } = state;
  const parent = link === undefined ? undefined : deviceAt(request.simulation.network(), request.place, link)?.name;
  return carryOut(request, {
    op: 'link.add',
    at: request.place,
    options,
    attributes: attributes.value,
    ...(name === undefined ? {} : { name }),
    ...(parent === undefined ? {} : { link: parent }),
  });
};

const read = (request: Request, creating: boolean): Result<readonly [LinkWords, KindRequest], Outcome> => {
  const situation = situationOf(request, creating);
  const words = readLink(wordsOf(request.args), situation);
  if (!words.ok) return words;
  const kind = readKind(words.value, situation);
  return kind.ok ? ok([words.value, kind.value]) : kind;
};

export const addLink: IpObject = (request) => {
  const asked = read(request, true);
  return asked.ok ? create(request, ...asked.value) : asked.error;
};

/** Replacing is only asked for, and no kernel ever did it: what is there stays, and what is not there is made. */
export const replaceLink: IpObject = (request) => {
  const asked = read(request, true);
  if (!asked.ok) return asked.error;
  const [state, kind] = asked.value;
  const exists = state.name !== undefined && deviceAt(request.simulation.network(), request.place, state.name);
  return exists && state.type !== undefined ? refused(refuse('EOPNOTSUPP')) : create(request, state, kind);
};

/** Forgets what a bridge learned, on all its ports or on one. */
const forget = ({ simulation, place }: Request, device: Device): void => {
  const ports = device.kind === 'bridge' ? devicesAt(simulation.network(), place) : [device];
  for (const port of ports)
    if (port === device ? device.kind !== 'bridge' : port.master === device.id) simulation.flushFdb(place, port.name);
};

/** `protodown` asks for what a driver must have, and of those modelled here only macvlan has. */
const driverAnswer = ({ protodown }: LinkWords, { kind }: Device): Outcome | undefined => {
  if (protodown === undefined) return undefined;
  if (kind === 'macvlan' || kind === 'macvtap') return notModelled('"protodown"');
  return refused(refuse('EOPNOTSUPP', 'Protodown not supported by device'));
};

const changesOf = (state: LinkWords, kind: KindRequest): Result<LinkChanges, Outcome> => {
  const attributes = linkAttributes(state);
  if (!attributes.ok) return attributes;
  const { name, dev, carrier, nomaster } = state;
  return ok({
    ...attributes.value,
    ...(name === undefined || name === dev ? {} : { name }),
    ...(carrier === undefined ? {} : { carrier }),
    ...(nomaster && attributes.value.master === undefined ? { nomaster } : {}),
    ...(kind.kind ? { kind: kind.kind } : {}),
    ...(kind.port ? { port: kind.port } : {}),
  });
};

const change = (request: Request, device: Device, state: LinkWords, kind: KindRequest): Outcome => {
  const answer = driverAnswer(state, device);
  if (answer) return answer;
  const changes = changesOf(state, kind);
  if (!changes.ok) return changes.error;
  const outcome = carryOut(request, { op: 'link.set', at: request.place, device: device.name, changes: changes.value });
  if (outcome.exit === 0 && kind.flushes) forget(request, device);
  return outcome;
};

/** The device that is named, or without one all those of a group. */
const meant = ({ simulation, place }: Request, { dev, attributes }: LinkWords): readonly Device[] => {
  const network = simulation.network();
  if (dev === undefined) return devicesAt(network, place).filter(({ group }) => group === attributes.group);
  const device = deviceAt(network, place, dev);
  return device ? [device] : [];
};

/** One after the other, up to the first that is refused. */
const each = (devices: readonly Device[], act: (device: Device) => Outcome): Outcome => {
  for (const device of devices) {
    const outcome = act(device);
    if (outcome.exit !== 0) return outcome;
  }
  return DONE;
};

export const setLink: IpObject = (request) => {
  const asked = read(request, false);
  if (!asked.ok) return asked.error;
  const [state, kind] = asked.value;
  // The group is whom to change, and nothing to change.
  const { group, ...others } = state.attributes;
  const words = state.dev === undefined && group !== undefined ? { ...state, attributes: others } : state;
  return each(meant(request, state), (device) => change(request, device, words, kind));
};

export const deleteLink: IpObject = (request) => {
  const asked = read(request, false);
  if (!asked.ok) return asked.error;
  const devices = meant(request, asked.value[0]);
  if (devices.length === 0) return refused(refuse('ENODEV'));
  return each(devices, ({ name }) => carryOut(request, { op: 'link.del', at: request.place, device: name }));
};
