import { type Icmp, type Ipv4, ipText } from '../../../engine/frame.ts';
import { typeOfService } from './bytes.ts';
import type { Style } from './style.ts';

const IP_HEADER = 20;

const UNREACHABLE: readonly ((to: string) => string)[] = [
  (to) => `net ${to} unreachable`,
  (to) => `host ${to} unreachable`,
  (to) => `${to} protocol 1 unreachable`,
  (to) => `${to} protocol 1 port 0 unreachable`,
  (to) => `${to} unreachable - need to frag`,
  (to) => `${to} unreachable - source route failed`,
  (to) => `net ${to} unreachable - unknown`,
  (to) => `host ${to} unreachable - unknown`,
  (to) => `${to} unreachable - source host isolated`,
  (to) => `net ${to} unreachable - admin prohibited`,
  (to) => `host ${to} unreachable - admin prohibited`,
  (to) => `net ${to} unreachable - tos prohibited`,
  (to) => `host ${to} unreachable - tos prohibited`,
  (to) => `host ${to} unreachable - admin prohibited filter`,
  (to) => `host ${to} unreachable - host precedence violation`,
  (to) => `host ${to} unreachable - precedence cutoff`,
];

/** print-icmp.c:icmp_print */
const icmpText = (icmp: Icmp, style: Style): string => {
  switch (icmp.icmp) {
    case 'echo-request':
    case 'echo-reply':
      return `echo ${icmp.icmp.slice(5)}, id ${icmp.ident}, seq ${icmp.seq}`;
    case 'unreachable': {
      const to = style.ip(ipText(icmp.about.dst));
      const text = UNREACHABLE[icmp.code]?.(to) ?? `${to} unreachable - #${icmp.code}`;
      return icmp.code === 4 && icmp.mtu ? `${text} (mtu ${icmp.mtu})` : text;
    }
    case 'time-exceeded':
      if (icmp.code > 1) return `time exceeded-#${icmp.code}`;
      return icmp.code === 0 ? 'time exceeded in-transit' : 'ip reassembly time exceeded';
    case 'redirect': {
      const kinds = ['redirect %s to net', 'redirect %s to host', 'redirect-tos %s to net', 'redirect-tos %s to host'];
      const kind = kinds[icmp.code] ?? `redirect-#${icmp.code} %s to`;
      return `${kind.replace('%s', style.ip(ipText(icmp.about.dst)))} ${style.ip(ipText(icmp.gateway))}`;
    }
  }
};

const flagsOf = ({ fragment, dontFragment }: Ipv4): string => {
  if (fragment?.more) return '+';
  return dontFragment ? 'DF' : 'none';
};

/** The header of -v. Packets are not numbered here: the id is always 0. */
const headerText = (packet: Ipv4): string => {
  const ttl = packet.ttl >= 1 ? `, ttl ${packet.ttl}` : '';
  const offset = packet.fragment?.offset ?? 0;
  const flags = flagsOf(packet);
  const tos = typeOfService(packet.body).toString(16);
  return `(tos 0x${tos}${ttl}, id 0, offset ${offset}, flags [${flags}], proto ICMP (1), length ${packet.length})\n    `;
};

/** print-ip.c:ip_print */
export const ipv4Text = (packet: Ipv4, style: Style): string => {
  const { verbose, link, numeric } = style.options;
  const head = `${link ? '' : 'IP '}${verbose ? headerText(packet) : ''}`;
  const ends = `${style.ip(ipText(packet.src))} > ${style.ip(ipText(packet.dst))}:`;
  if ((packet.fragment?.offset ?? 0) > 0) return `${head}${ends} ${numeric ? 'ip-proto-1' : 'icmp'}`;
  const { body } = packet;
  const icmp = `ICMP ${icmpText(body, style)}, length ${packet.length - IP_HEADER}`;
  const about = verbose && 'about' in body ? `\n\t${ipv4Text(body.about, style)}` : '';
  return `${head}${ends} ${icmp}${about}`;
};
