import { readdirSync, readFileSync } from 'node:fs';
import { DEFAULT_KERNEL, KERNELS, type KernelVersion } from '../../src/model/network.ts';

export type RecordedCommand = {
  readonly line: number;
  readonly command: string;
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
};
export type RecordedLab = {
  /** The recording: a lab has one for each kernel that it was run on. */
  readonly name: string;
  readonly lab: string;
  /** As uname(1) has it: 6.1.176. */
  readonly kernel: string;
  readonly commands: readonly RecordedCommand[];
};

const FOLDER = new URL('../kernel/cli/', import.meta.url);

/** What commands printed on real kernels, lab by lab. */
export const recordedLabs = (): readonly RecordedLab[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((file) => ({
      name: file.replace(/\.json$/, ''),
      ...(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Omit<RecordedLab, 'name'>),
    }));

/** The kernel of the model that a recording is held against. */
export const kernelOf = ({ kernel }: RecordedLab): KernelVersion =>
  KERNELS.find((version) => kernel.startsWith(`${version}.`)) ?? DEFAULT_KERNEL;

const MAC = /\b[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}\b/g;
const TIMERS = /(_timer"?:?) *\d+\.\d\d/g;
const LIFETIMES = /((?:valid|preferred)_lft) \d+sec/g;
const LIFETIMES_IN_JSON = /("(?:valid|preferred)_life_time": ?)(?!4294967295)\d+/g;

/** Takes out what differs from run to run: times, and hardware addresses that nobody chose. */
export const normaliserFor = (lab: RecordedLab): ((text: string) => string) => {
  const chosen = new Set(lab.commands.flatMap(({ command }) => command.match(MAC) ?? []));
  const isChosen = (mac: string): boolean =>
    chosen.has(mac.replace(/\b[0-9a-f]\b/g, '0$&')) || /^(00:){6}|^(ff:?){6}$|^(00:?){6}$|^01:80:c2/.test(mac);
  return (text) =>
    text
      .replace(MAC, (mac) => (isChosen(mac) ? mac : 'DRAWN'))
      .replace(TIMERS, '$1 0.00')
      .replace(LIFETIMES, '$1 SOMEsec')
      .replace(LIFETIMES_IN_JSON, '$1SOME');
};
