/** Ends a `switch` over a union: it does not compile while a member is missing. */
export const assertNever = (value: never): never => {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
};
