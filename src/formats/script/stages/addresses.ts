import type { Address, Device, DeviceId } from '../../../model/device.ts';
import type { OperationOf } from '../../../model/operation.ts';
import { addressPhrase } from '../address-phrase.ts';
import { builtDevice, emit, namespacesOf, placeIn, type Target, targetDevices } from '../target.ts';

/**
 * IPv4 addresses stand in the order in which they were given, IPv6 addresses in the reverse of it. Which device got one
 * first is to be seen from the routes to them.
 */
export const giveAddresses = (target: Target): void => {
  const order = new Map<DeviceId, number>();
  for (const { type, device } of namespacesOf(target).flatMap(({ routes }) => routes))
    if (type === 'local' && device !== undefined && !order.has(device)) order.set(device, order.size);
  const place = ({ id }: Device): number => order.get(id) ?? Number.MAX_SAFE_INTEGER;
  for (const device of targetDevices(target).toSorted((a, b) => place(a) - place(b))) {
    give(target, device, 4, (list) => list);
    give(target, device, 6, (list) => list.toReversed());
  }
};

const inFamily = (device: Device | undefined, family: 4 | 6): readonly Address[] =>
  (device?.addresses ?? []).filter((address) => address.family === family);

const isSame = (a: Address, b: Address): boolean => {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Address>;
  return [...keys].every((key) => key === 'secondary' || a[key] === b[key]);
};

type Order = (list: readonly Address[]) => readonly Address[];

const give = (target: Target, device: Device, family: 4 | 6, order: Order): void => {
  const now = inFamily(builtDevice(target, device), family);
  const inOrder = order(inFamily(device, family));
  const isStart = order(now).every((address, i) => inOrder[i] !== undefined && isSame(address, inOrder[i]));
  // Whatever came by itself and is not wanted, or is not wanted there, makes room first.
  if (!isStart) for (const address of now.toReversed()) emit(target, removal(target, device, address));
  for (const address of inOrder.slice(isStart ? now.length : 0)) emit(target, addition(target, device, address));
};

const removal = (target: Target, device: Device, { local, length, peer }: Address): OperationOf<'addr.del'> => ({
  op: 'addr.del',
  at: placeIn(target, device),
  device: device.name,
  address: { address: local, length },
  ...(peer === undefined ? {} : { peer }),
});

const addition = (target: Target, device: Device, address: Address): OperationOf<'addr.add'> => ({
  op: 'addr.add',
  at: placeIn(target, device),
  device: device.name,
  ...addressPhrase(address),
});
