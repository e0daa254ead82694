import { located, withoutOurs } from './errors.ts';
import type { Leaf } from './instrument.ts';
import { utf8Decoded } from './text.ts';
import type { CommandRecord, ShellOptions, Stream } from './types.ts';

type Open = { readonly leaf: Leaf; readonly inside: CommandRecord[]; stdout: string; stderr: string };

export type Recorder = {
  readonly keepLeaf: (leaf: Leaf) => number;
  /** The terminal of a leaf is opened, or written to. */
  readonly open: (id: number) => void;
  readonly data: (id: number, stream: Stream, bytes: string) => void;
  readonly end: (id: number, exit: number) => void;
  /** A command of ours ran inside of a leaf. */
  readonly inside: (record: CommandRecord) => void;
  /** A command of ours that is a leaf, with all it wrote. */
  readonly whole: (record: CommandRecord, trace: string) => void;
  /** What the interpreter kept to itself until the end. */
  readonly finish: (exit: number, stdout: string, stderr: string) => void;
};

type Reported = Pick<ShellOptions<unknown>, 'name' | 'output' | 'onCommand'>;
/** The line that is executed: of the script, also while a shell runs within one of its commands. */
export type Position = { line: number };

/** Puts together what each command wrote and left behind, and passes it on as it happens. */
export const createRecorder = ({ name, output, onCommand }: Reported, at: Position): Recorder => {
  const leaves: Leaf[] = [];
  let open: Open | undefined;

  const write = (stream: Stream, text: string): void => {
    if (text !== '') output.write(stream, text);
  };
  const opened = (id: number): Open | undefined => {
    const leaf = leaves[id];
    if (leaf !== undefined && open?.leaf !== leaf) open = { leaf, inside: [], stdout: '', stderr: '' };
    return open;
  };
  const stderrOf = (text: string): string => located(name, at.line, withoutOurs(text));

  const end = (id: number, exit: number): void => {
    const ended = opened(id);
    open = undefined;
    if (ended === undefined) return;
    const { leaf, inside, stdout, stderr } = ended;
    const last = leaf.simulated ? inside.pop() : undefined;
    for (const record of inside) onCommand?.(record);
    const command = leaf.alone || last === undefined ? leaf.text : last.command;
    const streams = last ?? { stdout, stderr };
    onCommand?.({
      ...{ line: leaf.line, command, exit, stdout: streams.stdout, stderr: streams.stderr },
      ...{ simulated: leaf.simulated, nested: false },
    });
  };

  return {
    keepLeaf: (leaf) => leaves.push(leaf) - 1,
    open: (id) => void opened(id),
    data: (id, stream, bytes) => {
      const leaf = opened(id);
      const text = stream === 'stderr' ? stderrOf(utf8Decoded(bytes)) : utf8Decoded(bytes);
      if (leaf !== undefined) leaf[stream] += text;
      write(stream, text);
    },
    end,
    inside: (record) => {
      if (open === undefined) onCommand?.(record);
      else open.inside.push(record);
    },
    whole: (record, trace) => {
      write('stderr', trace);
      write('stdout', record.stdout);
      write('stderr', record.stderr);
      onCommand?.(record);
    },
    finish: (exit, stdout, stderr) => {
      const text = stderrOf(stderr);
      if (open !== undefined) {
        open.stdout += stdout;
        open.stderr += text;
        end(leaves.indexOf(open.leaf), exit);
      }
      write('stdout', stdout);
      write('stderr', text);
    },
  };
};
