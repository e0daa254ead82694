import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSimulation } from '../../../src/engine/simulate.ts';
import { emptyNetwork } from '../../../src/model/empty.ts';
import { commandRunner, splitWords } from '../../helpers/command-runner.ts';
import { TWO_HOSTS } from './ping-lab.ts';

const words = (text: string) => text.split(' ');

const PROGRAMS = {
  ping: words(
    '-c -c1 -c2 -i -i0.2 -i0 -i-1 -W -W1 -w -w2 -n -q -I eth0 lo nosuch -b -4 -6 -s -s8 -s70000 -t -t1 -M do want dont ' +
      '-f -D -v -O -A -l -l3 -p ff -V -h -r -a -e 10.0.0.2 10.0.0.9 10.0.0.255 224.0.0.1 localhost 0 -1 1 abc 1x -- -',
  ),
  arping: words(
    '-c -c1 -w -w2 -i -i0 -I eth0 lo nosuch -f -q -D -U -A -b -s -V -h 10.0.0.2 10.0.0.9 10.0.0.1 0 -1 abc --',
  ),
  tcpdump: words(
    '-i eth0 any lo nosuch 1 -n -e -c -c1 -v -q -t -l -p -U -Q in out inout -w -r -D -# --nano --foo arp icmp or and not ' +
      '( ) [ ] icmp[0] = 8 host src dst net 10.0.0.0/24 10.0.0.1 vlan 5 broadcast ether 02:00:00:00:00:01 mask proto less',
  ),
};

const line = fc.constantFrom<keyof typeof PROGRAMS>('ping', 'arping', 'tcpdump').chain((program) =>
  fc
    .array(fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...PROGRAMS[program]) }, fc.string({ maxLength: 5 })), {
      maxLength: 8,
    })
    .map((args) => ['ip', 'netns', 'exec', 'h1', program, ...args]),
);

test('whatever is said to ping, arping and tcpdump, they answer and come to an end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 4 }), async (lines) => {
      const { run } = commandRunner(createSimulation(emptyNetwork()));
      for (const command of TWO_HOSTS.trim().split('\n')) await run(splitWords(command) ?? []);
      for (const command of lines) {
        const { stdout, stderr, exit } = await run(command);
        expect(Number.isInteger(exit) && exit >= 0 && exit <= 255, command.join(' ')).toBe(true);
        if (exit === 2 && !/ -\w*q/.test(command.join(' '))) expect(stdout + stderr, command.join(' ')).not.toBe('');
      }
    }),
    { numRuns: 200 },
  );
});
