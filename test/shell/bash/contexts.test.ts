import { describe, expect, it } from 'vitest';
import { run } from './lab.ts';

const said = async (text: string) => (await run(text)).out;

describe('a context', () => {
  it('is inherited by every shell within it', async () => {
    expect(await said('ip netns exec c1 bash -c "ip a | cat; ip netns exec c2 ip b; ip c"\nip d')).toBe(
      'c1: a\nc2: b\nc1: c\nhost: d\n',
    );
    expect(await said('echo "ip a" > s.sh\nip netns exec c1 sh s.sh\nip netns exec c2 env -i bash s.sh')).toBe(
      'c1: a\nc2: a\n',
    );
  });

  it('keeps the exit code, the exported variables and the words as they are', async () => {
    expect(await said('ip netns exec c1 false\necho $?')).toBe('1\n');
    expect(await said("export A=1; B=2\nip netns exec c1 bash -c 'echo $A $B $1' x 'y  z'")).toBe('1 y z\n');
    expect(await said("env A=3 bash -c 'echo $A'\nip netns exec c1 printf '[%s]' 'a  b' '$x'")).toBe('3\n[a  b][$x]');
  });

  it('has kernel files of its own', async () => {
    const file = '/proc/sys/net/ipv4/ip_forward';
    expect(await said(`ip netns exec c1 sh -c 'echo 1 > ${file}'\nip netns exec c1 cat ${file}\ncat ${file}`)).toBe(
      '1\n0\n',
    );
    expect(await said(`echo 1 | sudo tee ${file}\ncat ${file}\nls /proc/sys /proc/sys/net/ipv4`)).toMatch(
      /^1\n1\n.*net\n.*ip_forward\n$/s,
    );
  });

  it('says what the kernel refuses, and where', async () => {
    const file = '/proc/sys/net/ipv4/ip_forward';
    const { out } = await run(
      `echo x > ${file} || echo refused\nf=/proc/sys/none\necho 1 > $f\necho $?\necho z | tee ${file}`,
    );
    expect(out).toContain('!lab.sh: line 1: echo: write error: Invalid argument\n');
    expect(out).toContain('refused\n');
    expect(out).toContain('!lab.sh: line 3: /proc/sys/none: No such file or directory\n1\n');
    expect(out).toContain(`!tee: ${file}: Invalid argument\n`);
  });
});

describe('sudo, ssh and timeout', () => {
  it('runs what is behind their options', async () => {
    expect(await said('sudo ip a\nsudo -n -u root ip b\nsudo A=1 bash -c "ip \\$A"')).toBe(
      'host: a\nhost: b\nhost: 1\n',
    );
    expect(await said("ssh -o X=y root@c1 'ip a; ip b'\nssh c1 ip c")).toBe('c1: a\nc1: b\nc1: c\n');
  });

  it('says what is wrong in their own words', async () => {
    expect(await said('sudo nosuch\necho $?')).toBe('!sudo: nosuch: command not found\n1\n');
    const unknown = '!ssh: Could not resolve hostname nowhere: Name or service not known\n255\n';
    expect(await said('ssh nowhere ip a\necho $?')).toBe(unknown);
    expect(await said('sleep x')).toContain("!sleep: invalid time interval 'x'\n");
  });

  it('stops what takes too long, and only that', async () => {
    expect(await said('timeout 3 tcpdump\necho $?\ntimeout 5 ping a\necho $?')).toBe(
      'tcpdump interrupted at 3\n124\na at 4\n0\n',
    );
  });
});
