import { describe, expect, it } from 'vitest';
import { createSession } from '../../../src/shell/bash/session.ts';
import { createOptions } from './lab.ts';

const start = () => {
  let out = '';
  const options = createOptions((text) => {
    out += text;
  });
  const session = createSession({ ...options, name: 'bash' });
  const type = async (line: string) => {
    out = '';
    const answer = await session.run(line);
    return { ...answer, out };
  };
  return { session, type };
};

describe('a session', () => {
  it('keeps variables, functions, options and the directory from line to line', async () => {
    const { type } = start();
    await type('x=5; f() { ip $1 $x; }');
    await type('cd /tmp');
    expect(await type('f a; pwd; false')).toEqual({ out: 'host: a 5\n/tmp\n', exit: 1, open: true });
    expect((await type('echo $?')).out).toBe('1\n');
  });

  it('names no line in errors, and survives them', async () => {
    const { type } = start();
    expect(await type('nosuch')).toEqual({ out: '!bash: nosuch: command not found\n', exit: 127, open: true });
    expect((await type('fi')).out).toContain("!bash: syntax error near unexpected token `fi'\n");
    await type('x=1');
    expect(await type('while true; do :; done')).toMatchObject({ exit: 126, open: true });
    expect((await type('echo $x')).out).toBe('1\n');
  });

  it('knows when a line is not whole', () => {
    const { session } = start();
    expect(['if true', 'echo "', 'f() {', 'echo a', 'fi'].map(session.isIncomplete)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('can be interrupted, and left', async () => {
    const { session, type } = start();
    await type('ping bg &');
    const running = type('tcpdump');
    session.interrupt();
    expect((await running).open).toBe(true);
    expect(await type('exit 4')).toMatchObject({ exit: 4, open: false });
    expect(await type('ip a')).toEqual({ out: '', exit: 1, open: false });
  });
});
