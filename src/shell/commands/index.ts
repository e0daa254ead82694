import type { SimulatedCommand } from '../command.ts';
import { bridge } from './bridge/index.ts';
import { ip } from './ip/index.ts';
import { ping } from './ping/index.ts';
import { sysctl } from './sysctl.ts';

/** Every command that the simulated machines have. A new one is its file and a line here. */
export const COMMANDS: readonly SimulatedCommand[] = [bridge, ip, ping, sysctl];
