import type { CopyId, Event, Spot } from '../engine/event.ts';
import { BROADCAST, type Frame, frameSummary, isGroup, type MacAddr } from '../engine/frame.ts';
import type { Simulation } from '../engine/simulation.ts';
import { placeName } from '../model/find.ts';
import { macNumber } from '../model/mac.ts';
import type { Network } from '../model/network.ts';

/** What a tap on one device would show of one frame. */
export type Sighting = {
  /** Namespace and device. */
  readonly at: string;
  readonly direction: 'in' | 'out';
  /** The device that has the hardware address, or `broadcast`, `multicast`, `?`. */
  readonly from: string;
  readonly to: string;
  readonly frame: string;
};

const nameOf = (network: Network, { machine, namespace, device }: Spot): string =>
  `${placeName(network, { machine, namespace })}/${device}`;

/** Who has a hardware address: of several, the first by namespace name, then by index. */
const ownersIn = (network: Network): ReadonlyMap<MacAddr, string> => {
  const owners = new Map<MacAddr, string>();
  const all = Object.values(network.machines).flatMap((machine) =>
    Object.values(machine.devices).map((device) => ({
      place: placeName(network, { machine: machine.name, namespace: device.namespace }),
      device,
    })),
  );
  all.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : a.device.ifindex - b.device.ifindex));
  for (const { place, device } of all) {
    const mac = macNumber(device.mac);
    if (!owners.has(mac)) owners.set(mac, `${place}/${device.name}`);
  }
  return owners;
};

const callMac = (owners: ReadonlyMap<MacAddr, string>, mac: MacAddr): string => {
  const owner = owners.get(mac);
  if (owner !== undefined) return owner;
  if (mac === BROADCAST) return 'broadcast';
  return isGroup(mac) ? 'multicast' : '?';
};

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Watches every tap of a simulation. `take` answers what was seen since it was last called, in order. */
export type SightingRecorder = { readonly take: () => readonly Sighting[]; readonly stop: () => void };

export const recordSightings = (simulation: Simulation): SightingRecorder => {
  let seen: Sighting[] = [];
  /** The last sighting of each copy on its way out. */
  const outgoing = new Map<CopyId, Mutable<Sighting>>();
  let known: { readonly network: Network; readonly owners: ReadonlyMap<MacAddr, string> } | undefined;
  const owners = (): ReadonlyMap<MacAddr, string> => {
    const network = simulation.network();
    if (known?.network !== network) known = { network, owners: ownersIn(network) };
    return known.owners;
  };
  const note = (at: Spot, direction: 'in' | 'out', frame: Frame): Mutable<Sighting> => {
    const sighting = {
      at: nameOf(simulation.network(), at),
      direction,
      from: callMac(owners(), frame.src),
      to: callMac(owners(), frame.dst),
      frame: frameSummary(frame),
    };
    seen.push(sighting);
    return sighting;
  };
  const noteOut = ({ at, copy, frame }: Extract<Event, { kind: 'sent' }>): void => {
    const before = outgoing.get(copy);
    const sighting = note(at, 'out', frame);
    // A tap and the stack share one buffer. What ipvlan in l3 mode sends on gets its new header in that buffer, and a
    // packet socket that is read afterwards shows it (net/packet/af_packet.c:packet_rcv, ipvlan_process_v4_outbound).
    if (before) Object.assign(before, { from: sighting.from, to: sighting.to });
    outgoing.set(copy, sighting);
  };
  /** The header was written all the same where the device that should have sent it is down. */
  const rewrite = ({ copy, frame }: Extract<Event, { kind: 'dropped' }>): void => {
    const before = outgoing.get(copy);
    if (before) Object.assign(before, { from: callMac(owners(), frame.src), to: callMac(owners(), frame.dst) });
  };
  const stop = simulation.listen((event: Event) => {
    if (event.kind === 'sent') noteOut(event);
    else if (event.kind === 'dropped' && event.reason.startsWith('device.')) rewrite(event);
    else if (event.kind === 'received') note(event.at, 'in', event.frame);
  });
  const take = (): readonly Sighting[] => {
    const taken = seen;
    seen = [];
    outgoing.clear();
    return taken;
  };
  return { take, stop };
};
