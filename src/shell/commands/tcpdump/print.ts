import type { PacketType, Time } from '../../../engine/event.ts';
import { ARP_LENGTH, type Arp, ETHERNET_HEADER, type Frame, ipText, type Payload } from '../../../engine/frame.ts';
import { etherType } from './bytes.ts';
import { ipv4Text } from './print-ip.ts';
import { ipv6Text } from './print-ip6.ts';
import type { Style } from './style.ts';

/** A frame as a tap saw it. */
export type Sight = {
  readonly frame: Frame;
  readonly as: PacketType | 'outgoing';
  readonly time: Time;
  readonly device: string;
  readonly ifindex: number;
};

const TYPE_NAME = { arp: 'ARP', ipv4: 'IPv4', ipv6: 'IPv6', other: 'Unknown' } as const;
const hex = (type: number): string => `0x${type.toString(16).padStart(4, '0')}`;

const typeText = (payload: Payload, { options }: Style): string => {
  const name = TYPE_NAME[payload.proto];
  if (!options.quick) return `ethertype ${name} (${hex(etherType(payload))})`;
  return payload.proto === 'other' ? `Unknown Ethertype (${hex(payload.etherType)})` : name;
};

/** Tags from the outside in. */
const tagsOf = (vlan: number): readonly number[] =>
  vlan === 0 ? [] : [vlan % 4096, ...tagsOf(Math.floor(vlan / 4096))];

export const frameLength = ({ vlan, payload }: Frame): number =>
  ETHERNET_HEADER + 4 * tagsOf(vlan).length + payload.length;

/** -e (print-ether.c:ether_print) */
const etherText = (frame: Frame, style: Style): string => {
  const tagged = style.options.quick ? '802.1Q' : 'ethertype 802.1Q (0x8100)';
  const length = `, length ${frameLength(frame)}: `;
  const type = typeText(frame.payload, style);
  const tags = tagsOf(frame.vlan);
  const ends = `${style.mac(frame.src)} > ${style.mac(frame.dst)}, `;
  if (tags.length === 0) return `${ends}${type}${length}`;
  const texts = tags.map((tag, at) => `${tagged}${at === 0 ? length : ', '}vlan ${tag}, p 0, `);
  return `${ends}${texts.join('')}${type}, `;
};

const COOKED_HEADER = 20;
const COOKED_TYPE = {
  host: 'In',
  broadcast: 'B',
  multicast: 'M',
  otherhost: 'P',
  loopback: '?',
  outgoing: 'Out',
} as const;

/** `-i any` (print-sll.c:sll2_if_print) */
const cookedText = ({ frame, as, device, ifindex }: Sight, style: Style): string => {
  const where = `${device.padEnd(5)} ${COOKED_TYPE[as].padEnd(3)} `;
  if (!style.options.link) return where;
  const length = frameLength(frame) - ETHERNET_HEADER + COOKED_HEADER;
  const source = `ifindex ${ifindex} ${style.mac(frame.src)} `;
  const { quick } = style.options;
  const tags = tagsOf(frame.vlan);
  if (tags.length === 0)
    return `${where}${source}${quick ? '' : `${typeText(frame.payload, style)}, length ${length}: `}`;
  const inner = quick ? '' : `ethertype ${TYPE_NAME[frame.payload.proto]}, `;
  const head = quick ? '' : `ethertype 802.1Q (0x8100), length ${length}: `;
  return `${where}${source}${head}${tags.map((tag) => `vlan ${tag}, p 0, `).join('')}${inner}`;
};

/** print-arp.c:arp_print */
const arpText = (arp: Arp, style: Style): string => {
  const { link, verbose } = style.options;
  const head = `${link ? '' : 'ARP, '}${verbose ? 'Ethernet (len 6), IPv4 (len 4), ' : ''}`;
  const sender = style.ip(ipText(arp.sender));
  if (arp.op === 'reply') return `${head}Reply ${sender} is-at ${style.mac(arp.senderMac)}, length ${ARP_LENGTH}`;
  const known = arp.targetMac === 0 ? '' : ` (${style.mac(arp.targetMac)})`;
  return `${head}Request who-has ${style.ip(ipText(arp.target))}${known} tell ${sender}, length ${ARP_LENGTH}`;
};

const payloadText = (frame: Frame, style: Style): string => {
  const { payload } = frame;
  switch (payload.proto) {
    case 'arp':
      return arpText(payload, style);
    case 'ipv4':
      return ipv4Text(payload, style);
    case 'ipv6':
      return ipv6Text(payload, style);
    case 'other':
      return style.options.link ? '' : etherText(frame, style);
  }
};

const NANO = 1_000_000_000;
const clockText = (time: Time, nano: boolean): string => {
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.floor(time / NANO) % 86_400;
  const rest = time % NANO;
  const fraction = nano ? String(rest).padStart(9, '0') : String(Math.floor(rest / 1000)).padStart(6, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${fraction}`;
};

/** The time in front of a line (util-print.c:ts_print); `since` is that of the line before, or of the first. */
export const stampText = (time: Time, since: Time, { options }: Style): string => {
  const { stamps, nano } = options;
  const clock = clockText(time, nano);
  switch (stamps) {
    case 0:
      return `${clock} `;
    case 1:
      return '';
    case 2:
      return `${Math.floor(time / NANO)}${clock.slice(8)} `;
    case 4:
      return `${dateText(time)} ${clock} `;
    default:
      return ` ${clockText(time - since, nano)} `;
  }
};

/** Virtual time begins with the year 1970. */
const dateText = (time: Time): string => {
  let days = Math.floor(time / NANO / 86_400);
  let year = 1970;
  const isLeap = (): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  for (let length = 365; days >= length; length = isLeap() ? 366 : 365) {
    days -= length;
    year++;
  }
  let month = 0;
  const lengths = [31, isLeap() ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  for (; days >= (lengths[month] ?? 31); month++) days -= lengths[month] ?? 31;
  return `${year}-${String(month + 1).padStart(2, '0')}-${String(days + 1).padStart(2, '0')}`;
};

/** One line, or with -v several, for one frame. */
export const sightText = (sight: Sight, cooked: boolean, style: Style): string => {
  const { frame } = sight;
  const link = style.options.link ? etherText(frame, style) : '';
  return `${cooked ? cookedText(sight, style) : link}${payloadText(frame, style)}\n`;
};
