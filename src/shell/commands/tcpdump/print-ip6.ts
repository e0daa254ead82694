import { type Icmp6, type Ipv6, icmp6Length, ipText } from '../../../engine/frame.ts';
import type { Style } from './style.ts';

const UNREACHABLE = [
  'unreachable route',
  ' unreachable prohibited',
  'beyond scope',
  'unreachable address',
  'unreachable port',
];
const HOP_BY_HOP = 8;

type Advertisement = Extract<Icmp6, { readonly icmp: 'neighbor-advertisement' }>;

const flagsOf = ({ router, solicited, override }: Advertisement): string => {
  const set = [router && 'router', solicited && 'solicited', override && 'override'].filter(Boolean);
  return set.length === 0 ? 'none' : set.join(', ');
};

const option = (what: string, type: number, mac: number | undefined, style: Style): string =>
  mac === undefined ? '' : `\n\t  ${what} link-address option (${type}), length 8 (1): ${style.rawMac(mac)}`;

/** What -v adds to neighbour discovery (print-icmp6.c:icmp6_opt_print). */
const optionsText = (icmp: Icmp6, style: Style): string => {
  switch (icmp.icmp) {
    case 'neighbor-solicitation':
    case 'router-solicitation':
      return option('source', 1, icmp.source, style);
    case 'neighbor-advertisement':
      return `, Flags [${flagsOf(icmp)}]${option('destination', 2, icmp.mac, style)}`;
    case 'router-advertisement':
      return (
        `\n\thop limit 64, Flags [none], pref medium, router lifetime ${icmp.lifetimeSeconds}s, ` +
        `reachable time 0ms, retrans timer 0ms${option('source', 1, icmp.source, style)}`
      );
    default:
      return '';
  }
};

/** print-icmp6.c:icmp6_print, without the length */
const icmp6Text = (icmp: Icmp6, style: Style): string => {
  const ip = (address: bigint): string => style.ip(ipText(address));
  switch (icmp.icmp) {
    case 'echo-request':
    case 'echo-reply':
      return `echo ${icmp.icmp.slice(5)}, id ${icmp.ident}, seq ${icmp.seq}`;
    case 'unreachable':
      return `destination unreachable, ${UNREACHABLE[icmp.code] ?? `unknown unreach code (${icmp.code})`} ${ip(icmp.about.dst)}`;
    case 'packet-too-big':
      return `packet too big, mtu ${icmp.mtu}`;
    case 'time-exceeded':
      return `time exceeded in-transit for ${ip(icmp.about.dst)}`;
    case 'redirect':
      return `redirect, ${ip(icmp.destination)} to ${ip(icmp.target)}`;
    case 'neighbor-solicitation':
      return `neighbor solicitation, who has ${ip(icmp.target)}`;
    case 'neighbor-advertisement':
      return `neighbor advertisement, tgt is ${ip(icmp.target)}`;
    case 'router-solicitation':
      return 'router solicitation';
    case 'router-advertisement':
      return 'router advertisement';
    case 'mld':
      return `multicast listener report v2, ${icmp.groups.length} group record(s)`;
  }
};

const isDiscovery = ({ icmp }: Icmp6): boolean => /^(neighbor|router)-|^redirect$/.test(icmp);

const bodyText = (body: Icmp6, style: Style): string => {
  const length = `, length ${icmp6Length(body) - (body.icmp === 'mld' ? HOP_BY_HOP : 0)}`;
  const text = icmp6Text(body, style);
  if (!style.options.verbose) return `ICMP6, ${text}${length}`;
  const [first = '', ...rest] = text.split(/(?=, )/);
  const measured = isDiscovery(body) ? `${first}${length}${rest.join('')}` : text;
  return `[icmp6 sum ok] ICMP6, ${measured}${optionsText(body, style)}`;
};

/** print-ip6.c:ip6_print */
export const ipv6Text = (packet: Ipv6, style: Style): string => {
  const { verbose, link } = style.options;
  const { body, fragment, hopLimit, length } = packet;
  const isReport = body.icmp === 'mld';
  const next = isReport ? 'Options (0)' : fragment ? 'Fragment (44)' : 'ICMPv6 (58)';
  const head = verbose ? `(hlim ${hopLimit}, next-header ${next} payload length: ${length - 40}) ` : '';
  const ends = `${style.ip(ipText(packet.src))} > ${style.ip(ipText(packet.dst))}: `;
  const hopByHop = isReport ? `HBH ${verbose ? '(rtalert: 0x0000) (padn) ' : ''}` : '';
  const piece = fragment ? `frag (${fragment.offset}|${length - 48}) ` : '';
  const content = fragment && fragment.offset > 0 ? '' : bodyText(body, style);
  return `${link ? '' : 'IP6 '}${head}${ends}${hopByHop}${piece}${content}`.trimEnd();
};
