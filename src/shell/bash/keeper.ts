import type { ScriptNode } from 'just-bash';
import { instrument, type Plain } from './instrument.ts';
import type { FunctionNode } from './nodes.ts';
import { own, quoted, script, simple, statement } from './nodes.ts';
import type { Keeper, Shell } from './parts.ts';
import type { Recorder } from './recorder.ts';
import { type JobBody, rewrite } from './rewrite.ts';

export const createKeeper = <C>(shell: Shell<C>, recorder: Recorder): Keeper => {
  const runs: (readonly Plain[])[] = [];
  const jobs: JobBody[] = [];
  const keepJob = (job: JobBody) => jobs.push(job) - 1;
  const keepFunction = (node: FunctionNode) => void shell.functions.set(node.name, node);
  const onLine = (line: number): void => {
    shell.position.line = line;
  };
  const functions = () => [...shell.functions.values()].map((node) => statement(node));
  const instrumented = (statements: ScriptNode['statements']) =>
    instrument(statements, {
      isSimulated: (name) => shell.options.commands.has(name) && !shell.functions.has(name),
      keepLeaf: recorder.keepLeaf,
      keepRun: (commands) => runs.push(commands) - 1,
    });
  return {
    outer: (parsed) => {
      rewrite(parsed, { onLine, keepJob, keepFunction });
      return script(instrumented(parsed.statements));
    },
    inner: (parsed) => {
      rewrite(parsed, { keepJob, keepFunction: () => {} });
      return parsed;
    },
    run: (id) => runs[id] ?? [],
    job: (id) => jobs[id],
    withFunctions: (parsed, status = 0) => {
      const before = statement(simple(own('end'), [quoted('-'), quoted(String(status))]));
      return script([...functions(), before, ...instrumented(parsed.statements)]);
    },
  };
};
