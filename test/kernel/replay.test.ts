import { describe, expect, test } from 'vitest';
import { DEFAULT_KERNEL, KERNELS } from '../../src/model/network.ts';
import type { Sighting } from '../../src/predict/sighting.ts';
import { emptyWorld, type LabRecord, runLab } from '../../src/shell/lab.ts';
import { type Outcome, type RecordedLab, type RecordedLine, recordedNetworks } from './labs/index.ts';

/**
 * Pings of which every tap saw what the kernel's taps saw, of all whose recording says so. A better engine raises the
 * number here; a smaller one is a step back.
 */
const SEEN_ALIKE: Readonly<Record<string, number>> = {
  ipvlan_basic: 142,
  ipvlan_l3: 168,
  ipvlan_twist: 119,
  ipvlan_v6: 144,
  l3_router: 132,
  macvlan_basic: 144,
  macvlan_multi: 168,
  macvlan_passthru_source: 109,
  macvlan_twist: 109,
  macvlan_v6: 131,
  mixed: 168,
  switch_features: 122,
  veth_bridge: 119,
};

type Line = {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly frames: readonly Sighting[];
};

const run = async (lab: RecordedLab): Promise<ReadonlyMap<number, Line>> => {
  const lines = new Map<number, Line>();
  const kernel = KERNELS.find((version) => lab.kernel.startsWith(`${version}.`)) ?? DEFAULT_KERNEL;
  await runLab({
    name: lab.name,
    text: lab.script,
    world: emptyWorld(lab.script, kernel),
    frames: true,
    write: () => undefined,
    onCommand: ({ line, nested, exit, stdout, stderr, frames = [] }: LabRecord) => {
      if (!nested) lines.set(line, { exit, stdout, stderr, frames });
    },
  });
  return lines;
};

const outcomeOf = ({ exit, stdout, stderr }: Line): Outcome => {
  const text = stdout + stderr;
  if (exit === 0) return 'reply';
  if (/Network (is )?unreachable/.test(text)) return 'net-unreachable';
  if (/Host Unreachable|Address unreachable|No route to host/.test(text)) return 'host-unreachable';
  return exit === 1 ? 'timeout' : 'error';
};

/** Takes out how long it took. */
const timeless = (text: string): string =>
  text
    .replace(/time[= ][\d.]+ ?ms/g, 'time')
    .replace(/rtt .*/g, 'rtt')
    .replace(/[ \t]+\n/g, '\n')
    .trim();

const isUpkeep = (frame: string): boolean =>
  /router-solicitation|mld|icmp6-|eth 0x| arp reply |neighbor-(solicitation|advertisement)/.test(frame) ||
  (frame.includes('arp request') && !frame.includes(' > broadcast '));
const sightingsOf = ({ frames }: Line): ReadonlySet<string> =>
  new Set(
    frames
      .map(({ at, direction, from, to, frame }) => `${at} ${direction} ${from} > ${to} ${frame}`)
      .filter((frame) => !isUpkeep(frame)),
  );

const seesAlike = (lab: RecordedLab, recorded: RecordedLine, got: Line): boolean => {
  const seen = sightingsOf(got);
  const wanted = recorded.frames ?? [];
  return seen.size === wanted.length && wanted.every((index) => seen.has(lab.sightings[index]!));
};

type Compared = { readonly different: readonly string[]; readonly alike: number };

const compare = (lab: RecordedLab, lines: ReadonlyMap<number, Line>): Compared => {
  const different: string[] = [];
  let alike = 0;
  const recorded = new Map(lab.lines.map((one) => [one.line, one]));
  for (const [index, command] of lab.script.split('\n').entries()) {
    if (command === '' || command.startsWith('#')) continue;
    const line = index + 1;
    const wanted = recorded.get(line) ?? { line, exit: 0 };
    const got = lines.get(line);
    const tell = (what: string, theirs: unknown, ours: unknown): void => {
      different.push(`${lab.name}.sh:${line}: ${command}\n  ${what}: Linux ${theirs}\n  here: ${ours}`);
    };
    if (!got) tell('exit', wanted.exit, 'not run');
    else if (wanted.outcome && outcomeOf(got) !== wanted.outcome) tell('outcome', wanted.outcome, outcomeOf(got));
    else if (got.exit !== wanted.exit) tell('exit', wanted.exit, `${got.exit}: ${got.stderr}`);
    else if (timeless(got.stdout) !== timeless(wanted.stdout ?? '')) tell('prints', wanted.stdout, got.stdout);
    else if (got.stderr.trim() !== (wanted.stderr ?? '').trim()) tell('complains', wanted.stderr, got.stderr);
    if (got && wanted.frames && seesAlike(lab, wanted, got)) alike++;
  }
  return { different, alike };
};

const LABS = recordedNetworks();
const FAMILIES = [...new Set(LABS.map(({ family }) => family))];

describe('networks do what they did on real kernels', () => {
  for (const family of FAMILIES) {
    test(family, { timeout: 60_000 }, async () => {
      const compared: Compared[] = [];
      for (const lab of LABS) if (lab.family === family) compared.push(compare(lab, await run(lab)));
      expect(compared.flatMap(({ different }) => different).join('\n')).toBe('');
      const alike = compared.reduce((sum, each) => sum + each.alike, 0);
      expect(alike, 'pings of which every tap sees what it saw: where there are more, raise the number').toBe(
        SEEN_ALIKE[family],
      );
    });
  }
});
