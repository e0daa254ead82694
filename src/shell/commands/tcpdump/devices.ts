import { fail, ok, type Result } from '../../../base/result.ts';
import type { Device } from '../../../model/device.ts';
import { devicesIn } from '../../../model/find.ts';
import { netmask4 } from '../../../model/ip.ts';
import { isRunning } from '../../../model/link-state.ts';
import type { Network, Place } from '../../../model/network.ts';

/** What is listened to: one device, or all of the namespace. */
export type Source = { readonly name: string; readonly cooked: boolean; readonly devices: readonly Device[] };

const here = (network: Network, at: Place): readonly Device[] => {
  const machine = network.machines[at.machine];
  return machine ? devicesIn(machine, at.namespace) : [];
};

type Listed = { readonly name: string; readonly flags: string };

const ANY: Listed = { name: 'any', flags: 'Up, Running' };

const flagsOf = (device: Device): string => {
  const state = [...(device.up ? ['Up'] : []), ...(isRunning(device) ? ['Running'] : [])];
  if (device.kind === 'loopback') return [...state, 'Loopback'].join(', ');
  return `${state.join(', ') || 'none'}, ${isRunning(device) ? 'Connected' : 'Disconnected'}`;
};

/** `-D`: devices at work, then the one that stands for all and the loopback, then the others (libpcap pcap.c:get_figure_of_merit). */
const listed = (network: Network, at: Place): readonly Listed[] => {
  const rank = (device: Device): number => {
    if (!device.up) return 3;
    if (!isRunning(device)) return 2;
    return device.kind === 'loopback' ? 1 : 0;
  };
  const devices = here(network, at);
  const ranked = (wanted: number): readonly Listed[] =>
    devices
      .filter((device) => rank(device) === wanted)
      .map((device) => ({ name: device.name, flags: flagsOf(device) }));
  return [...ranked(0), ANY, ...ranked(1), ...ranked(2), ...ranked(3)];
};

export const listText = (network: Network, at: Place): string =>
  listed(network, at)
    .map(({ name, flags }, index) => {
      const what = name === 'any' ? ' (Pseudo-device that captures on all interfaces)' : '';
      return `${index + 1}.${name}${what} [${flags}]\n`;
    })
    .join('');

/** The device that is asked for by name or by its number in the list, or the first of the list. */
export const chooseSource = (network: Network, at: Place, asked: string | undefined): Result<Source, string> => {
  const devices = here(network, at);
  const list = listed(network, at);
  const known = devices.some(({ name }) => name === asked);
  const index = asked !== undefined && !known && /^\d+$/.test(asked) ? Number(asked) : undefined;
  const name = index === undefined ? (asked ?? list[0]?.name ?? 'any') : list[index - 1]?.name;
  if (name === undefined) return fail('Invalid adapter index');
  if (name === 'any') return ok({ name, cooked: true, devices });
  const device = devices.find((each) => each.name === name);
  if (!device) return fail(`${name}: No such device exists\n(No such device exists)`);
  if (!device.up) return fail(`${name}: That device is not up`);
  return ok({ name, cooked: false, devices: [device] });
};

/** The mask of the first address, which `ip broadcast` goes by. */
export const maskOf = ({ cooked, devices }: Source): number => {
  const address = cooked ? undefined : devices[0]?.addresses.find(({ family }) => family === 4);
  return address ? netmask4(address.length) : 0;
};
