import { failed, type SimulatedCommand } from '../../command.ts';

export const ip: SimulatedCommand = { name: 'ip', run: () => failed('hairpin: ip is not there yet\n', 255) };
