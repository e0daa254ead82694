/** One message of the agent's is a line of words, each percent-encoded byte by byte. */
export const encodeWord = (word: string): string => encodeURIComponent(word);

/** What a program printed need not be UTF-8. */
const decodeWord = (word: string): string => {
  const bytes = word.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};

export const encodeLine = (words: readonly string[]): string => `${words.map(encodeWord).join(' ')}\n`;
export const decodeLine = (line: string): readonly string[] => line.replace(/\r$/, '').split(' ').map(decodeWord);
