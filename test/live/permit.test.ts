import { describe, expect, it } from 'vitest';
import { permit, permitWrite } from '../../src/live/permit.ts';

const permitted = (line: string, stdin?: string, ...files: readonly string[]) =>
  permit(line.split(' '), { files, ...(stdin === undefined ? {} : { stdin }) });
const kept = { kind: 'none', why: expect.any(String) };

describe('what is carried out for real', () => {
  it('is argument lists of ip, bridge, sysctl, ping and arping, word for word', () => {
    for (const line of [
      'ip link add v0 type veth peer name v1',
      'ip -n c1 addr add 10.0.0.1/24 dev eth0',
      'ip -6 route add fd00::/64 via fe80::1 dev eth0',
      'bridge link set dev p1 hairpin on',
      'sysctl -qw net.ipv4.ip_forward=1',
      'sysctl net/ipv4/conf/eth0.5/proxy_arp',
      'ping -c1 10.0.0.2',
      'arping -c 1 -I eth0 10.0.0.2',
    ])
      expect(permitted(line)).toEqual({ kind: 'run', argv: line.split(' ') });
  });

  it('is no other program', () => {
    for (const line of ['tcpdump -w /root/x', 'sudo reboot', 'timeout x', 'sh -c reboot', '/usr/sbin/ip link'])
      expect(permitted(line)).toEqual(kept);
  });

  it('runs nothing by way of `ip netns exec`, however it is spelt', () => {
    for (const line of [
      'ip netns exec c1 reboot',
      'ip net e c1 reboot -f',
      'ip -d netn exe c1 sh -c reboot',
      'ip vrf ex c1 reboot',
    ])
      expect(permitted(line)).toEqual({ kind: 'run', argv: expect.not.arrayContaining(['reboot']) });
    expect(permitted('ip netns exec c1 reboot')).toEqual({ kind: 'run', argv: ['ip', 'netns', 'exec', 'c1', 'true'] });
  });

  it('gives a batch what the simulator read, and no file of this machine', () => {
    expect(permitted('ip -batch setup.txt', undefined, 'link add b type bridge\n')).toEqual({
      ...{ kind: 'run', argv: ['ip', '-batch', '-'], stdin: 'link add b type bridge\n' },
    });
    expect(permitted('ip -b -', 'netns exec c1 reboot')).toEqual(kept);
    expect(permitted('bridge -ba -', 'link set dev ../../x')).toEqual(kept);
  });

  it('takes no file for a namespace', () => {
    for (const line of [
      'ip -n /proc/1/ns/net link',
      'ip link set eth0 netns /proc/1/ns/net',
      'ip -n proc/1/ns/net link',
      'ip -n ../../x link',
    ])
      expect(permitted(line)).toEqual(kept);
  });

  it('sets nothing but the network, and reads no file of settings', () => {
    for (const line of [
      'sysctl -w kernel.panic=1',
      'sysctl -w net.ipv4.ip_forward=1 vm.swappiness=1',
      'sysctl -w net/ipv4/../../kernel/panic=1',
      'sysctl -p',
      'sysctl -qp x',
      'sysctl --system',
      'sysctl --load=/etc/x',
      'sysctl -r x',
    ])
      expect(permitted(line)).toEqual(kept);
  });

  it('writes only below /proc/sys/net', () => {
    expect(permitWrite('/proc/sys/net/ipv4/ip_forward', '1')).toMatchObject({ kind: 'write' });
    for (const path of [
      '/proc/sys/kernel/panic',
      '/proc/sys/net/ipv4/../../kernel/panic',
      '/etc/passwd',
      '/sys/class/net/x',
    ])
      expect(permitWrite(path, '1')).toEqual(kept);
  });
});
