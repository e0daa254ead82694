import { describe, expect, test } from 'vitest';
import { ARP_LENGTH, type Arp, BROADCAST, type Frame, type Ipv4 } from '../../../src/engine/frame.ts';
import type { Ip } from '../../../src/model/ip.ts';
import { readFilter } from '../../../src/shell/commands/tcpdump/filter.ts';
import { onFirst, TWO_HOSTS, tell } from './ping-lab.ts';

const ARP: Arp = {
  ...{ proto: 'arp', op: 'request', senderMac: 0x0200_0000_0001, sender: 0x0a00_0001, targetMac: 0 },
  ...{ target: 0x0a00_0002, length: ARP_LENGTH },
};
const PING: Ipv4 = {
  ...{ proto: 'ipv4', src: 0x0a00_0001, dst: 0x0a00_0002, ttl: 64, dontFragment: true, length: 84 },
  body: { icmp: 'echo-request', ident: 1, seq: 1, bytes: 56 },
};
const FRAMES: Readonly<Record<string, Frame>> = {
  arp: { src: 0x0200_0000_0001, dst: BROADCAST, vlan: 0, payload: ARP },
  ping: { src: 0x0200_0000_0001, dst: 0x0200_0000_0002, vlan: 0, payload: PING },
  tagged: { src: 0x0200_0000_0001, dst: 0x0200_0000_0002, vlan: 5, payload: PING },
  far: { src: 0x0200_0000_0003, dst: 0x0100_5e00_0001, vlan: 0, payload: { ...PING, src: 1, dst: 0xe000_0001 } },
};
const CONTEXT = { hosts: [{ ip: '10.0.0.2' as Ip, names: ['two'] }], mask: 0xffff_ff00, cooked: false };

/** The frames that come in and pass a filter. */
const passing = (text: string): string => {
  const filter = readFilter(text, CONTEXT);
  if (!filter.ok) return filter.error;
  return Object.keys(FRAMES)
    .filter((name) => filter.value({ frame: FRAMES[name]!, outgoing: false }))
    .join(' ');
};

describe('a filter lets through', () => {
  test.each([
    ['', 'arp ping tagged far'],
    ['arp', 'arp'],
    ['icmp', 'ping tagged far'],
    ['not icmp', 'arp'],
    ['host 10.0.0.1', 'arp ping tagged'],
    ['src 10.0.0.2', ''],
    ['dst host two', 'arp ping tagged'],
    ['ip host 10.0.0.1', 'ping tagged'],
    ['arp host 10.0.0.1', 'arp'],
    ['src or dst 10.0.0.2', 'arp ping tagged'],
    ['src and dst 10.0.0.2', ''],
    ['host 10.0.0.9 or 10.0.0.1', 'arp ping tagged'],
    ['net 10.0.0.0/24', 'arp ping tagged'],
    ['net 10', 'arp ping tagged'],
    ['dst net 224.0.0.0/4', 'far'],
    ['net 10.0.0.0 mask 255.255.255.0', 'arp ping tagged'],
    ['ether src 02:00:00:00:00:03', 'far'],
    ['ether host 02:00:00:00:00:02', 'ping tagged'],
    ['broadcast', 'arp'],
    ['ether multicast', 'arp far'],
    ['ip multicast', 'far'],
    ['vlan', 'tagged'],
    ['vlan 6', ''],
    ['vlan 5 and icmp', 'tagged'],
    ['icmp[icmptype] == icmp-echo', 'ping tagged far'],
    ['icmp[0] = 0', ''],
    ['arp[6:2] = 1', 'arp'],
    ['ip[8] & 0x40 != 0 and not vlan', 'ping far'],
    ['ether[0] & 1 = 1', 'arp far'],
    ['ether proto 0x0806', 'arp'],
    ['ether proto \\arp', 'arp'],
    ['ip proto \\icmp', 'ping tagged far'],
    ['greater 102', 'tagged'],
    ['less 42', 'arp'],
    ['len > 42 && !(vlan || multicast)', 'ping'],
    ['inbound', 'arp ping tagged far'],
    ['outbound', ''],
    ['tcp port 80', ''],
    // `and` and `or` bind alike: the last word decides.
    ['arp or icmp and vlan', 'tagged'],
  ])('%s: %s', (text, frames) => {
    expect(passing(text)).toBe(frames);
  });

  test.each([
    ['foo', "can't parse filter expression: syntax error"],
    ['arp or', "can't parse filter expression: syntax error"],
    ['(arp', "can't parse filter expression: syntax error"],
    ['arp)', "can't parse filter expression: syntax error"],
    ['10.0.0.1', "can't parse filter expression: syntax error"],
    ['arp and 10.0.0.1', 'syntax error in filter expression'],
    ['host foo', "unknown host 'foo'"],
    ['host 300.1.1.1', "invalid IPv4 address '300.1.1.1'"],
    ['net 10.0.0.1/24', 'non-network bits set in "10.0.0.1/24"'],
    ['net 10.0.0.0/33', 'mask length must be <= 32'],
    ['vlan 5000', 'VLAN tag 5000 greater than maximum 4095'],
    ['ether host 10.0.0.1', 'illegal link layer address'],
    ['host 02:00:00:00:00:01', 'ethernet address used in non-ether expression'],
    ['icmp host 10.0.0.1', "'icmp' modifier applied to host"],
  ])('nothing where it is wrong: %s', (text, words) => {
    expect(passing(text)).toBe(words);
  });
});

