import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnosticLine } from '../../src/formats/diagnostic.ts';
import { readModel } from '../../src/formats/model-file/read.ts';

/** What a reader says of a file; nothing where it is fine. */
const said = (text: string): readonly string[] => {
  const read = readModel(text, 'x.yaml');
  return read.ok ? [] : read.error.map(diagnosticLine);
};

const CARD = 'machines:\n  h:\n    devices:\n      eth0: { kind: nic, address: 10.0.0.1/24 }\n';
const on = (device: string): string => `${CARD}      ${device}\n`;

const MISTAKES: Readonly<Record<string, readonly [text: string, ...said: string[]]>> = {
  'a key that is misspelt': [
    on('mv0: { kind: macvlan, parnt: eth0 }'),
    'x.yaml:5:7: "mv0" has no "parent".',
    'x.yaml:5:29: There is no "parnt" here. Did you mean "parent"?',
  ],
  'a mode that is misspelt': [
    on('mv0: { kind: macvlan, parent: eth0, mode: brdige }'),
    'x.yaml:5:49: "mode" is "brdige", not one of private, vepa, bridge, passthru, source. Did you mean "bridge"?',
  ],
  'a device without a kind': [
    on('mv0: { parent: eth0 }'),
    'x.yaml:5:7: "mv0" has no "kind". It is one of loopback, nic, dummy, veth, vlan, bridge, macvlan, macvtap, ipvlan, ipvtap.',
  ],
  'a list where a word should be': [
    `title: [a]\n${CARD}`,
    'x.yaml:1:8: "title" must be a word or a sentence, not ["a"].',
  ],
  'a number where a word should be': [
    on('mv0: { kind: macvlan, parent: 0 }'),
    'x.yaml:5:37: "parent" must be a word or a sentence, not 0. Put it in quotes.',
  ],
  'a file that is a list': ['- a\n', 'x.yaml:1:1: A model file must be a mapping with keys, not ["a"].'],
  'an empty file': ['', 'x.yaml:1:1: A model file must be a mapping with keys, not null.'],
  'no machine': ['machines: {}\n', 'x.yaml:1:1: There is no machine. Name one.'],
  'a key that is there twice': [
    `title: a\ntitle: b\n${CARD}`,
    'x.yaml:2:1: There is a "title" already. Remove or rename one of them.',
  ],
  'a parent that is not there': [
    on('mv0: { kind: macvlan, parent: eth1 }'),
    'x.yaml:5:37: "h" has no device "eth1". Did you mean "eth0"?',
  ],
  'what the kernel refuses': [
    `${on('mv0: { kind: macvlan, parent: eth0 }')}      iv0: { kind: ipvlan, parent: eth0, address: 10.0.0.2/24 }\n`,
    'x.yaml:6:7: The kernel refuses `ip link add link eth0 name iv0 type ipvlan mode l3 bridge`: Device or resource busy. ' +
      'A device has one owner: it is a bridge port, or has macvlan children, or ipvlan children.',
  ],
  'an address that is none': [
    CARD.replace('10.0.0.1/24', '10.0.0.1/33'),
    'x.yaml:4:35: "10.0.0.1/33" has no prefix length between 0 and 32.',
  ],
  'a word in a route that is misspelt': [
    `${CARD}    routes:\n      - default va 10.0.0.9\n`,
    'x.yaml:6:9: "va" means nothing here. Did you mean "via"?',
  ],
  'a gateway out of reach': [
    `${CARD}    routes: [default via 10.9.9.9]\n`,
    'x.yaml:5:14: The kernel refuses `ip route add default via 10.9.9.9`: Nexthop has invalid gateway. ' +
      'A gateway must be in the subnet of a device that is up.',
  ],
  'a setting that is not there': [
    `${CARD}    sysctl: { net.ipv4.ip_forwad: 1 }\n`,
    'x.yaml:5:35: The kernel refuses `sysctl -w net.ipv4.ip_forwad=1`: ' +
      'sysctl: cannot stat /proc/sys/net/ipv4/ip_forwad: No such file or directory.',
  ],
  'devices that stand on each other': [
    on('a: { kind: vlan, parent: b, id: 1 }\n      b: { kind: vlan, parent: a, id: 1 }'),
    'x.yaml:5:7: "a" stands on itself. Give one of them another parent.',
  ],
  'a cable to nowhere': [
    `${CARD}cables: [[h/eth0, h/eth9]]\n`,
    'x.yaml:5:19: There is no network card "h/eth9". Did you mean "h/eth0"?',
  ],
  'a machine to run on that is not there': [`${CARD}run on: hh\n`, 'x.yaml:5:9: There is no machine "hh". There is h.'],
  'a port that is not beside its bridge': [
    on('br0: { kind: bridge, ports: { eth1: } }'),
    'x.yaml:5:37: There is no device "eth1" beside the bridge. Did you mean "eth0"?',
  ],
  'two mistakes at once': [
    on('mv0: { kind: macvlan, parent: eth1 }').replace('10.0.0.1/24', '10.0.0/24'),
    'x.yaml:4:35: "10.0.0" is not an IPv4 address such as 10.0.0.1.',
    'x.yaml:5:37: "h" has no device "eth1". Did you mean "eth0"?',
  ],
  'YAML that does not close': [
    'machines: {\n',
    'x.yaml:2:1: Flow map in block collection must be sufficiently indented and end with a }.',
  ],
  'a name that JavaScript would trip over': [
    'machines: { __proto__: {} }\n',
    'x.yaml:1:13: "__proto__" cannot be a name. Choose another.',
  ],
};

