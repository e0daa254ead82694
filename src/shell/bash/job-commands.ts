import type { Flow } from './flows.ts';
import type { Job } from './jobs.ts';
import { own as ours, script } from './nodes.ts';
import { type Env, type Executed, type OwnCommand, type Process, type Shell, said } from './parts.ts';

export const isSignal = (name: string): boolean =>
  /^(EXIT|HUP|INT|QUIT|TERM|USR1|USR2|PIPE|ALRM|TSTP|CHLD|WINCH)$/.test(name);

/** Variables as another shell may be given them: `$?` and the like are not. */
export const variables = (env: ReadonlyMap<string, string>): Env =>
  Object.fromEntries([...env].filter(([name]) => /^[A-Za-z_]\w*$/.test(name) && !/^(SHELL|BASH)OPTS$/.test(name)));

/** `&`, `wait`, `kill` and `jobs`: the interpreter knows no jobs. A job is a flow with a shell of its own. */
export const jobCommands = <C>(shell: Shell<C>, process: Process<C>): Readonly<Record<string, OwnCommand>> => ({
  [ours('job')]: async ([id], context) => {
    const kept = process.keeper.job(Number(id));
    if (kept === undefined) return said('', 1);
    const job = startJob(shell, process, kept.text, (child) => {
      const env = variables(context.env);
      const toTree = () => child.keeper.withFunctions(script([kept.body]));
      return child.execute(':', toTree, { ...env, PWD: context.cwd });
    });
    await context.assignShellVariable?.('HAIRPIN_JOB', String(job.pid));
    return said();
  },
  [ours('wait')]: async (args) => {
    const names = args.filter((arg) => !arg.startsWith('-'));
    if (names.length === 0) {
      for (const job of shell.jobs.all()) if (job.owner === process.flow) await ended(shell, process, job);
      return said();
    }
    let exit = 0;
    for (const name of names) {
      const job = shell.jobs.find(name);
      if (job?.owner !== process.flow) return said('', 127, `bash: wait: pid ${name} is not a child of this shell\n`);
      exit = await ended(shell, process, job);
    }
    return said('', exit);
  },
  kill: async (args) => {
    const signal = args[0]?.startsWith('-') ? args[0].slice(1) : 'TERM';
    const names = args.filter((arg) => !arg.startsWith('-'));
    let errors = '';
    for (const name of names) {
      const job = shell.jobs.find(name);
      if (job === undefined) {
        const what = name.startsWith('%') ? `${name}: no such job` : `(${name}) - No such process`;
        errors += `bash: kill: ${what}\n`;
      } else if (signal !== '0') job.stop(signal);
    }
    return said('', errors === '' ? 0 : 1, errors);
  },
  jobs: () => {
    const lines = shell.jobs.all().map((job, index, all) => {
      const mark = index === all.length - 1 ? '+' : index === all.length - 2 ? '-' : ' ';
      return job.isOver() ? '' : `[${job.number}]${mark}  ${'Running'.padEnd(24)}${job.text} &\n`;
    });
    return said(lines.join(''));
  },
});

/** Waits until a job is over. One that could wait for ever is interrupted in the end, as somebody at a keyboard would. */
const ended = async <C>(shell: Shell<C>, process: Process<C>, job: Job): Promise<number> => {
  if ((await shell.flows.wait(process.flow, job.isOver)) !== 'done') job.stop('INT');
  return job.result;
};

const startJob = <C>(
  shell: Shell<C>,
  parent: Process<C>,
  text: string,
  run: (child: Process<C>) => Promise<Executed>,
): Job => {
  const flow: Flow = { background: true };
  const child = shell.spawn(parent.context, flow);
  let over = false;
  shell.flows.enter();
  const result = run(child).then(({ exit }) => {
    over = true;
    shell.flows.leave();
    return flow.stop === undefined ? exit : 143;
  });
  const stop = (signal: string): void => shell.flows.stop(flow, signal);
  return shell.jobs.add(text, { owner: parent.flow, stop, isOver: () => over, result });
};
