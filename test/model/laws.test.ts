import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apply } from '../../src/model/apply.ts';
import { carrierNow } from '../../src/model/carrier.ts';
import type { Device } from '../../src/model/device.ts';
import { deviceNamed } from '../../src/model/directory.ts';
import { edit } from '../../src/model/edit.ts';
import { emptyNetwork } from '../../src/model/empty.ts';
import { devicesOf, namespaceNamed } from '../../src/model/find.ts';
import { flags, hasCarrier, operState, promiscuity } from '../../src/model/link-state.ts';
import type { Machine, MachineName, Network } from '../../src/model/network.ts';
import type { Operation } from '../../src/model/operation.ts';
import { refusalLine } from '../../src/model/refusal.ts';
import { beginning, operation } from './arbitraries.ts';
import { built } from './helpers.ts';

const kernels = fc.constantFrom('6.1' as const, '6.18' as const);
const start = (kernel: '6.1' | '6.18', ipv6: boolean): Network =>
  built(
    [{ op: 'machine.add', machine: 'far' as MachineName, role: 'switch', ipv6 }, ...beginning],
    emptyNetwork({ kernel, ipv6 }),
  );

const deepFreeze = (value: unknown): void => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
};

const expectUnique = (values: readonly (string | number)[], what: string): void =>
  expect(new Set(values).size, what).toBe(values.length);

const checkDevice = (machine: Machine, device: Device): void => {
  const { devices } = machine;
  expect(namespaceNamed(machine, device.namespace), `${device.name} is in a namespace`).toBeDefined();
  if ('parent' in device) {
    const parent = devices[device.parent];
    expect(parent, `${device.name} has its parent`).toBeDefined();
    if (device.kind === 'ipvlan' || device.kind === 'ipvtap') {
      expect(parent?.ipvlanPort, 'a parent of ipvlan children has a port').toBeDefined();
      expect(device.mac).toBe(parent?.mac);
    }
    if ((device.kind === 'macvlan' || device.kind === 'macvtap') && device.mode === 'passthru')
      expect(device.mac).toBe(parent?.mac);
    if (device.kind === 'vlan') expect(!device.up || parent?.up, 'a VLAN is up only over a parent that is').toBe(true);
  }
  if (device.kind === 'veth') {
    const peer = devices[device.peer];
    expect(peer?.kind === 'veth' && peer.peer, `${device.name} has its peer`).toBe(device.id);
  }
  expect(device.port !== undefined, 'a port has a master').toBe(device.master !== undefined);
  if (device.master !== undefined) {
    const master = devices[device.master];
    expect(master?.kind).toBe('bridge');
    expect(master?.namespace).toBe(device.namespace);
  }
  if (device.kind === 'bridge')
    for (const entry of device.fdb)
      expect(entry.device === device.id || devices[entry.device]?.master === device.id).toBe(true);
};

const checkMachine = (network: Network, machine: Machine): void => {
  const devices = devicesOf(machine);
  for (const [id, device] of Object.entries(machine.devices)) expect(Number(id)).toBe(device.id);
  for (const device of devices) {
    expect(device.id).toBeLessThan(machine.nextDevice);
    checkDevice(machine, device);
    if (device.ipvlanPort) expect(devices.some((one) => 'devId' in one && one.parent === device.id)).toBe(true);
    expect(hasCarrier(device), `carrier of ${device.name}`).toBe(carrierNow(edit(network, machine.name), device));
    expect(deviceNamed(machine, device.namespace, device.name)).toBe(device);
    operState(network, machine.name, device);
    flags(network, machine.name, device);
    promiscuity(network, machine.name, device);
  }
  for (const namespace of Object.values(machine.namespaces)) {
    const here = devices.filter((device) => device.namespace === namespace.name);
    expectUnique(
      here.map((device) => device.name),
      'names',
    );
    expectUnique(
      here.map((device) => device.ifindex),
      'ifindexes',
    );
    expectUnique(
      namespace.nsids.map(({ id }) => id),
      'nsids',
    );
    expect(here.filter((device) => device.kind === 'loopback').length).toBe(1);
    const entries = [...namespace.routes, ...namespace.neighbours, ...namespace.proxies];
    for (const entry of entries)
      if (entry.device !== undefined) expect(machine.devices[entry.device]?.namespace).toBe(namespace.name);
    for (const route of namespace.routes) {
      const over = route.device === undefined ? undefined : machine.devices[route.device];
      const mayBeDown = route.scope === 'host' || (route.family === 6 && over?.kind === 'loopback');
      expect(!over || over.up || mayBeDown, 'routes go over devices that are up').toBe(true);
    }
    for (const one of namespace.nsids) expect(namespaceNamed(machine, one.namespace)).toBeDefined();
  }
};

const check = (network: Network): void => {
  for (const machine of Object.values(network.machines)) checkMachine(network, machine);
  for (const { ends } of network.cables)
    for (const end of ends) expect(network.machines[end.machine]?.devices[end.device]?.kind).toBe('nic');
};

/** What may change a network though it is refused. */
const LEAVE_TRACES: ReadonlySet<Operation['op']> = new Set(['link.set', 'port.set', 'link.add']);

const operations = fc.array(operation, { minLength: 1, maxLength: 60 });

describe('whatever is asked of it', () => {
  test('a network stays whole, is never changed in place, and every refusal has words', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(kernels, fc.boolean(), operations, (kernel, ipv6, all) => {
        let network = start(kernel, ipv6);
        for (const one of all) {
          deepFreeze(network);
          deepFreeze(one);
          const applied = apply(network, one);
          if (applied.refusal) {
            expect(refusalLine(applied.refusal)).not.toBe('');
            if (!LEAVE_TRACES.has(one.op)) expect(applied.network).toBe(network);
          }
          if (applied.network !== network) check(applied.network);
          network = applied.network;
        }
      }),
      { numRuns: Number(process.env['RUNS'] ?? 300) },
    );
  });

  test('the same operations give the same network, and a network survives being JSON', () => {
    fc.assert(
      fc.property(kernels, fc.boolean(), operations, (kernel, ipv6, all) => {
        const run = (each: (network: Network) => Network): Network =>
          all.reduce((now: Network, one: Operation) => each(apply(now, one).network), start(kernel, ipv6));
        const plain = run((network) => network);
        expect(run((network) => JSON.parse(JSON.stringify(network)) as Network)).toEqual(plain);
      }),
      { numRuns: 100 },
    );
  });
});
