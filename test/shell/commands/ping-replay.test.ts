import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { emptyWorld, type LabRecord, runLab } from '../../../src/shell/lab.ts';
import { kernelOf, type RecordedLab, recordedLabs } from '../../helpers/recorded-labs.ts';
import { withoutTimes } from './ping-lab.ts';

const NO_OPTIONS = 'packets have no IP options here';

/** Lines of labs that are answered differently, and why. */
const KNOWN: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'ping-basic': {
    43: NO_OPTIONS,
    44: NO_OPTIONS,
  },
  'ping-ratelimit-redirect': { 25: 'a pace of redirects that doubles by the clock, which was late in the recording' },
  'ping-redirect': { 40: 'ip route flush cache forgets redirects' },
  'ping-unreachable': {
    19: 'the recording sends a third packet at the instant when the neighbour is given up',
    20: 'the recording sends a fourth packet at the instant when the neighbour is given up',
  },
  tcpdump: {
    29: 'the recording counts what came after the last packet that it shows',
    78: 'the recording lists devices of other programs',
  },
  'tcpdump-icmp': {
    60: 'kill %1 finds a job that is long over',
  },
};

const LABS = /^(ping|arping|tcpdump)/;
/** What these programs say at once, or said to a file in the background. */
const OWN = /\b(ping|arping|tcpdump)\b(?!.*&$)|^cat \/tmp\/[oe]$/;

const script = ({ lab }: RecordedLab): string =>
  readFileSync(new URL(`../../kernel/cli/${lab}`, import.meta.url), 'utf8');

const replay = async (lab: RecordedLab) => {
  const got = new Map<number, LabRecord>();
  const onCommand = (record: LabRecord): void => {
    if (!record.nested) got.set(record.line, record);
  };
  const world = emptyWorld('', kernelOf(lab));
  await runLab({ name: lab.lab, text: script(lab), world, write: () => undefined, onCommand });
  const said = ({ stdout, stderr, exit }: { stdout: string; stderr: string; exit: number }) => ({
    stdout: withoutTimes(stdout),
    stderr: withoutTimes(stderr),
    exit,
  });
  return lab.commands
    .filter(({ command }) => OWN.test(command))
    .map(({ line, command, ...wanted }) => {
      const record = got.get(line);
      return { line, command, wanted: said(wanted), got: record && said(record) };
    });
};

describe('what ping, arping and tcpdump print is what they printed on Linux', () => {
  for (const lab of recordedLabs().filter(({ lab: name }) => LABS.test(name))) {
    const known = KNOWN[lab.name] ?? {};
    test(lab.name, async () => {
      const compared = await replay(lab);
      const wrong = compared.filter(({ wanted, got }) => JSON.stringify(wanted) !== JSON.stringify(got));
      expect(compared.length).toBeGreaterThan(0);
      expect(wrong.filter(({ line }) => known[line] === undefined)).toEqual([]);
      expect(wrong.map(({ line }) => line)).toEqual(Object.keys(known).map(Number));
    });
  }
});
