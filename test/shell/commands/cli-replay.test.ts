import { describe, expect, test } from 'vitest';
import { emptyNetwork } from '../../../src/model/empty.ts';
import type { Output } from '../../../src/shell/command.ts';
import { commandRunner, type Runner, splitWords } from '../../helpers/command-runner.ts';
import {
  kernelOf,
  normaliserFor,
  type RecordedCommand,
  type RecordedLab,
  recordedLabs,
} from '../../helpers/recorded-labs.ts';
import { stillSimulation } from '../../helpers/still-simulation.ts';
import { KNOWN, LATE } from './cli-replay-known.ts';

/** Labs in which frames decide about what is printed are replayed where frames move. */
const STILL = /^(errors|bridge|ip-addr|ip-basics|ip-detail|ip-link|ip-states|ip-ipv6|netns)/;
const OTHERS = ['route', 'rule', 'neighbor', 'neighbour', 'maddress', 'monitor', 'vrf', 'tuntap'];

/** `ip` without the objects that have tests of their own. */
const isOwn = ([name, ...words]: readonly string[]): boolean => {
  const object = words.find((word, at) => !word.startsWith('-') && !/^-n/.test(words[at - 1] ?? '')) ?? 'help';
  return name === 'ip' && !OTHERS.some((other) => object !== '' && other.startsWith(object));
};

const usesIpv6 = ({ commands }: RecordedLab): boolean => commands.some(({ command }) => command.includes('::'));

const PRINTED_FILE = /^printf '([^']*)' >(\S+)$/;
const FROM_FILE = /^(ip .*) <(\S+)$/;

const written = (runner: Runner, files: Map<string, string>, command: string): boolean => {
  const [, text, path] = PRINTED_FILE.exec(command) ?? [];
  if (text === undefined || path === undefined) return false;
  files.set(path, text.replaceAll('\\n', '\n'));
  runner.write(path, text.replaceAll('\\n', '\n'));
  return true;
};

type Replayed = { readonly line: number; readonly command: string; readonly got: Output; readonly wanted: Output };

/** Runs a lab line by line, and compares those that this command answers for. */
const replay = async (lab: RecordedLab): Promise<{ readonly right: number; readonly wrong: readonly Replayed[] }> => {
  const runner = commandRunner(stillSimulation(emptyNetwork({ kernel: kernelOf(lab), ipv6: usesIpv6(lab) })));
  const normalise = normaliserFor(lab);
  const clean = ({ stdout, stderr, exit }: Output): Output => ({
    stdout: normalise(stdout),
    stderr: normalise(stderr),
    exit,
  });
  const files = new Map<string, string>();
  const wrong: Replayed[] = [];
  let right = 0;
  for (const recorded of lab.commands) {
    const { line, command } = recorded;
    if (written(runner, files, command)) continue;
    const [, plain = command, input] = FROM_FILE.exec(command) ?? [];
    const words = splitWords(plain);
    if (!words) continue;
    const got = await runner.run(words, undefined, files.get(input ?? ''));
    if (!isOwn(words) || needsMore(recorded)) continue;
    const cleaned = clean(got);
    const wanted = clean(recorded);
    if (JSON.stringify(cleaned) === JSON.stringify(wanted)) right++;
    else wrong.push({ line, command, got: cleaned, wanted });
  }
  return { right, wrong };
};

/** Programs that only a shell has, or that are no part of this test. */
const needsMore = ({ command }: RecordedCommand): boolean =>
  /netns exec (\S+ )?(bash|false|sleep|ping|cat|ls|sysctl)\b/.test(command);

describe('what ip prints is what it printed on real kernels', () => {
  for (const lab of recordedLabs().filter(({ lab }) => STILL.test(lab))) {
    const known = KNOWN[lab.name] ?? {};
    test(lab.name, async () => {
      const { wrong } = await replay(lab);
      const unexpected = wrong.filter(({ line }) => known[line] === undefined);
      expect(unexpected).toEqual([]);
      const lines = new Set(wrong.map(({ line }) => line));
      const mended = Object.entries(known).filter(([line, why]) => why !== LATE && !lines.has(Number(line)));
      expect(mended, 'now answered right: take it off the list').toEqual([]);
    });
  }
});
