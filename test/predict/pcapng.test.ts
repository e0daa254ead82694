import { describe, expect, it } from 'vitest';
import type { Frame } from '../../src/engine/frame.ts';
import { ipAddr } from '../../src/engine/frame.ts';
import { frameBytes } from '../../src/formats/pcapng/frame-bytes.ts';
import { pcapng } from '../../src/formats/pcapng.ts';
import { createAsker } from '../../src/predict/ask.ts';
import { endpointsOf } from '../../src/predict/endpoint.ts';
import { LAN, networkOf } from '../engine/lab.ts';
import { ip } from '../model/helpers.ts';

/** The blocks of a file: type, and where each begins and ends. */
const blocksIn = (bytes: Uint8Array): readonly { readonly type: number; readonly length: number }[] => {
  const view = new DataView(bytes.buffer);
  const blocks: { type: number; length: number }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [type, length] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
    expect(view.getUint32(at + length - 4, true)).toBe(length);
    blocks.push({ type, length });
    at += length;
  }
  return blocks;
};

const sum = (bytes: Uint8Array): number => {
  let total = 0;
  for (let i = 0; i < bytes.length; i += 2) total += bytes[i]! * 256 + (bytes[i + 1] ?? 0);
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
  return total;
};

describe('a capture file', () => {
  it('has one section, an interface for each device that saw a frame, and a packet for each sighting', () => {
    const network = networkOf(LAN);
    const asker = createAsker(network);
    const [from, to] = endpointsOf(network);
    asker.ask(from!, to!, 'ping');
    const events = asker.events();
    const sightings = events.filter(({ kind }) => kind === 'sent' || kind === 'received');
    const devices = new Set(sightings.map((event) => ('at' in event ? event.at : undefined)));
    const types = blocksIn(pcapng(network, events)).map(({ type }) => type);
    expect(types.filter((type) => type === 0x0a0d0d0a)).toHaveLength(1);
    expect(types.filter((type) => type === 1)).toHaveLength(devices.size);
    expect(types.filter((type) => type === 6).length).toBeGreaterThanOrEqual(sightings.length);
  });

  it('has checksums that hold, in IPv4 and in IPv6', () => {
    const common = { src: 0x0200_0000_0001, dst: 0x0200_0000_0002, vlan: 0 };
    const body = { icmp: 'echo-request', ident: 1, seq: 2, bytes: 57 } as const;
    const four: Frame = {
      ...common,
      payload: {
        proto: 'ipv4',
        src: ipAddr(ip('10.0.0.1')) as number,
        dst: ipAddr(ip('10.0.0.2')) as number,
        ttl: 64,
        dontFragment: true,
        length: 20 + 8 + 57,
        body,
      },
    };
    const bytes = frameBytes(four);
    expect(bytes).toHaveLength(14 + 20 + 8 + 57);
    expect(sum(bytes.subarray(14, 34))).toBe(0xffff);
    expect(sum(bytes.subarray(34))).toBe(0xffff);
    const [src, dst] = [ipAddr(ip('2001:db8::1')) as bigint, ipAddr(ip('2001:db8::2')) as bigint];
    const six = frameBytes({
      ...common,
      payload: { proto: 'ipv6', src, dst, hopLimit: 64, length: 40 + 8 + 57, body },
    });
    const pseudo = new Uint8Array([...six.subarray(22, 54), 0, 0, 0, 65, 0, 0, 0, 58]);
    expect(sum(new Uint8Array([...pseudo, ...six.subarray(54)]))).toBe(0xffff);
  });
});
