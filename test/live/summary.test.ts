import { describe, expect, it } from 'vitest';
import type { Capture, LiveDevice } from '../../src/live/agent/session.ts';
import { isUpkeep, sightingsOf } from '../../src/live/frames/sightings.ts';
import { summaryOf } from '../../src/live/frames/summary.ts';

const bytes = (...parts: readonly string[]): Buffer => Buffer.from(parts.join('').replaceAll(' ', ''), 'hex');
const ETHERNET = 'ffffffffffff 020000000001';
const ARP = '0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002';
const IPV4 = '45 00 0054 0000 0000 40 01 0000 0a000001 0a000002';
const IPV6 = '60000000 0040 3a 40 fd000000000000000000000000000001 fd000000000000000000000000000002';

describe('a frame from the wire', () => {
  it('is summed up in the words of the simulator', () => {
    expect(summaryOf(bytes(ETHERNET, '0806', ARP))).toBe('arp request 10.0.0.1 > 10.0.0.2');
    expect(summaryOf(bytes(ETHERNET, '0800', IPV4, '0800'))).toBe('ipv4 10.0.0.1 > 10.0.0.2 echo-request');
    expect(summaryOf(bytes(ETHERNET, '0800', IPV4, '0301'))).toBe('ipv4 10.0.0.1 > 10.0.0.2 unreachable/1');
    expect(summaryOf(bytes(ETHERNET, '86dd', IPV6, '8100'))).toBe('ipv6 fd00::1 > fd00::2 echo-reply');
    expect(summaryOf(bytes(ETHERNET, '88cc'))).toBe('eth 0x88cc');
  });

  it('may have a VLAN tag, or two', () => {
    expect(summaryOf(bytes(ETHERNET, '8100 0005 0806', ARP))).toBe('arp request 10.0.0.1 > 10.0.0.2');
    expect(summaryOf(bytes(ETHERNET, '88a8 0005 8100 0006 0806', ARP))).toBe('arp request 10.0.0.1 > 10.0.0.2');
  });

  it('may be cut short anywhere', () => {
    const whole = bytes(ETHERNET, '86dd', IPV6, '8100');
    for (let length = 0; length <= whole.length; length++)
      expect(summaryOf(whole.subarray(0, length))).toEqual(expect.any(String));
  });
});

describe('sightings', () => {
  const device = (tap: string, name: string, ifindex: number, mac: string): LiveDevice => ({ tap, name, ifindex, mac });
  const devices = [device('c2', 'a', 2, '02:00:00:00:00:01'), device('c1', 'b', 9, '02:00:00:00:00:01')];
  const capture = (type: number): Capture => ({ tap: 'c2', ifindex: 2, type, bytes: bytes(ETHERNET, '0806', ARP) });

  it('call a hardware address by the first namespace that has it', () => {
    expect(sightingsOf([capture(4), capture(1)], devices)).toEqual([
      { at: 'c2/a', direction: 'out', from: 'c1/b', to: 'broadcast', frame: 'arp request 10.0.0.1 > 10.0.0.2' },
      { at: 'c2/a', direction: 'in', from: 'c1/b', to: 'broadcast', frame: 'arp request 10.0.0.1 > 10.0.0.2' },
    ]);
  });

  it('of neighbours being looked after come when they come, of a first question they do not', () => {
    const [sighting] = sightingsOf([capture(4)], devices);
    expect(isUpkeep(sighting!)).toBe(false);
    expect(isUpkeep({ ...sighting!, to: 'c1/b' })).toBe(true);
  });
});
