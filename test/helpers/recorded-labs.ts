import { readdirSync, readFileSync } from 'node:fs';

export type RecordedCommand = {
  readonly line: number;
  readonly command: string;
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
};
export type RecordedLab = { readonly lab: string; readonly commands: readonly RecordedCommand[] };

const FOLDER = new URL('../kernel/cli/', import.meta.url);

/** What commands printed on a real Linux 6.1, lab by lab. */
export const recordedLabs = (): readonly RecordedLab[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as RecordedLab);

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
