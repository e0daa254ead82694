import { describe, expect, it } from 'vitest';
import { run } from './lab.ts';

const said = async (text: string) => (await run(text)).out;

describe('a command in the background', () => {
  it('runs while the script goes on, in the same virtual time', async () => {
    expect(await said('ping a &\nping b &\nsleep 0.5\necho between\nwait\nping c')).toBe(
      'between\na at 1\nb at 1\nc at 2\n',
    );
  });

  it('is found by $! and %1', async () => {
    expect(await said('tcpdump &\np=$!\nping a\nkill $p\nwait $p\necho $?')).toBe(
      'a at 1\ntcpdump interrupted at 1\n143\n',
    );
    expect(await said('tcpdump -i eth0 &\njobs\nkill %1')).toMatch(/^\[1\]\+ {2}Running +tcpdump -i eth0 &\n/);
    expect(await said('wait 77\necho $?\nkill %4')).toContain('127\n');
  });

  it('may be a whole list, with the functions and variables of the script', async () => {
    expect(await said('f() { ping $x; }\nx=1\n{ f; sleep 1; f; } &\nwait\necho end')).toBe('1 at 1\n1 at 3\nend\n');
  });

  it('loops until it is killed', async () => {
    expect(await said('(while true; do ping a; sleep 1; done) &\nsleep 4\nkill $!\nwait\necho end')).toMatch(
      /^a at 1\na at 3\n(a at 5\n)?end\n$/,
    );
  });

  it('ends with the script', async () => {
    expect(await said('tcpdump &\nping a')).toBe('a at 1\ntcpdump interrupted at 1\n');
  });

  it('is not waited for without end', async () => {
    const { out } = await run('tcpdump &\nwait\necho after\ntcpdump', { patience: 10e9 });
    expect(out).toBe('tcpdump interrupted at 10\nafter\ntcpdump interrupted at 20\n');
    expect(await said('wait &\nwait')).toBe('');
  });
});
