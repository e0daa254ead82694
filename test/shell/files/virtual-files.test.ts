import { describe, expect, test } from 'vitest';
import { createSimulation } from '../../../src/engine/simulate.ts';
import { emptyNetwork } from '../../../src/model/empty.ts';
import { listVirtual, readLinkVirtual, readVirtual, writeVirtual } from '../../../src/shell/files/index.ts';
import { commandRunner, HOST } from '../../helpers/command-runner.ts';
import { unexplained } from '../../helpers/kernel-replay.ts';

const NOT_YET = {
  'the shell takes a file that cannot be read for one that is not there': [10, 11, 26],
  'how often the carrier changed is not counted': [23, 27, 28, 29],
  'the shell follows no link of the kernel': [33, 34, 35],
  'the shell has words for a few refusals only': [58],
  'ls does not sort the files that it is given': [67],
  'frames that only the kernel sends were counted': [62, 69],
};

test('/sys/class/net says what it said on Linux 6.1', async () => {
  const isFile = (command: string): boolean => /^(cat|ls|echo|for|readlink) .*\/(sys|proc)\//.test(command);
  expect(await unexplained('sysfs.sh', isFile, NOT_YET)).toEqual([]);
});

const machine = async () => {
  const simulation = createSimulation(emptyNetwork());
  const { run } = commandRunner(simulation);
  for (const line of [
    'ip link add br0 address 02:00:00:00:00:10 type bridge',
    'ip link add v0 address 02:00:00:00:00:01 type veth peer name p0 address 02:00:00:00:00:02',
    'ip link set p0 master br0',
    'ip link set v0 up',
    'ip link set p0 up',
    'ip link set br0 up',
    'ip addr add 10.0.0.1/24 dev v0',
    'ip link add link v0 name mv0 address 02:00:00:00:00:03 type macvlan mode bridge',
    'ip link add link v0 name v0.5 type vlan id 5',
  ])
    await run(line.split(' '));
  const view = { simulation, place: HOST };
  const read = (path: string) => readVirtual(view, path);
  return { view, read };
};

describe('reading a file of the kernel', () => {
  test.each([
    ['/proc/sys/net/ipv4/ip_forward', '0\n'],
    ['/proc/sys/net/ipv4/conf/v0.5/rp_filter', '0\n'],
    ['/proc/sys/net/ipv4/neigh/v0/retrans_time_ms', '1000\n'],
    ['/proc/sys/kernel/hostname', 'host\n'],
    ['/sys/class/net/v0/address', '02:00:00:00:00:01\n'],
    ['/sys/class/net/v0/operstate', 'up\n'],
    ['/sys/class/net/lo/operstate', 'down\n'],
    ['/sys/class/net/lo/type', '772\n'],
    ['/sys/class/net/lo/flags', '0x8\n'],
    ['/sys/class/net/mv0/flags', '0x1002\n'],
    ['/sys/class/net/p0/brport/hairpin_mode', '0\n'],
    ['/sys/class/net/p0/brport/port_id', '0x8001\n'],
    ['/sys/class/net/p0/brport/bridge/bridge/bridge_id', '8000.020000000010\n'],
    ['/sys/class/net/br0/brif/p0/path_cost', '2\n'],
    ['/sys/class/net/br0/bridge/ageing_time', '30000\n'],
    ['/sys/class/net/p0/master/address', '02:00:00:00:00:10\n'],
    ['/sys/class/net/v0/upper_mv0/address', '02:00:00:00:00:03\n'],
    ['/proc/net/arp', 'IP address       HW type     Flags       HW address            Mask     Device\n'],
  ])('%s', async (path, value) => {
    const { read } = await machine();
    expect(read(path)).toEqual({ ok: true, value });
  });

  test.each([
    ['/proc/sys/net/ipv4/foo', 'ENOENT'],
    ['/proc/sys/net/ipv4', 'EISDIR'],
    ['/proc/sys/net/ipv4/ip_forward/foo', 'ENOTDIR'],
    ['/sys/class/net/nope/mtu', 'ENOENT'],
    ['/sys/class/net/v0/brport', 'ENOENT'],
    ['/sys/class/net/mv0/carrier', 'EINVAL'],
    ['/sys/class/net/p0/brport/flush', 'EACCES'],
    ['/sys/class/net/v0/phys_port_id', 'EOPNOTSUPP'],
    ['/sys/class/net/__proto__', 'ENOENT'],
  ])('%s fails with %s', async (path, error) => {
    const { read } = await machine();
    expect(read(path)).toEqual({ ok: false, error });
  });

  test('/proc/net/route has a line for each route, its bytes in the order of memory', async () => {
    const { read } = await machine();
    const text = read('/proc/net/route');
    expect(text.ok && text.value.split('\n')[1]?.trimEnd()).toBe(
      'v0\t0000000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
    );
  });
});

