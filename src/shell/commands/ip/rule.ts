import { END, type Field, print, text, value } from '../../text/fields.ts';
import { ending, notModelled, said, unknownCommand } from './outcome.ts';
import type { IpObject } from './request.ts';
import { RULE_USAGE } from './rule-usage.ts';
import { exact, type Match, short } from './words.ts';

/** The rules that every namespace starts with; IPv6 has no `default` table (net/ipv4/fib_rules.c, net/ipv6/fib6_rules.c). */
const RULES = [
  { priority: 0, table: 'local' },
  { priority: 32766, table: 'main' },
  { priority: 32767, table: 'default' },
] as const;

const ruleFields = ({ priority, table }: (typeof RULES)[number], details: boolean): readonly Field[] => [
  value('priority', priority, `${priority}:\t`),
  value('src', 'all', 'from all '),
  text('lookup '),
  value('table', table, details ? `${table} ` : table),
  ...(details ? [value('protocol', 'kernel', 'proto kernel')] : []),
  END,
];

const showRules: IpObject = ({ args, options }) => {
  if (args.length > 0) return notModelled('selecting rules');
  const { family, details } = options;
  const rules = RULES.filter(({ table }) => family !== 6 || table !== 'default');
  return said(
    print(
      rules.map((rule) => ruleFields(rule, details)),
      options,
    ),
  );
};

const absent =
  (name: string): IpObject =>
  () =>
    notModelled(`"ip rule ${name}"`);

// In the order of iprule.c:do_iprule.
const COMMANDS: readonly (readonly [Match, IpObject])[] = [
  [short('list', 'lst', 'show'), showRules],
  [short('save'), absent('save')],
  [short('restore'), absent('restore')],
  [short('add'), absent('add')],
  [short('delete'), absent('delete')],
  [short('flush'), absent('flush')],
  [short('help'), () => ending(RULE_USAGE)],
  [exact(''), showRules],
];

/** `ip rule`: which tables are searched in which order. Only the three rules that are always there. */
export const rule: IpObject = (request) => {
  const [name = '', ...args] = request.args;
  const command = COMMANDS.find(([matches]) => matches(name))?.[1];
  return command ? command({ ...request, args }) : unknownCommand(name, 'rule');
};
