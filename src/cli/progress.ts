/** One line on a terminal that says how far a long run is; nothing where standard error is no terminal. */
export const createProgress = (total: number, stream: NodeJS.WriteStream = process.stderr) => {
  const shown = stream.isTTY === true && total > 1;
  const clear = '\r\x1b[2K';
  return {
    at: (done: number, what: string): void => {
      if (shown) stream.write(`${clear}${done}/${total} ${what}`);
    },
    end: (): void => {
      if (shown) stream.write(clear);
    },
  };
};
