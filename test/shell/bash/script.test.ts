import { describe, expect, it } from 'vitest';
import { run, told } from './lab.ts';

const said = async (text: string) => (await run(text)).out;

describe('a script', () => {
  it('answers the exit code of its last command', async () => {
    expect(await run('ip a\nip bad')).toMatchObject({ out: 'host: a\n!RTNETLINK answers: File exists\n', exit: 2 });
    expect((await run('exit 7')).exit).toBe(7);
    expect((await run('')).exit).toBe(0);
  });

  it('stops at the first failure under set -e, but not at one that is handled', async () => {
    expect(await run('set -e\nip a\nip bad\nip b')).toMatchObject({ exit: 2, out: expect.not.stringContaining('b\n') });
    expect(await said('set -e\nfalse && true\nx=1\nif ip bad; then :; fi\nip bad || echo handled $x')).toMatch(
      /handled 1/,
    );
  });

  it('shows commands under set -x, and none of ours', async () => {
    expect(await said("set -x\nip a 'b c'\nx=1\necho $x | cat")).toBe(
      "!+ ip a 'b c'\nhost: a b c\n!+ x=1\n!+ echo 1\n1\n!+ cat\n",
    );
  });

  it('keeps $? and PIPESTATUS from command to command', async () => {
    expect(await said(`set -o pipefail\nip bad 2>/dev/null | cat | true\necho $? \${PIPESTATUS[*]}`)).toBe('2 2 0 0\n');
    expect(await said('false\nx=1\necho $?')).toBe('0\n');
  });

  it('runs what an exit trap says, with the variables and functions there were', async () => {
    const { out, exit } = await run('clean() { echo bye $x $?; }\nx=5\ntrap clean EXIT\nexit 3');
    expect({ out, exit }).toEqual({ out: 'bye 5 3\n', exit: 3 });
    expect(await said("trap 'ip gone' 0\nset -e\nfalse")).toBe('host: gone\n');
  });

  it('gives the same chance and the same clock every time', async () => {
    const text = 'echo $RANDOM $((RANDOM % 10)) $SECONDS\nsleep 61\ndate +%T\necho $SECONDS';
    const first = await said(text);
    expect(first).toMatch(/^\d+ \d 0\n00:01:01\n61\n$/);
    expect(await said(text)).toBe(first);
  });

  it('shows output in the order it came', async () => {
    const { out } = await run('echo 1\nnosuch\nfor i in 2 3; do\n  echo $i\n  ip bad\ndone\necho ü');
    const refused = '!RTNETLINK answers: File exists\n';
    expect(out).toBe(`1\n!lab.sh: line 2: nosuch: command not found\n2\n${refused}3\n${refused}ü\n`);
  });

  it('leaves output alone that the script itself sends away', async () => {
    expect(await said('echo a > f; ip b >> f; ip bad 2>> f; cat f')).toBe(
      'a\nhost: b\nRTNETLINK answers: File exists\n',
    );
    expect(await said('echo shown\nexec > log\necho hidden')).toBe('shown\n');
  });
});

describe('a record', () => {
  it('has the line as it is written', async () => {
    const ran = await run('# lab\nip link add "a b"\n\nip bad\nx=y\nip $x');
    const wanted = ['2: ip link add "a b" = 0', '4: ip bad = 2', '5: x=y = 0', '6: ip $x = 0'];
    expect(told(ran)).toEqual(wanted);
    expect(ran.records[0]).toMatchObject({ stdout: 'host: link add a b\n', stderr: '', simulated: true });
  });

  it('has the words where a line is executed more than once', async () => {
    expect(told(await run('for i in 1 2; do\n  ip $i\ndone'))).toEqual(['2: ip 1 = 0', '2: ip 2 = 0']);
  });

  it('tells of each command within pipes, substitutions and functions before the whole', async () => {
    const ran = await run('f() {\n  ip inner\n}\nf\nip a | cat\necho "$(ip b)"');
    const wanted = ['2: ip inner = 0 *', '4: f = 0', '5: ip a = 0 *', '5: ip a | cat = 0'];
    expect(told(ran).slice(0, 4)).toEqual(wanted);
    expect(ran.records.at(-2)).toMatchObject({ command: 'ip b', stdout: 'host: b\n', nested: true });
  });
});

describe('what no script should do', () => {
  it.each([
    [
      'echo one\nfi\necho two',
      "one\n!lab.sh: line 2: syntax error near unexpected token `fi'\n!lab.sh: line 2: `fi'\n",
    ],
    ['echo one\necho )', "one\n!lab.sh: line 2: syntax error near unexpected token `)'\n!lab.sh: line 2: `echo )'\n"],
    ['echo one\nif true; then', 'one\n!lab.sh: line 3: syntax error: unexpected end of file\n'],
    ['echo "abc', '!lab.sh: line 1: unexpected EOF while looking for matching `"\'\n'],
  ])('ends with exit 2 where it cannot be parsed: %j', async (text, out) => {
    expect(await run(text)).toMatchObject({ out, exit: 2 });
  });

  it.each(['while true; do :; done', 'f() { f; }; f', 'until ip bad; do ip a; done', 'x() { x | x; }; x'])(
    'ends: %s',
    async (text) => {
      const { out, exit } = await run(`${text}\necho after`, { commands: 500, iterations: 200 });
      expect(exit).toBe(126);
      expect(out).toMatch(/lab.sh: line 1: .*(too many|maximum)/);
      expect(out).not.toContain('after');
    },
  );

  it('ends where shells run shells without end', async () => {
    expect(await said('echo "ip netns exec c sh s.sh" > s.sh\nsh s.sh')).toMatch(
      /too many commands within commands|nested/,
    );
  });

  it('does not throw, whatever the bytes', async () => {
    for (const text of ['\0', '\x01ÿ', '${', '<<', '((', '$(', 'a() {', 'case x in', '&', '| |', 'echo\0 a']) {
      expect((await run(text)).exit).toBeTypeOf('number');
    }
  });
});
