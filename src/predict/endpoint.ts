import type { DeviceId } from '../model/device.ts';
import { devicesIn, placeName } from '../model/find.ts';
import { type Family, type Ip, isLinkLocal6, isLoopbackIp } from '../model/ip.ts';
import type { Network, Place } from '../model/network.ts';
import type { Probe } from './outcome.ts';

/** Who can ask and be asked: one address of a namespace. */
export type Endpoint = {
  /** The place's name, with the address behind an `@` where the place has several. */
  readonly name: string;
  readonly place: Place;
  /** The device that the address stands on. */
  readonly device: { readonly id: DeviceId; readonly name: string };
  readonly address: Ip;
  readonly family: Family;
  /** One of several of its family in its place, so that a question from it must say which. */
  readonly several: boolean;
};

/** Loopback is everybody's own, and link-local addresses come of themselves: nobody asks for either by name. */
const isAsked = (family: Family, local: Ip): boolean =>
  family === 4 ? !isLoopbackIp(local) : local !== '::1' && !isLinkLocal6(local);

/** All endpoints of a network, machine by machine, each namespace's in the order of its devices. */
export const endpointsOf = (network: Network): readonly Endpoint[] =>
  Object.values(network.machines).flatMap((machine) => {
    const byPlace = new Map(Object.values(machine.namespaces).map(({ name }) => [name, [] as Bare[]]));
    for (const device of Object.values(machine.devices))
      for (const { family, local } of device.addresses)
        if (isAsked(family, local)) byPlace.get(device.namespace)?.push({ device, family, address: local });
    return [...byPlace].flatMap(([namespace, found]) => {
      const place = { machine: machine.name, namespace };
      if (found.length > 1) {
        const order = devicesIn(machine, namespace).map(({ id }) => id);
        found.sort((a, b) => order.indexOf(a.device.id) - order.indexOf(b.device.id));
      }
      return found.map((each) => named(network, place, each, found));
    });
  });

type Bare = {
  readonly device: { readonly id: DeviceId; readonly name: string };
  readonly family: Family;
  readonly address: Ip;
};

const named = (network: Network, place: Place, bare: Bare, all: readonly Bare[]): Endpoint => {
  const { family, address } = bare;
  const device = { id: bare.device.id, name: bare.device.name };
  const several = all.filter((other) => other.family === family).length > 1;
  const called = placeName(network, place);
  return { name: all.length > 1 ? `${called}@${address}` : called, place, device, address, family, several };
};

/** The endpoints that a person may mean by `c1`, `c1@10.0.0.11` or `10.0.0.11`. */
export const endpointsCalled = (network: Network, text: string): readonly Endpoint[] => {
  const all = endpointsOf(network);
  const exact = all.filter(({ name, place, address }) =>
    [name, address, `${placeName(network, place)}@${address}`].includes(text),
  );
  return exact.length > 0 ? exact : all.filter(({ place }) => placeName(network, place) === text);
};

/** Whether a question makes sense between the two: only of another address of the same family, and ARP only of IPv4. */
export const canAsk = (from: Endpoint, to: Endpoint, probe: Probe): boolean =>
  from.name !== to.name && from.family === to.family && (probe !== 'arp' || from.family === 4);
