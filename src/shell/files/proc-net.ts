import { ok } from '../../base/result.ts';
import type { Device } from '../../model/device.ts';
import { devicesIn, findMachine, namespaceNamed } from '../../model/find.ts';
import { familyOf, type Ip, ipv4Number, netmask4 } from '../../model/ip.ts';
import { ZERO_MAC } from '../../model/mac.ts';
import type { Machine, Route } from '../../model/network.ts';
import { directory, type FileNode, type View } from './node.ts';

const machineOf = ({ simulation, place }: View): Machine | undefined => {
  const machine = findMachine(simulation.network(), place.machine);
  return machine.ok ? machine.value : undefined;
};
const devicesOf = (view: View): readonly Device[] => {
  const machine = machineOf(view);
  return machine ? devicesIn(machine, view.place.namespace) : [];
};

const file = (text: () => string): FileNode => ({ kind: 'file', read: () => ok(text()) });
const columns = (values: readonly (readonly [string | number, number])[]): string =>
  values.map(([value, width]) => String(value).padStart(width)).join(' ');

const DEV_HEAD = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;

/** net/core/net-procfs.c:dev_seq_printf_stats */
const devLine = ({ simulation, place }: View, { id, name }: Device): string => {
  const c = simulation.counters(place, id);
  const received = columns([
    [c.rxBytes, 7],
    [c.rxPackets, 7],
    [0, 4],
    [c.rxDropped, 4],
    [0, 4],
    [0, 5],
    [0, 10],
    [c.rxMulticast, 9],
  ]);
  const sent = columns([
    [c.txBytes, 8],
    [c.txPackets, 7],
    [c.txErrors, 4],
    [c.txDropped, 4],
    [0, 4],
    [0, 5],
    [c.txCarrier, 7],
    [0, 10],
  ]);
  return `${name.padStart(6)}: ${received} ${sent}\n`;
};

const ARP_HEAD = 'IP address       HW type     Flags       HW address            Mask     Device\n';
/** ATF_COM and ATF_PERM (include/uapi/linux/if_arp.h); an entry without NUD_VALID has neither. */
const arpFlags = (state: string, known: boolean): string => {
  if (!known) return '0x0';
  return state === 'permanent' ? '0x6' : '0x2';
};

/** net/ipv4/arp.c:arp_format_neigh_entry */
const arpTable = ({ simulation, place }: View): string =>
  simulation
    .neighbours(place)
    .filter(({ ip, state }) => familyOf(ip) === 4 && state !== 'noarp')
    .map(({ ip, mac, state, device }) => {
      const flags = arpFlags(state, mac !== undefined).padEnd(9);
      return `${ip.padEnd(16)} 0x1         ${flags} ${(mac ?? ZERO_MAC).padEnd(21)} *        ${device}\n`;
    })
    .join('');

const ROUTE_WIDTH = 127;
const ROUTE_HEAD = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
/** An address as the bytes of memory read as a number on a little-endian machine. */
const hex = (value: number): string =>
  [0, 8, 16, 24]
    .map((shift) => ((value >>> shift) & 255).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();

/** RTF_UP, RTF_GATEWAY, RTF_HOST, RTF_REJECT (net/ipv4/fib_trie.c:fib_flag_trans). */
const routeFlags = ({ type, via, length }: Route): number =>
  1 |
  (via === undefined ? 0 : 2) |
  (length === 32 ? 4 : 0) |
  (type === 'unreachable' || type === 'prohibit' ? 0x200 : 0);

const routeLine = (machine: Machine, route: Route): string => {
  const name = route.device === undefined ? '*' : (machine.devices[route.device]?.name ?? '*');
  const gateway = route.via === undefined ? 0 : ipv4Number(route.via);
  const flags = routeFlags(route).toString(16).toUpperCase().padStart(4, '0');
  const mask = hex(netmask4(route.length));
  return [name, hex(ipv4Number(route.destination)), hex(gateway), flags, 0, 0, route.metric, mask, 0, 0, 0].join('\t');
};

const isListed = ({ family, table, type }: Route): boolean =>
  family === 4 && table === 'main' && type !== 'broadcast' && type !== 'multicast';
const byDestination = (a: Route, b: Route): number =>
  ipv4Number(a.destination as Ip) - ipv4Number(b.destination as Ip) || b.length - a.length || a.metric - b.metric;

/** net/ipv4/fib_trie.c:fib_route_seq_show */
const routeTable = (view: View): string => {
  const machine = machineOf(view);
  const routes = machine ? (namespaceNamed(machine, view.place.namespace)?.routes ?? []) : [];
  const lines = machine
    ? routes
        .filter(isListed)
        .sort(byDestination)
        .map((route) => routeLine(machine, route))
    : [];
  return [ROUTE_HEAD, ...lines].map((each) => `${each.padEnd(ROUTE_WIDTH)}\n`).join('');
};

export const procNet = (view: View): FileNode =>
  directory(() => ({
    arp: file(() => ARP_HEAD + arpTable(view)),
    dev: file(
      () =>
        DEV_HEAD +
        devicesOf(view)
          .map((device) => devLine(view, device))
          .join(''),
    ),
    route: file(() => routeTable(view)),
  }));
