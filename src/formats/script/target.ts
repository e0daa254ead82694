import type { Device, DeviceId } from '../../model/device.ts';
import { devicesIn, devicesOf, namespaceNamed } from '../../model/find.ts';
import type { Machine, Namespace, Place } from '../../model/network.ts';
import type { Operation } from '../../model/operation.ts';
import { type Builder, build } from '../builder.ts';

/** A machine that is to be built, and the network as far as it is. */
export type Target = { readonly builder: Builder; readonly machine: Machine };

/** One operation more; one that is refused is left out, and what it was for stays different. */
export const emit = ({ builder }: Target, operation: Operation): boolean => build(builder, operation) === undefined;

export const placeIn = ({ machine }: Target, { namespace }: Pick<Device, 'namespace'>): Place => ({
  machine: machine.name,
  namespace,
});

export const placeOf = ({ machine }: Target, namespace: Namespace): Place => ({
  machine: machine.name,
  namespace: namespace.name,
});

export const namespacesOf = ({ machine }: Target): readonly Namespace[] => machine.namespaces;

/** In the order in which they were made, so that each comes behind what it stands on. */
export const targetDevices = ({ machine }: Target): readonly Device[] => devicesOf(machine);

export const nameOf = ({ machine }: Target, id: DeviceId): string => machine.devices[id]!.name;

/** The machine as built so far. */
export const builtMachine = ({ builder, machine }: Target): Machine => builder.network.machines[machine.name]!;

export const builtNamespace = (target: Target, { name }: Pick<Namespace, 'name'>): Namespace | undefined =>
  namespaceNamed(builtMachine(target), name);

/** The device as built so far; undefined where it could not be made. */
export const builtDevice = (target: Target, device: Device): Device | undefined =>
  devicesIn(builtMachine(target), device.namespace).find((one) => one.name === device.name);

/** The entries of an object that are not the same in another, as an object of their own. */
export const differing = <T extends object>(wanted: T, now: Partial<T>): Partial<T> =>
  Object.fromEntries(Object.entries(wanted).filter(([key, value]) => value !== now[key as keyof T])) as Partial<T>;
