import type { SimulatedCommand } from '../../command.ts';
import { readHosts } from '../../names.ts';
import { runProcess } from '../../process.ts';
import { open } from './open.ts';
import { readOptions } from './options.ts';
import { startPing } from './work.ts';

/** ping of iputils 20221126. */
export const ping: SimulatedCommand = {
  name: 'ping',
  run: async (invocation) => {
    const asked = readOptions(invocation.args);
    if (!asked.ok) return asked.error;
    const hosts = await readHosts(invocation);
    const session = open(asked.value, hosts, invocation.place, invocation.simulation);
    if (!session.ok) return session.error;
    return runProcess(startPing(session.value, invocation.simulation), invocation.wait);
  },
};
