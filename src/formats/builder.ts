import { apply } from '../model/apply.ts';
import type { NamespaceName } from '../model/device.ts';
import { devicesIn, findMachine, findNamespace, namespaceNamed } from '../model/find.ts';
import { drawnMac, type Mac } from '../model/mac.ts';
import type { KernelVersion, Network, Place } from '../model/network.ts';
import type { Operation, OperationOf } from '../model/operation.ts';
import type { Refusal } from '../model/refusal.ts';
import { nextIfindex } from '../model/register.ts';

const MOST_FILLERS = 2000;

/** A network under construction: what is listed has been carried out, so that the next step can look at it. */
export type Builder = {
  network: Network;
  readonly operations: Operation[];
  /** How many devices may still come and go for the sake of numbers: a file may ask for absurd ones. */
  fillersLeft: number;
};

export const createBuilder = (kernel: KernelVersion): Builder => ({
  network: { kernel, machines: {}, cables: [] },
  operations: [],
  fillersLeft: MOST_FILLERS,
});

/** Carries an operation out and lists it, unless it is refused. */
export const build = (builder: Builder, operation: Operation): Refusal | undefined => {
  const { network, refusal } = apply(builder.network, operation);
  if (refusal) return refusal;
  builder.network = network;
  builder.operations.push(operation);
  return undefined;
};

const isTaken = (network: Network, place: Place, name: string): boolean => {
  const machine = findMachine(network, place.machine);
  return machine.ok && devicesIn(machine.value, place.namespace).some((device) => device.name === name);
};

/** A name that no device of the places has. */
export const freeName = (network: Network, places: readonly Place[], wish: string): string => {
  let name = wish;
  for (let number = 0; places.some((place) => isTaken(network, place, name)); number++) name = `${wish}${number}`;
  return name;
};

/**
 * A link for another namespace. Before Linux 6.15 its name must be free where the command is given; where it is not,
 * the device is made under another name, and gets its own once it is there.
 */
export const linkSteps = (network: Network, add: OperationOf<'link.add'>): readonly Operation[] => {
  const { at, name, attributes: { netns } = {} } = add;
  const isFar = netns !== undefined && netns !== at.namespace;
  if (!isFar || name === undefined || network.kernel !== '6.1' || !isTaken(network, at, name)) return [add];
  const there = { ...at, namespace: netns as NamespaceName };
  const device = freeName(network, [at, there], 'new');
  return [
    { ...add, name: device },
    { op: 'link.set', at: there, device, changes: { name } },
  ];
};

/** Gives a bridge an MTU of its own: one that it has by itself counts only if it was a change (dev.c:dev_set_mtu_ext). */
export const mtuSteps = (at: Place, device: string, from: number, to: number): readonly Operation[] => {
  const set = (mtu: number): Operation => ({ op: 'link.set', at, device, changes: { mtu } });
  return from === to ? [set(to > 68 ? to - 1 : to + 1), set(to)] : [set(to)];
};

/** Makes devices and removes them until the next one gets this number, as where devices have come and gone. */
export const advanceIndex = (builder: Builder, at: Place, next: number): void => {
  while (builder.fillersLeft > 0) {
    const namespace = findNamespace(builder.network, at);
    if (!namespace.ok || namespace.value.nextIfindex >= next) return;
    fill(builder, { op: 'link.add', at, options: { kind: 'dummy' } }, () => undefined);
  }
};

/** Where the address that the next device would draw has been given to another one, lets one come and go that draws it. */
export const drawNoneOf = (builder: Builder, at: Place, given: ReadonlySet<Mac>): void => {
  for (let count = 0; count < given.size; count++) {
    if (!given.has(drawnMac(at.machine, builder.network.machines[at.machine]!.nextDevice))) return;
    withFiller(builder, { op: 'link.add', at, options: { kind: 'dummy' } }, () => undefined);
  }
};

/** The number of a device where it does not get it by itself, and whether another one is made just before it. */
export type Numbering = {
  readonly ifindex: number;
  /** The first number that the namespace has not given out: a device with a higher one brought it along, or chose it. */
  readonly unused: number;
  readonly isBehindPeer?: boolean;
};

/**
 * What a new device must ask for to get its number. Numbers that were given in turn are taken in turn, with fillers for
 * devices that have gone; so the number of the next device is right in the end too.
 */
export const numberFor = (
  builder: Builder,
  at: Place,
  { ifindex, unused, isBehindPeer = false }: Numbering,
): { readonly ifindex?: number } => {
  const next = (): number => {
    const machine = builder.network.machines[at.machine]!;
    const namespace = namespaceNamed(machine, at.namespace);
    return namespace ? nextIfindex(machine, namespace) : 0;
  };
  const isInTurn = ifindex < unused && ifindex - next() < builder.fillersLeft;
  if (isInTurn && !isBehindPeer) advanceIndex(builder, at, ifindex);
  return isInTurn && next() + (isBehindPeer ? 1 : 0) === ifindex ? {} : { ifindex };
};

/** Far from the numbers that devices get in turn. */
const FAR_OFF = 1_000_000;

/** Has a device beside it while something is done, which then goes again and leaves no number out. */
export const withFiller = (builder: Builder, add: OperationOf<'link.add'>, act: () => void): void => {
  const ifindex = FAR_OFF + builder.network.machines[add.at.machine]!.nextDevice;
  fill(builder, { ...add, attributes: { ...add.attributes, ifindex } }, act);
};

const fill = (builder: Builder, add: OperationOf<'link.add'>, act: () => void): void => {
  const device = freeName(builder.network, [add.at], 'gone');
  builder.fillersLeft--;
  if (build(builder, { ...add, name: device })) return;
  act();
  build(builder, { op: 'link.del', at: add.at, device });
};
