type Option = { readonly name: string; readonly value: string };

export type Options = {
  readonly options: readonly Option[];
  /** What is no option, wherever it stands. */
  readonly operands: readonly string[];
  /** Why reading ended early, as glibc words it. What stands before it counts. */
  readonly fault?: string;
};

/** `c:` of getopt(3): the letters, those with a colon behind them with an argument. */
const takesArgument = (letters: string, letter: string): boolean | undefined => {
  const at = /[:;-]/.test(letter) ? -1 : letters.indexOf(letter);
  return at < 0 ? undefined : letters[at + 1] === ':';
};

/** Long options by name, each with the letter that it stands for; a letter of its own may be any word. */
export type LongOptions = Readonly<Record<string, { readonly name: string; readonly argument: boolean }>>;

type Read = { readonly options: readonly Option[]; readonly used: number; readonly fault?: string };

/** One word of letters: `-nc1`, `-c 1`. */
const readLetters = (letters: string, word: string, next: string | undefined): Read => {
  const options: Option[] = [];
  for (let at = 1; at < word.length; at++) {
    const name = word[at]!;
    const argument = takesArgument(letters, name);
    if (argument === undefined) return { options, used: 1, fault: `invalid option -- '${name}'` };
    if (!argument) {
      options.push({ name, value: '' });
      continue;
    }
    if (at + 1 < word.length) return { options: [...options, { name, value: word.slice(at + 1) }], used: 1 };
    if (next === undefined) return { options, used: 1, fault: `option requires an argument -- '${name}'` };
    return { options: [...options, { name, value: next }], used: 2 };
  }
  return { options, used: 1 };
};

/** `--interface eth0`, `--interface=eth0`, `--inter eth0`. */
const readLong = (longs: LongOptions, word: string, next: string | undefined): Read => {
  const equals = word.indexOf('=');
  const given = equals < 0 ? word.slice(2) : word.slice(2, equals);
  const value = equals < 0 ? undefined : word.slice(equals + 1);
  const known = Object.keys(longs);
  const names = known.includes(given) ? [given] : known.filter((name) => name.startsWith(given));
  const wrong = (fault: string): Read => ({ options: [], used: 1, fault });
  const [name] = names;
  const long = name === undefined ? undefined : longs[name];
  if (!long) return wrong(`unrecognized option '--${given}'`);
  if (names.length > 1) {
    const possible = names.map((each) => `'--${each}'`).join(' ');
    return wrong(`option '${word}' is ambiguous; possibilities: ${possible}`);
  }
  if (!long.argument) {
    if (value !== undefined) return wrong(`option '--${name}' doesn't allow an argument`);
    return { options: [{ name: long.name, value: '' }], used: 1 };
  }
  if (value !== undefined) return { options: [{ name: long.name, value }], used: 1 };
  if (next === undefined) return wrong(`option '--${name}' requires an argument`);
  return { options: [{ name: long.name, value: next }], used: 2 };
};

/** Reads words as getopt(3) and getopt_long(3) of glibc do: options may stand behind operands, until a `--`. */
export const getopt = (letters: string, args: readonly string[], longs?: LongOptions): Options => {
  const options: Option[] = [];
  const operands: string[] = [];
  for (let at = 0; at < args.length; ) {
    const word = args[at]!;
    if (word === '--') return { options, operands: [...operands, ...args.slice(at + 1)] };
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      at++;
      continue;
    }
    const next = args[at + 1];
    const read = longs && word.startsWith('--') ? readLong(longs, word, next) : readLetters(letters, word, next);
    options.push(...read.options);
    if (read.fault !== undefined) return { options, operands, fault: read.fault };
    at += read.used;
  }
  return { options, operands };
};
