import { basename } from 'node:path';
import { styleText } from 'node:util';
import type { Simulation } from '../../engine/simulation.ts';
import type { CauseText } from '../../predict/words.ts';
import { causeText } from '../../predict/words.ts';
import type { LabOptions, LabRecord, World } from '../../shell/lab.ts';

type Out = NodeJS.WriteStream;

/** How one script's run is shown. `end` comes when the script is over. */
export type Report = {
  readonly write: LabOptions['write'];
  readonly onCommand?: (record: LabRecord, simulation: Simulation) => void;
  readonly end?: () => void;
};
export type ReportFor = (file: string, world: World) => Report;

const causeLines = ({ sentence, where, code, source, remedy }: CauseText, out: Out): string =>
  [
    `  ${styleText('yellow', 'why', { stream: out })}  ${where}: ${sentence}`,
    `       ${styleText('dim', `${code}, ${source}`, { stream: out })}`,
    `       ${styleText('green', 'try', { stream: out })} ${remedy}`,
    '',
  ].join('\n');

const causesOf = ({ causes = [] }: LabRecord, simulation: Simulation, out: Out): string =>
  causes.map((cause) => causeLines(causeText(simulation.network(), cause), out)).join('');

/** What a terminal shows: the commands' own output. */
export const plainReport =
  (out: Out, err: Out): ReportFor =>
  () => ({
    write: (stream, text) => (stream === 'stdout' ? out : err).write(text),
    onCommand: (record, simulation) => {
      const causes = causesOf(record, simulation, err);
      if (causes !== '') err.write(causes);
    },
  });

/** A session as a person would have typed it, with the reason behind each failure. */
export const transcriptReport =
  (out: Out): ReportFor =>
  (_file, { place }) => ({
    write: () => {},
    onCommand: (record, simulation) => {
      if (record.nested) return;
      const prompt = styleText('bold', `root@${place.machine}:~#`, { stream: out });
      out.write(`${prompt} ${record.command}\n${record.stdout}${record.stderr}`);
      out.write(causesOf(record, simulation, out));
    },
  });

/** One JSON object a line, one line a script: every command with its place in the script, exit code and output. */
export const jsonReport =
  (out: Out): ReportFor =>
  (file) => {
    const commands: object[] = [];
    return {
      write: () => {},
      onCommand: ({ line, command, exit, stdout, stderr, frames }) => {
        commands.push({ line, command, exit, stdout, stderr, ...(frames && { frames }) });
      },
      end: () => {
        out.write(`${JSON.stringify({ lab: basename(file), commands })}\n`);
      },
    };
  };