describe('tcpdump', () => {
  const captured = async (options: string, commands: string): Promise<string> => {
    const { last } = await tell(`${TWO_HOSTS}
ip netns exec h1 tcpdump ${options} > /tmp/o 2> /tmp/e &
sleep 1
${commands}
sleep 1
kill %1
wait
cat /tmp/o
`);
    return last.stdout;
  };
  const PING_ONCE = 'ip netns exec h1 ping -c1 10.0.0.2';

  test('tells the virtual time of day, in order', async () => {
    const stamps = (await captured('-n -i eth0 -c4', PING_ONCE)).match(/^00:00:01\.\d{6}/gm) ?? [];
    expect(stamps).toHaveLength(4);
    expect(stamps).toEqual([...stamps].sort());
  });

  test('tells the time since the line before', async () => {
    const lines = (await captured('-nttt -i eth0 -c4', PING_ONCE)).split('\n');
    expect(lines[0]).toMatch(/^ 00:00:00\.000000 ARP, Request/);
    expect(lines[1]).toMatch(/^ 00:00:00\.0000\d\d ARP, Reply/);
  });

  test('names the makers of cards, and whom nobody else is called', async () => {
    const [line] = (await captured('-te -i eth0 -c1 arp', PING_ONCE)).split('\n');
    expect(line).toBe(
      '02:00:00:00:00:01 (oui Unknown) > Broadcast, ethertype ARP (0x0806), length 42: ' +
        'Request who-has 10.0.0.2 tell 10.0.0.1, length 28',
    );
  });

  test('shows only what goes out, or only what comes in', async () => {
    expect(await captured('-tn -i eth0 -Q out icmp', PING_ONCE)).toMatch(/^IP .* echo request,[^\n]*\n\n$/);
    expect(await captured('-tn -i eth0 -Q in icmp', PING_ONCE)).toMatch(/^IP .* echo reply,[^\n]*\n\n$/);
  });

  test('shows a broadcast once, though the sender hears it too', async () => {
    const text = await captured('-tn -i eth0 icmp', 'ip netns exec h1 ping -c1 -W1 -b 10.0.0.255');
    expect(text.match(/echo request/g)).toHaveLength(1);
  });

  test('gives the device and the direction where it listens to all', async () => {
    const lines = (await captured('-tne -i any -c2', PING_ONCE)).split('\n');
    expect(lines[0]).toMatch(/^eth0 {2}Out ifindex 2 02:00:00:00:00:01 ethertype ARP \(0x0806\), length 48: Request/);
    expect(lines[1]).toMatch(/^eth0 {2}In {2}ifindex 2 02:00:00:00:00:02 ethertype ARP \(0x0806\), length 48: Reply/);
  });

  test('in the foreground ends when nothing comes any more, and says so', async () => {
    const { stdout, stderr, exit } = await onFirst('tcpdump -n -i eth0 -c1 icmp');
    expect(stdout).toBe('\n');
    expect(stderr).toBe(`tcpdump: verbose output suppressed, use -v[v]... for full protocol decode
listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes
0 packets captured
0 packets received by filter
0 packets dropped by kernel
hairpin: tcpdump stopped, since nothing came any more and no one can press Ctrl-C
`);
    expect(exit).toBe(0);
  });

  test('says what it does not do', async () => {
    expect(await onFirst('tcpdump -w /tmp/x')).toMatchObject({
      stderr: 'hairpin: tcpdump -w is not modelled\n',
      exit: 1,
    });
  });

  test('lists devices at work before the others', async () => {
    const { stdout } = await onFirst('tcpdump -D');
    expect(stdout).toBe(`1.eth0 [Up, Running, Connected]
2.any (Pseudo-device that captures on all interfaces) [Up, Running]
3.lo [Up, Running, Loopback]
`);
  });
});