describe('a model file with', () => {
  test.each(Object.entries(MISTAKES))('%s', (_, [text, ...lines]) => {
    expect(said(text)).toEqual(lines);
  });
});

describe('a model file that means harm', { timeout: 30_000 }, () => {
  const start = 'machines: { h: {} }\n';

  test('cannot multiply by aliases', () => {
    const levels = Array.from(
      { length: 20 },
      (_, i) => `a${i}: &a${i} [${i === 0 ? 'x' : Array(9).fill(`*a${i - 1}`)}]`,
    );
    expect(said(levels.join('\n')).join()).toContain('The file has more than 100000 parts, aliases counted.');
  });

  test('cannot hold itself', () => {
    expect(said('title: &a [*a]\n').join()).toContain('This nests too deeply.');
  });

  test('cannot nest without end', () => {
    for (const open of ['[', '{a: ', '- ', '? ']) expect(said(open.repeat(20_000)).length).toBeGreaterThan(0);
  });

  test('cannot be without end', () => {
    expect(said(`${start}# ${'x'.repeat(1_000_000)}`)).toEqual([
      'x.yaml:1:1: The file is larger than a million characters.',
    ]);
  });

  test('cannot keep the reader busy with keys', () => {
    const keys = Array.from({ length: 60_000 }, (_, i) => `k${i}: 1`).join('\n');
    expect(said(keys)).toHaveLength(100);
  });
});

describe('whatever the text is', { timeout: 30_000 }, () => {
  const lineOk = (line: string): boolean => /^x\.yaml:[1-9]\d*:[1-9]\d*: \S.*[.?]$/s.test(line);

  test('reading it answers', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
        for (const line of said(text)) expect(line).toSatisfy(lineOk);
      }),
      { numRuns: 300 },
    );
  });

  const piece = fc.constantFrom(
    ...['machines', 'h', 'devices', 'eth0', 'kind', 'nic', 'macvlan', 'parent', 'address', '10.0.0.1/24', 'routes'],
    ...[
      'default via 10.0.0.2',
      'bridge',
      'ports',
      '{',
      '}',
      '[',
      ']',
      ': ',
      ', ',
      '\n',
      '\n  ',
      '\n    ',
      '- ',
      '&a ',
      '*a',
    ],
    ...[
      'veth',
      'peer',
      'mode',
      'l2',
      'ipvlan',
      'mtu',
      '-1',
      '1e99',
      'up',
      'false',
      '"',
      "'",
      '|',
      '>',
      '#',
      '!!',
      '<<',
      '? ',
    ],
  );

  test('reading what resembles a model answers', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        for (const line of said(pieces.join(''))) expect(line).toSatisfy(lineOk);
      }),
      { numRuns: 1000 },
    );
  });

  test('changing one letter of a model that is right never breaks the reader', () => {
    const right = `${on('mv0: { kind: macvlan, parent: eth0, mode: bridge, address: 10.0.0.2/24 }')}    routes: [default via 10.0.0.9]\n`;
    expect(said(right)).toEqual([]);
    fc.assert(
      fc.property(fc.nat(right.length - 1), fc.string({ maxLength: 2 }), (at, letters) => {
        for (const line of said(right.slice(0, at) + letters + right.slice(at + 1))) expect(line).toSatisfy(lineOk);
      }),
      { numRuns: 500 },
    );
  });
});
