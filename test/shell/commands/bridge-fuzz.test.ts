import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSimulation } from '../../../src/engine/simulate.ts';
import { emptyNetwork } from '../../../src/model/empty.ts';
import { listVirtual, readVirtual, writeVirtual } from '../../../src/shell/files/index.ts';
import { commandRunner, HOST } from '../../helpers/command-runner.ts';

const STARTS = [
  ['ip', 'route'],
  ['ip', '-6', 'route'],
  ['ip', '-j', 'route'],
  ['ip', 'neigh'],
  ['ip', '-s', 'neigh'],
  ['ip', 'rule'],
  ['bridge', 'link'],
  ['bridge', '-d', 'link'],
  ['bridge', 'fdb'],
  ['bridge', '-j', '-s', 'fdb'],
  ['bridge', 'vlan'],
  ['bridge', '-com', 'vlan'],
  ['bridge', 'mdb'],
  ['bridge'],
  ['sysctl'],
];
const WORDS = (
  'add append prepend replace change del show list get flush set help to root match exact via dev src metric table all ' +
  'local main 100 scope link host proto kernel static type unicast unreachable blackhole default any 0/0 10/8 10.0.0.5 ' +
  '10.0.0.0/24 fd00::/64 fd00::9 inet inet6 lo eth0 p0 br0 nope onlink tos 0x10 mtu 1400 nexthop from iif oif mark uid ' +
  'lladdr 02:00:00:00:00:09 zz null nud permanent stale reachable failed all proxy unused hairpin on off state 3 9 cost ' +
  'priority self master vlan vid 5 5-9 4096 pvid untagged brport br dynamic sticky permanent -w -a -n -p -r ( = ' +
  'net.ipv4.ip_forward=1 net.ipv4.conf.eth0.rp_filter net/ipv4/ip_forward net.. .. kernel.hostname constructor __proto__ 1 -1'
).split(' ');
const PATHS = (
  'proc sys net class ipv4 ipv6 conf neigh all default eth0 p0 br0 lo bridge brport brif master mtu flags hairpin_mode ' +
  'ageing_time ip_forward rp_filter ifalias statistics upper_br0 lower_p0 .. . __proto__ constructor arp route dev'
).split(' ');

const SETUP = [
  'ip link add br0 type bridge',
  'ip link add eth0 type veth peer name p0',
  'ip link set p0 master br0',
  'ip link set eth0 up',
  'ip link set p0 up',
  'ip addr add 10.0.0.1/24 dev eth0',
];

const word = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...WORDS) }, fc.string({ maxLength: 5 }));
const line = fc
  .tuple(fc.constantFrom(...STARTS), fc.array(word, { maxLength: 8 }))
  .map(([start, words]) => [...start, ...words]);

const prepared = async () => {
  const simulation = createSimulation(emptyNetwork({ ipv6: true }));
  const { run } = commandRunner(simulation);
  for (const each of SETUP) await run(each.split(' '));
  return { simulation, run };
};

test('whatever is said to ip route, ip neigh, bridge and sysctl, they answer and never break down', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (lines) => {
      const { run } = await prepared();
      for (const words of lines) {
        const { exit } = await run(words);
        expect(Number.isInteger(exit) && exit >= 0 && exit <= 255, words.join(' ')).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('whatever path of the kernel is read, written or listed, there is an answer', async () => {
  const { simulation } = await prepared();
  const view = { simulation, place: HOST };
  const path = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PATHS) }, fc.string({ maxLength: 4 })), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(path, fc.constantFrom('', '1', '0', 'x', '0x10', '-1', '9999999999'), (parts, text) => {
      const whole = `/${parts.join('/')}`;
      for (const answer of [readVirtual(view, whole), listVirtual(view, whole), writeVirtual(view, whole, text)])
        expect(typeof answer.ok).toBe('boolean');
    }),
    { numRuns: 500 },
  );
});
