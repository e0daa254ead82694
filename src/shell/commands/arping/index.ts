import type { SimulatedCommand } from '../../command.ts';
import { readHosts } from '../../names.ts';
import { runProcess } from '../../process.ts';
import { open } from './open.ts';
import { readOptions } from './options.ts';
import { startArping } from './work.ts';

/** arping of iputils 20221126. */
export const arping: SimulatedCommand = {
  name: 'arping',
  run: async (invocation) => {
    const { args, place, simulation, wait } = invocation;
    const options = readOptions(args);
    if (!options.ok) return options.error;
    const session = open(options.value, await readHosts(invocation), place, simulation);
    if (!session.ok) return session.error;
    return runProcess(startArping(session.value, simulation), wait);
  },
};
