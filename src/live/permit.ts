import type { Act } from './plan.ts';

/** What a simulated command was given besides its words. */
export type Given = { readonly stdin?: string; readonly files: readonly string[] };

const none = (why: string): Act => ({ kind: 'none', why });

const TOOLS: ReadonlySet<string> = new Set(['ip', 'bridge', 'sysctl', 'ping', 'ping4', 'ping6', 'arping']);

/**
 * The argument list as it may be carried out for real. The simulator has already understood it; what is kept back
 * here is what would reach beyond the lab's own namespaces: files of this machine, programs, keys that are not the network's.
 */
export const permit = (argv: readonly string[], given: Given): Act => {
  const [name = '', ...args] = argv;
  if (!TOOLS.has(name)) return none(`${name} stays in the simulator`);
  if (argv.some((word) => word.includes('\0'))) return none('an argument cannot hold a zero byte');
  if (name === 'sysctl') return sysctl(args) ?? run(argv);
  if (name !== 'ip' && name !== 'bridge') return run(argv);
  return elsewhere(args) ?? batch(argv, given) ?? run(withoutProgram(argv));
};

const run = (argv: readonly string[], stdin?: string): Act => ({
  kind: 'run',
  argv,
  ...(stdin === undefined ? {} : { stdin }),
});

/** iproute2 takes a name with a slash for a file: only addresses and prefixes have one here. */
const PREFIX = /^[\da-f.:]*\/[\w.]+$/i;
const elsewhere = (args: readonly string[]): Act | undefined =>
  args.some((word) => word.includes('/') && !PREFIX.test(word)) ? none('it names a file') : undefined;

const BATCH = /^-{1,2}b(a(t(c(h)?)?)?)?$/;
/** A pipe holds as much without anybody reading. */
const LONGEST = 60_000;
const batch = (argv: readonly string[], { stdin = '', files }: Given): Act | undefined => {
  const at = argv.findIndex((word) => BATCH.test(word));
  if (at < 0) return undefined;
  const text = files[0] ?? stdin;
  if (text.length > LONGEST) return none('its batch is too long');
  const words = text.split('\n').map((line) => line.split(/\s+/).filter(Boolean));
  if (words.some((line) => elsewhere(line) || execAt(line) >= 0)) return none('its batch reaches beyond the lab');
  return run([...argv.slice(0, at + 1), '-', ...argv.slice(at + 2)], text);
};

/** Where `netns exec` or `vrf exec` stands, as short as iproute2 takes it. */
const execAt = (words: readonly string[]): number =>
  words.findIndex((word, at) => /^(net(n|ns)?|vrf?)$/.test(word) && /^e(x|xe|xec)?$/.test(words[at + 1] ?? ''));

/** What it would run has been noted for itself, or never came to run: only whether it could is asked. */
const withoutProgram = (argv: readonly string[]): readonly string[] => {
  const at = execAt(argv);
  return at < 0 ? argv : [...argv.slice(0, at + 3), ...(argv.length > at + 3 ? ['true'] : [])];
};

const SYSCTL_OPTION = /^-(\w*[fprS]\w*|-(?!(all|binary|ignore|names|quiet|values|write)$).*)$/;
const NETWORK_KEY = /^\/?(proc\/sys\/)?net[./](ipv4|ipv6|core|bridge)[./]/;
const sysctl = (args: readonly string[]): Act | undefined => {
  if (args.some((word) => SYSCTL_OPTION.test(word))) return none('it names a file');
  const keys = args.filter((word) => !word.startsWith('-')).map((word) => word.replace(/\s*=.*/s, ''));
  return keys.every((key) => NETWORK_KEY.test(key) && !key.includes('..'))
    ? undefined
    : none('no setting of the network');
};

/** A file of the kernel's that a script writes to. */
export const permitWrite = (path: string, text: string): Act =>
  /^\/proc\/sys\/net\/(ipv4|ipv6|core|bridge)\//.test(path) && !path.includes('..')
    ? { kind: 'write', path, text }
    : none('only files below /proc/sys/net are written for real');
