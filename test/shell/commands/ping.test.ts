import { describe, expect, test } from 'vitest';
import type { Ip } from '../../../src/model/ip.ts';
import { newCounts, statistics } from '../../../src/shell/commands/ping/statistics.ts';
import { timeText } from '../../../src/shell/commands/ping/text.ts';
import { inetAton, resolve } from '../../../src/shell/names.ts';
import { onFirst, TWO_HOSTS, tell, withoutTimes } from './ping-lab.ts';

const received = (stdout: string): number => Number(/(\d+) received/.exec(stdout)?.[1]);
const elapsed = (stdout: string): number => Number(/time (\d+)ms$/m.exec(stdout)?.[1]);

describe('an answered ping', () => {
  test('has a line for each answer, and ends with the last one', async () => {
    const { stdout, stderr, exit } = await onFirst('ping -c2 -i 0.2 10.0.0.2');
    expect(withoutTimes(stdout)).toBe(`PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.
64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=T ms
64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=T ms

--- 10.0.0.2 ping statistics ---
2 packets transmitted, 2 received, 0% packet loss, time Tms
rtt R ms
`);
    expect({ stderr, exit, elapsed: elapsed(stdout) }).toEqual({ stderr: '', exit: 0, elapsed: 205 });
  });

  test('that asked for the neighbour first takes longer than the next one', async () => {
    const { stdout } = await onFirst('ping -c2 10.0.0.2');
    const [first = 0, second = 0] = [...stdout.matchAll(/time=([\d.]+) ms/g)].map(([, time]) => Number(time));
    expect(first).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(0);
  });

  test('sends three at once where three are allowed on the way', async () => {
    const { stdout } = await onFirst('ping -l3 -c5 10.0.0.2');
    expect(stdout).toMatch(/ ms, pipe 3\n$/);
    expect(elapsed(stdout)).toBe(2021);
  });

  test('floods as fast as answers come', async () => {
    const { stdout } = await onFirst('ping -f -c3 10.0.0.2');
    expect(stdout.split('\n')[1]).toBe('.\b \b.\b \b.\b \b');
    expect(elapsed(stdout)).toBe(0);
    expect(stdout).toMatch(/, ipg\/ewma 0\.0\d\d\/0\.0\d\d ms\n$/);
  });

  test('has no time where no time fits into the packet', async () => {
    const { stdout } = await onFirst('ping -c1 -s 15 10.0.0.2');
    expect(stdout).toContain('23 bytes from 10.0.0.2: icmp_seq=1 ttl=64\n');
    expect(stdout).not.toContain('rtt');
  });
});

describe('an unanswered ping', () => {
  test('hears of three lost packets at once, when the neighbour is given up', async () => {
    const { stdout, exit } = await onFirst('ping -c4 10.0.0.99');
    expect(stdout.match(/^From 10\.0\.0\.1 icmp_seq=\d Destination Host Unreachable$/gm)).toHaveLength(4);
    expect(stdout).toMatch(/\+4 errors, 100% packet loss, time 306\dms\npipe [34]\n$/);
    expect(exit).toBe(1);
  });

  test('waits ten seconds for the last answer, or as long as -W says', async () => {
    const silent = `${TWO_HOSTS}ip netns exec h2 sysctl -qw net.ipv4.icmp_echo_ignore_all=1\n`;
    const now = async (script: string) => (await tell(silent + script)).simulation.now() / 1e9;
    const before = await now('');
    expect((await now('ip netns exec h1 ping -c1 10.0.0.2\n')) - before).toBeCloseTo(10, 0);
    expect((await now('ip netns exec h1 ping -c1 -W 0.5 10.0.0.2\n')) - before).toBeCloseTo(0.5, 0);
  });

  test('says with -O which answer is missing, before it sends the next', async () => {
    const { stdout } = await onFirst('ping -O -c3 -W1 10.0.0.99');
    expect(stdout).toContain('no answer yet for icmp_seq=1\nno answer yet for icmp_seq=2\n');
    expect(stdout).not.toContain('icmp_seq=3\n');
  });

  test('bound to a device hears nothing of its lost packets, which come back by lo', async () => {
    const { stdout } = await onFirst('ping -I eth0 -c1 10.0.0.99');
    expect(stdout).toContain('PING 10.0.0.99 (10.0.0.99) from 10.0.0.1 eth0: 56(84) bytes of data.\n');
    expect(stdout).toContain('1 packets transmitted, 0 received, 100% packet loss');
  });

  test('without a route, but with a source, loses its packets without a word', async () => {
    const { stdout, stderr, exit } = await onFirst('ping -I 10.0.0.1 -c1 -W1 8.8.8.8');
    expect(stdout).toContain('1 packets transmitted, 0 received, 100% packet loss');
    expect({ stderr, exit }).toEqual({ stderr: '', exit: 1 });
  });
});

