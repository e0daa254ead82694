import type { Flow } from './flows.ts';
import type { Running } from './types.ts';

export type Job = {
  readonly number: number;
  readonly pid: number;
  /** Who started it, and alone may wait for it. */
  readonly owner: Flow;
  readonly text: string;
  readonly stop: Running['stop'];
  readonly isOver: () => boolean;
  readonly result: Promise<number>;
};

export type Jobs = {
  readonly add: (text: string, job: Pick<Job, 'owner' | 'stop' | 'isOver' | 'result'>) => Job;
  readonly all: () => readonly Job[];
  /** By what `wait` and `kill` are given: `%1`, `%%`, `%+`, a process id. */
  readonly find: (name: string) => Job | undefined;
};

export const createJobs = (): Jobs => {
  const jobs: Job[] = [];
  return {
    add: (text, job) => {
      const added = { ...job, text, number: jobs.length + 1, pid: 1001 + jobs.length };
      jobs.push(added);
      return added;
    },
    all: () => jobs,
    find: (name) => {
      if (/^%[%+]?$/.test(name)) return jobs.findLast((job) => !job.isOver());
      return jobs.find((job) => name === `%${job.number}` || name === String(job.pid));
    },
  };
};
