import { describe, expect, test } from 'vitest';
import { onFirst, TWO_HOSTS, tell, withoutTimes } from './ping-lab.ts';

describe('arping', () => {
  test('asks everybody first, and then whoever answered', async () => {
    const { stdout, exit } = await onFirst('arping -c2 -I eth0 10.0.0.2');
    expect(withoutTimes(stdout)).toBe(`ARPING 10.0.0.2 from 10.0.0.1 eth0
Unicast reply from 10.0.0.2 [02:00:00:00:00:02]  Tms
Unicast reply from 10.0.0.2 [02:00:00:00:00:02]  Tms
Sent 2 probes (1 broadcast(s))
Received 2 response(s)
`);
    expect(exit).toBe(0);
  });

  test('prints half a millisecond more than it took, as the real one does', async () => {
    const { stdout } = await onFirst('arping -c1 10.0.0.2');
    expect(Number(/ {2}(\d\.\d{3})ms/.exec(stdout)?.[1])).toBeCloseTo(0.52, 1);
  });

  test('writes hardware addresses in capitals', async () => {
    const { last } = await tell(`${TWO_HOSTS}
ip -n h2 link set eth0 down
ip -n h2 link set eth0 address 02:00:00:00:00:be
ip -n h2 link set eth0 up
ip netns exec h1 arping -c1 10.0.0.2
`);
    expect(last.stdout).toContain('[02:00:00:00:00:BE]');
  });

  test('finds that an address is taken, and that another is not', async () => {
    const taken = await onFirst('arping -D -c2 -I eth0 10.0.0.2');
    expect([taken.exit, taken.stdout.includes('Sent 1 probes')]).toEqual([1, true]);
    const free = await onFirst('arping -D -c2 -I eth0 10.0.0.3');
    expect([free.exit, free.stdout.includes('Sent 2 probes')]).toEqual([0, true]);
  });

  test('hears nothing on a port, since the bridge takes the answer', async () => {
    const { last } = await tell(`${TWO_HOSTS}
ip -n h1 link add br0 type bridge
ip -n h1 link set br0 up
ip -n h1 link set eth0 master br0
ip netns exec h1 arping -c1 -s 10.0.0.1 -I eth0 10.0.0.2
`);
    expect(last.stdout).toContain('Received 0 response(s)');
  });

  test('stops after 1000 probes where nobody can press Ctrl-C', async () => {
    const { stdout, stderr, exit } = await onFirst('arping -q 10.0.0.99');
    expect({ stdout, stderr, exit }).toEqual({
      stdout: '',
      stderr: 'hairpin: arping stopped after 1000 probes, since no one can press Ctrl-C; use -c or -w\n',
      exit: 1,
    });
  });
});
