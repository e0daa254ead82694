import { readdirSync, readFileSync } from 'node:fs';

/** What Linux did with one line of a lab. Lines that are missing printed nothing and exited with 0. */
export type RecordedLine = {
  readonly line: number;
  readonly exit: number;
  readonly stdout?: string;
  readonly stderr?: string;
  /** Of a ping: what came of it. */
  readonly outcome?: Outcome;
  /**
   * Of a ping: what taps saw in all namespaces, each sighting once, as indexes into the lab's `sightings`. Left out are what
   * keeps tables fresh rather than frames moving (unicast ARP, NDP, MLD, router solicitations), and all where two runs of
   * the kernel differed.
   */
  readonly frames?: readonly number[];
};
export type Outcome = 'reply' | 'timeout' | 'host-unreachable' | 'net-unreachable' | 'error';

export type RecordedLab = {
  readonly name: string;
  readonly family: string;
  /** As uname(1) has it: 6.1.176. */
  readonly kernel: string;
  readonly script: string;
  readonly sightings: readonly string[];
  readonly lines: readonly RecordedLine[];
};

const FOLDER = new URL('./', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

/** Scripts, and what Linux printed and forwarded when it ran them: 12 each of 13 families, on empty machines. */
export const recordedNetworks = (): readonly RecordedLab[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((file) => {
      const { lab, kernel, sightings, commands } = JSON.parse(read(file)) as {
        readonly lab: string;
        readonly kernel: string;
        readonly sightings: readonly string[];
        readonly commands: readonly RecordedLine[];
      };
      const family = lab.replace(/-\d+$/, '');
      return { name: lab, family, kernel, script: read(`${lab}.sh`), sightings, lines: commands };
    });
