import { describe, expect, test } from 'vitest';
import { readOptions } from '../../../src/shell/commands/ping/options.ts';
import { getopt } from '../../../src/shell/getopt.ts';

describe('options are read as getopt(3) reads them', () => {
  const read = (...args: string[]) => {
    const { options, operands, fault } = getopt('nqc:W:', args);
    return [options.map(({ name, value }) => name + value).join(' '), operands.join(' '), fault];
  };

  test.each([
    [['-c3', 'x'], 'c3', 'x', undefined],
    [['-c', '3', 'x'], 'c3', 'x', undefined],
    [['-nqc1', 'x'], 'n q c1', 'x', undefined],
    [['x', '-n', 'y'], 'n', 'x y', undefined],
    [['-n', '--', '-c', 'x'], 'n', '-c x', undefined],
    [['-W', '-1'], 'W-1', '', undefined],
    [['-', '-n'], 'n', '-', undefined],
    [['-nZ', '-q'], 'n', '', "invalid option -- 'Z'"],
    [['-n', '-c'], 'n', '', "option requires an argument -- 'c'"],
    [['--help'], '', '', "invalid option -- '-'"],
  ])('%j', (args, options, operands, fault) => {
    expect(read(...args)).toEqual([options, operands, fault]);
  });

  const longs = {
    interface: { name: 'i', argument: true },
    'immediate-mode': { name: 'm', argument: false },
    count: { name: 'count', argument: false },
  };
  test.each([
    [['--interface', 'eth0'], [{ name: 'i', value: 'eth0' }], undefined],
    [['--inter=eth0=x'], [{ name: 'i', value: 'eth0=x' }], undefined],
    [['--interface'], [], "option '--interface' requires an argument"],
    [['--i'], [], "option '--i' is ambiguous; possibilities: '--interface' '--immediate-mode'"],
    [['--count=3'], [], "option '--count' doesn't allow an argument"],
    [['--foo=1'], [], "unrecognized option '--foo'"],
  ])('%j, as getopt_long(3) does', (args, options, fault) => {
    const read = getopt('i:', args, longs);
    expect([read.options, read.fault]).toEqual([options, fault]);
  });
});

describe('what ping says of options that are wrong', () => {
  const complaint = (...args: string[]): string => {
    const read = readOptions(args);
    return read.ok ? '' : `${read.error.stderr.split('\n')[0]} (${read.error.exit})`;
  };

  test.each([
    [['-c', '0', 'x'], "ping: invalid argument: '0': out of range: 1 <= value <= 9223372036854775807 (1)"],
    [
      ['-c', '99999999999999999999', 'x'],
      "ping: invalid argument: '99999999999999999999': Numerical result out of range (1)",
    ],
    [['-c', '', 'x'], "ping: invalid argument: '' (1)"],
    [['-t', '256', 'x'], "ping: invalid argument: '256': out of range: 0 <= value <= 255 (1)"],
    [['-i', 'nan', 'x'], 'ping: bad timing interval: nan: Numerical result out of range (2)'],
    [['-i', '3000000', 'x'], 'ping: bad timing interval: 3000000 (2)'],
    [['-W', '-1', 'x'], 'ping: bad linger time: -1 (2)'],
    [['-M', 'may', 'x'], 'ping: invalid -M argument: may (2)'],
    [['-Q', '256', 'x'], 'ping: the decimal value of TOS bits must be in range 0-255: 256 (2)'],
    [['-4', '-6', 'x'], 'ping: only one -4 or -6 option may be specified (2)'],
    [['-n'], 'ping: usage error: Destination address required (1)'],
    [['-c', '0', '-Z'], "ping: invalid argument: '0': out of range: 1 <= value <= 9223372036854775807 (1)"],
    [['-R', 'x'], 'hairpin: ping -R is not modelled: packets have no IP options (2)'],
  ])('%j', (args, words) => {
    expect(complaint(...args)).toBe(words);
  });

  test('what is no number of seconds is only warned of', () => {
    const read = readOptions(['-i', '2x', 'h']);
    expect(read.ok && [read.value.options.interval, read.value.options.warnings]).toEqual([
      2000,
      'ping: option argument contains garbage: x\nping: this will become fatal error in the future\n',
    ]);
  });
});
