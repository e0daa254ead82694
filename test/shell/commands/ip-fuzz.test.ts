import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyNetwork } from '../../../src/model/empty.ts';
import { commandRunner } from '../../helpers/command-runner.ts';
import { stillSimulation } from '../../helpers/still-simulation.ts';

const OPTIONS = '-4 -6 -0 -br -c -d -s -j -p -o -N -a -n -b -force -h -V -f'.split(' ');
const OBJECTS = 'link l address a addr netns help'.split(' ');
const ACTIONS = 'add a set s del show list flush change replace help exec identify pids'.split(' ');
const WORDS = (
  'dev name lo eth0 br0 mv0 c1 type veth peer macvlan mode bridge private l2 ipvlan vlan id 5 dummy up down mtu 1500 ' +
  'master nomaster netns c1 1 address 02:00:00:00:00:01 zz 10.0.0.1/24 10.0.0.1 fd00::1/64 brd + - label eth0:1 scope ' +
  'link host global 300 valid_lft preferred_lft forever 0 to any 0/0 secondary primary dynamic up group default 7 index ' +
  'hairpin on off state 9 macaddr add set flush bridge_slave fdb_flush ageing_time -1 0x10 promisc alias ' +
  'constructor __proto__ hasOwnProperty toString * [ ( if1 if99'
).split(' ');

const line = fc
  .tuple(
    fc.oneof(fc.constant(['-j']), fc.array(fc.constantFrom(...OPTIONS), { maxLength: 2 })),
    fc.constantFrom(...OBJECTS),
    fc.constantFrom(...ACTIONS),
    fc.array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...WORDS) }, fc.string({ maxLength: 5 })), {
      maxLength: 9,
    }),
  )
  .map(([options, object, action, words]) => ['ip', ...options, object, action, ...words]);

test('whatever is said to ip, it answers and never breaks down', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (lines) => {
      const { run } = commandRunner(stillSimulation(emptyNetwork({ ipv6: true })));
      for (const words of lines) {
        const { stdout, stderr, exit } = await run(words);
        expect(Number.isInteger(exit) && exit >= 0 && exit <= 255, words.join(' ')).toBe(true);
        if (exit === 0 && words[1] === '-j' && words[3] === 'show') expect(() => JSON.parse(stdout)).not.toThrow();
        if (exit !== 0) expect(stdout + stderr, words.join(' ')).not.toBe('');
      }
    }),
    { numRuns: 300 },
  );
});
