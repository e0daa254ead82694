import type { MachineName } from '../../model/network.ts';

export const deviceKey = (machine: MachineName, id: number): string => `${machine}#${id}`;
export const namespaceKey = (machine: MachineName, name: string): string => `${machine} ${name}`;
