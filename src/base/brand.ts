declare const brand: unique symbol;

/** A string or number that only its own `parse…` makes, so that a MAC is never taken for a name. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
