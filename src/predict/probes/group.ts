import { SECOND } from '../../engine/event.ts';
import { BROADCAST, type Frame } from '../../engine/frame.ts';
import type { Simulation } from '../../engine/simulation.ts';
import { macNumber } from '../../model/mac.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Outcome } from '../outcome.ts';
import { isAt } from './ping.ts';
import type { Watch } from './watch.ts';

/** All hosts on this link: what every stack has joined. */
const ALL_HOSTS = 0x0100_5e00_0001;
/** For local experiments (IEEE 802): no stack understands it, so each that gets it says so. */
const EXPERIMENT = 0x88b5;
const DURATION = SECOND;

/** One frame to everybody from the asker's device, and whether the other's stack hears it. */
export const askGroup = (
  simulation: Simulation,
  from: Endpoint,
  to: Endpoint,
  probe: 'broadcast' | 'multicast',
  watch: Watch,
): Outcome => {
  const { mac } = simulation.network().machines[from.place.machine]!.devices[from.device.id]!;
  const socket = simulation.packetSocket(from.place, from.device.name, () => {});
  const frame: Frame = {
    src: macNumber(mac),
    dst: probe === 'broadcast' ? BROADCAST : ALL_HOSTS,
    vlan: 0,
    payload: { proto: 'other', etherType: EXPERIMENT, length: 46 },
  };
  const errno = socket.send(frame);
  if (errno !== undefined) return { verdict: 'refused', errno };
  simulation.runUntil(watch.stormed, simulation.now() + DURATION);
  socket.close();
  const heard = watch
    .events()
    .filter(
      (event) =>
        event.kind === 'dropped' &&
        event.reason === 'protocol.unknown' &&
        isAt(event.at, to) &&
        event.at.id === to.device.id,
    ).length;
  if (heard > 1) return { verdict: 'duplicate', replies: heard };
  return { verdict: heard === 1 ? 'reached' : 'timeout' };
};
