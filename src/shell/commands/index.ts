import type { SimulatedCommand } from '../command.ts';
import { arping } from './arping/index.ts';
import { bridge } from './bridge/index.ts';
import { ip } from './ip/index.ts';
import { ping } from './ping/index.ts';
import { sysctl } from './sysctl.ts';
import { tcpdump } from './tcpdump/index.ts';

/** Every command that the simulated machines have. A new one is its file and a line here. */
export const COMMANDS: readonly SimulatedCommand[] = [arping, bridge, ip, ping, sysctl, tcpdump];
