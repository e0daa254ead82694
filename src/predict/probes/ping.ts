import { type Event, SECOND, type Spot } from '../../engine/event.ts';
import type { Simulation } from '../../engine/simulation.ts';
import type { Endpoint } from '../endpoint.ts';
import { type Outcome, outcomeOfError } from '../outcome.ts';
import type { Watch } from './watch.ts';

/** How long `ping` waits for an answer, and how long after one a second may come. */
const PATIENCE = 10 * SECOND;
const AFTERMATH = SECOND;
const BYTES = 56;
const IDENT = 1;

/** One `ping -c 1`, as the shell's own sends it. A storm ends it: what comes after is not worth waiting for. */
export const askPing = (simulation: Simulation, from: Endpoint, to: Endpoint, watch: Watch): Outcome => {
  let replies = 0;
  let error: Outcome | undefined;
  const socket = simulation.icmpSocket({
    at: from.place,
    family: from.family,
    ...(from.several ? { source: from.address } : {}),
    receive: (message) => {
      if (message.icmp.icmp === 'echo-reply') {
        if (message.icmp.ident === IDENT) replies++;
      } else error ??= outcomeOfError(message);
    },
  });
  const reachable = socket.connect(to.address, { broadcast: false });
  if ('errno' in reachable) return { verdict: 'refused', errno: reachable.errno };
  const errno = socket.send({ to: to.address, ident: IDENT, seq: 1, bytes: BYTES });
  if (errno !== undefined) return { verdict: 'refused', errno };
  const over = (): boolean => replies > 0 || error !== undefined || watch.stormed();
  if (simulation.runUntil(over, simulation.now() + PATIENCE))
    simulation.runUntil(watch.stormed, simulation.now() + AFTERMATH);
  socket.close();
  const arrived = hasArrived(to, watch.events());
  if (replies > 0 && !arrived) return { verdict: 'impostor' };
  if (replies > 1) return { verdict: 'duplicate', replies };
  if (replies === 1) return { verdict: 'reached' };
  return error ?? { verdict: arrived ? 'one-way' : 'timeout' };
};

export const isAt = (at: Spot, { place }: Endpoint): boolean =>
  at.machine === place.machine && at.namespace === place.namespace;

/** The only echo requests are ours, so the first ICMP message that the target's stack takes is one. */
const hasArrived = (to: Endpoint, events: readonly Event[]): boolean => {
  const requests = new Set<number>();
  for (const event of events) {
    if (event.kind === 'created') {
      const { payload } = event.frame;
      if ((payload.proto === 'ipv4' || payload.proto === 'ipv6') && payload.body.icmp === 'echo-request')
        requests.add(event.copy);
    } else if (event.kind === 'delivered' && event.to === 'icmp' && isAt(event.at, to) && requests.has(event.copy))
      return true;
  }
  return false;
};
