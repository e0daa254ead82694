import { readdirSync, readFileSync } from 'node:fs';
import { diagnosticLine } from '../../src/formats/diagnostic.ts';
import { type Model, readModel } from '../../src/formats/model-file/read.ts';
import { ROOT } from '../../src/model/network.ts';
import { emptyWorld, runLab, type World } from '../../src/shell/lab.ts';

const FOLDER = new URL('../../models/', import.meta.url);

export const modelText = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');

/** The files of models/ whose names end so, as `seed/bridge.sh`. */
export const modelFiles = (ending: string): readonly string[] =>
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort();

export const modelIn = (file: string): Model => {
  const model = readModel(modelText(file), `models/${file}`);
  if (!model.ok) throw new Error(model.error.map(diagnosticLine).join('\n'));
  return model.value;
};

export type Step = {
  readonly command: string;
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
};
/** What a script printed and how each of its commands ended. */
export type Ran = { readonly exit: number; readonly steps: readonly Step[] };

const worldFor = (text: string, on: string | undefined): World => {
  if (on === undefined) return emptyWorld(text);
  const { network, runOn } = modelIn(on);
  return { network, place: { machine: runOn, namespace: ROOT } };
};

/** Runs a script of models/ on an empty machine, or on a model file's world. */
export const runModel = async (file: string, on?: string): Promise<Ran> => {
  const text = modelText(file);
  const steps: Step[] = [];
  const { exit } = await runLab({
    name: file,
    text,
    world: worldFor(text, on),
    write: () => undefined,
    onCommand: ({ nested, ...record }) => {
      if (!nested) steps.push(record);
    },
  });
  return { exit, steps };
};

/** What came of a ping: how many of how many replies, and what else was said. */
export const pinged = ({ command, stdout, stderr, exit }: Step): string => {
  const from = /exec (\S+)/.exec(command)?.[1] ?? 'host';
  const to = command.split(' ').find((word) => /^\d+\.\d+\.\d+\.\d+$|^[0-9a-f:]*::[0-9a-f:]*$/.test(word));
  const [, sent, received] = /(\d+) packets transmitted, (\d+) received/.exec(stdout) ?? [];
  const said = [
    ...new Set([...stdout.matchAll(/^From (\S+?):? icmp_seq=\d+ (.*)$/gm)].map(([, who, what]) => `${who}: ${what}`)),
  ];
  const errors = [...new Set(stderr.split('\n').filter((line) => line !== ''))];
  return [`${from} > ${to}: ${received}/${sent}, exit ${exit}`, ...said, ...errors].join('; ');
};

export const pingsOf = ({ steps }: Ran): readonly string[] =>
  steps.filter(({ command }) => /\bping6? /.test(command)).map(pinged);

/** The commands that ended badly and were no pings, with what they said. */
export const refusalsOf = ({ steps }: Ran): readonly string[] =>
  steps
    .filter(({ command, exit }) => exit !== 0 && !/\bping6? /.test(command))
    .map(({ exit, stderr }) => `exit ${exit}: ${stderr.trim()}`);