describe('writing a file of the kernel configures', () => {
  test.each([
    ['/proc/sys/net/ipv4/ip_forward', ' 1 \n', '1\n'],
    ['/proc/sys/net/ipv4/conf/v0/arp_ignore', '1\n', '1\n'],
    ['/sys/class/net/p0/brport/hairpin_mode', '7\n', '1\n'],
    ['/sys/class/net/p0/brport/path_cost', '0x64', '100\n'],
    ['/sys/class/net/br0/bridge/vlan_filtering', '1\n', '1\n'],
    ['/sys/class/net/br0/bridge/ageing_time', '100\n', '100\n'],
    ['/sys/class/net/v0/mtu', '1400\n', '1400\n'],
    ['/sys/class/net/v0/ifalias', 'hi\n', 'hi\n'],
    ['/sys/class/net/v0/operstate', '', 'up\n'],
    ['/sys/class/net/v0/flags', '0x1002\n', '0x1002\n'],
  ])('%s takes %j', async (path, text, after) => {
    const { view, read } = await machine();
    writeVirtual(view, path, text);
    expect(read(path)).toEqual({ ok: true, value: after });
  });

  test.each([
    ['/proc/sys/net/ipv4/ip_forward', 'foo', 'EINVAL'],
    ['/proc/sys/net/ipv4/foo', '1', 'ENOENT'],
    ['/sys/class/net/p0/brport/hairpin_mode', 'foo', 'EINVAL'],
    ['/sys/class/net/p0/brport/priority', '300', 'ERANGE'],
    ['/sys/class/net/p0/brport/path_cost', '0', 'ERANGE'],
    ['/sys/class/net/p0/brport/state', '3', 'EACCES'],
    ['/sys/class/net/v0/mtu', '10', 'EINVAL'],
    ['/sys/class/net/v0/address', '02:00:00:00:00:09', 'EACCES'],
    ['/sys/class/net/v0/carrier', '1', 'EOPNOTSUPP'],
    ['/sys/class/net/v0', '1', 'EISDIR'],
  ])('%s refuses %j with %s', async (path, text, error) => {
    const { view } = await machine();
    expect(writeVirtual(view, path, text)).toEqual({ ok: false, error });
  });
});

describe('a directory of the kernel', () => {
  test('lists the devices of the namespace, and what stands on what', async () => {
    const { view } = await machine();
    expect(listVirtual(view, '/sys/class/net')).toEqual({
      ok: true,
      value: ['br0', 'lo', 'mv0', 'p0', 'v0', 'v0.5'],
    });
    expect(listVirtual(view, '/proc/sys/net/ipv4/conf')).toMatchObject({
      value: ['all', 'br0', 'default', 'lo', 'mv0', 'p0', 'v0', 'v0.5'],
    });
    expect(listVirtual(view, '/sys/class/net/br0/brif')).toEqual({ ok: true, value: ['p0'] });
    expect(listVirtual(view, '/sys/class/net/v0/mtu')).toEqual({ ok: false, error: 'ENOTDIR' });
  });

  test('has links to the neighbours in the stack', async () => {
    const { view } = await machine();
    expect(readLinkVirtual(view, '/sys/class/net/p0/master')).toEqual({ ok: true, value: '../br0' });
    expect(readLinkVirtual(view, '/sys/class/net/mv0/lower_v0')).toEqual({ ok: true, value: '../v0' });
    expect(readLinkVirtual(view, '/sys/class/net/v0/mtu')).toEqual({ ok: false, error: 'EINVAL' });
  });
});
