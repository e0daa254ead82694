import type { Device } from '../model/device.ts';
import type { Network } from '../model/network.ts';

/** All devices, each by the number that it keeps wherever it goes. */
const devicesIn = (network: Network): ReadonlyMap<string, Device> =>
  new Map(
    Object.values(network.machines).flatMap((machine) =>
      Object.values(machine.devices).map((device) => [`${machine.name} ${device.id}`, device] as const),
    ),
  );

/** The devices that one network has and an earlier one had not. */
export const newDevices = (before: Network, after: Network): readonly Device[] => {
  const known = devicesIn(before);
  return [...devicesIn(after)].filter(([id]) => !known.has(id)).map(([, device]) => device);
};

/** Others have the address of a parent or of a port. */
const DRAWS: ReadonlySet<string> = new Set(['veth', 'macvlan', 'macvtap', 'dummy']);
const drawn = (device: Device): boolean =>
  DRAWS.has(device.kind) && !(device.kind === 'macvlan' && device.mode === 'passthru');

const isAdd = (argv: readonly string[]): boolean => argv[0] === 'ip' && argv.some((word) => /^add?$/.test(word));

/**
 * A command that makes devices, with the hardware addresses that the simulator drew for them: so the lowest of several is
 * the same on both sides, and what a script read from one device and says to another is right.
 */
export const dressed = (argv: readonly string[], made: readonly Device[]): readonly string[] => {
  const type = argv.indexOf('type');
  const peer = argv.indexOf('peer');
  if (!isAdd(argv) || type < 0 || made.length === 0 || made.length > 2) return argv;
  const head = argv.slice(0, type);
  const main = made.length === 1 ? made[0]! : made.find(({ name }) => head.includes(name));
  const other = made.find((device) => device !== main);
  if (main === undefined || !drawn(main)) return argv;
  const own = head.includes('address') ? [] : ['address', main.mac];
  const body = argv.slice(type);
  if (other === undefined) return [...head, ...own, ...body];
  if (peer < 0) return [...head, ...own, ...body, 'peer', 'address', other.mac];
  const tail = argv.slice(peer + 1);
  const others = tail.includes('address') ? [] : ['address', other.mac];
  return [...head, ...own, ...argv.slice(type, peer + 1), ...others, ...tail];
};
