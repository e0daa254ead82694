/** What a table says of a word that somebody typed: `constructor` is in no table, though JavaScript would find it. */
export const own = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;