describe('the end of a ping', () => {
  test('comes after 1000 packets where nobody can press Ctrl-C', async () => {
    const { stdout, stderr, exit } = await onFirst('ping -q 10.0.0.2');
    expect(received(stdout)).toBe(1000);
    expect(stderr).toBe('hairpin: ping stopped after 1000 packets, since no one can press Ctrl-C; use -c, -w or -W\n');
    expect(exit).toBe(0);
  });

  test('comes with the deadline, and fewer answers than asked for are a failure', async () => {
    const { stdout, exit } = await onFirst('ping -w 3 -c 9 10.0.0.2');
    expect({ received: received(stdout), exit }).toEqual({ received: 3, exit: 1 });
  });

  test('comes when timeout interrupts it', async () => {
    const { stdout, exit } = await onFirst('timeout 1.5 ping 10.0.0.2');
    expect({ received: received(stdout), exit }).toEqual({ received: 2, exit: 124 });
  });

  test('comes with the first error where there is a deadline', async () => {
    const { stdout } = await onFirst('ping -w 5 10.0.0.99');
    expect(stdout).toMatch(/\+3 errors/);
  });
});

describe('two pings at once', () => {
  test('have numbers of their own: neither takes the answers of the other for its own', async () => {
    const { records } = await tell(`${TWO_HOSTS}
ip netns exec h1 ping -c3 10.0.0.2 > /tmp/other &
ip netns exec h1 ping -c3 10.0.0.2
wait
cat /tmp/other
`);
    const [mine, other] = [records.at(-3)!, records.at(-1)!];
    for (const { stdout } of [mine, other]) {
      expect(received(stdout)).toBe(3);
      expect(stdout).not.toMatch(/DUP|duplicates/);
    }
  });

  test('go on in the background while the script sleeps', async () => {
    const { last } = await tell(`${TWO_HOSTS}
ip netns exec h1 ping -i 0.5 -c9 10.0.0.2 > /tmp/other &
sleep 2
kill %1
wait
cat /tmp/other
`);
    expect([4, 5]).toContain(received(last.stdout));
  });
});

describe('whom to ping', () => {
  test.each([
    ['10.0.0.2', '10.0.0.2'],
    ['10.2', '10.0.0.2'],
    ['167772162', '10.0.0.2'],
    ['0x7f.1', '127.0.0.1'],
    ['010.1', '8.0.0.1'],
    ['0', '0.0.0.0'],
    ['1.2.3.4.5', undefined],
    ['256.1.1.1', undefined],
    ['1.2.3.256', undefined],
    ['08.1', undefined],
    ['', undefined],
  ])('"%s" as a number is %s', (text, ip) => {
    expect(inetAton(text)).toBe(ip);
  });

  test('a name of /etc/hosts is found, and the answers carry it', async () => {
    const { last } = await tell(`${TWO_HOSTS}
echo '10.0.0.2 two.lab two # the other one' >> /etc/hosts
ip netns exec h1 ping -c1 two
`);
    expect(last.stdout).toContain('PING two.lab (10.0.0.2) 56(84) bytes of data.\n64 bytes from two.lab (10.0.0.2):');
  });

  test('a name that nobody knows cannot be asked for, and what is no name is none', () => {
    const hosts = [{ ip: '10.0.0.2' as Ip, names: ['two'] }];
    expect(resolve(hosts, 'three.lab')).toEqual({ ok: false, error: 'Temporary failure in name resolution' });
    expect(resolve(hosts, '10.0.0.0/24')).toEqual({ ok: false, error: 'Name or service not known' });
    expect(resolve(hosts, 'TWO')).toEqual({ ok: true, value: { ip: '10.0.0.2', name: 'two' } });
  });
});

describe('how times are written', () => {
  test.each([
    [0, '0.000'],
    [45, '0.045'],
    [999, '0.999'],
    [1_000, '1.00'],
    [4_309, '4.31'],
    [9_994, '9.99'],
    [9_995, '10.0'],
    [12_345, '12.3'],
    [99_949, '99.9'],
    [99_950, '100'],
    [123_499, '123'],
  ])('%i microseconds are %s ms', (micros, text) => {
    expect(timeText(micros)).toBe(text);
  });

  test('a third of the packets lost has six digits', () => {
    const counts = { ...newCounts(), transmitted: 3, received: 2, least: 34, most: 51, sum: 85, sumOfSquares: 3757 };
    const text = statistics(counts, { name: 'x', elapsed: 2_054_400_000, timed: true, hurried: false });
    expect(text).toBe(`
--- x ping statistics ---
3 packets transmitted, 2 received, 33.3333% packet loss, time 2054ms
rtt min/avg/max/mdev = 0.034/0.042/0.051/0.008 ms
`);
  });
});
