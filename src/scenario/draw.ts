/** A generator of random values. What it draws is determined by the seed of a run. */
export interface Draw<T> {
  /** Draws a value and transforms it. */
  map<U>(make: (value: T) => U): Draw<U>;
  /** Draws a value on which the next draw depends. */
  chain<U>(next: (value: T) => Draw<U>): Draw<U>;
}

/** The length of a list. */
export interface ListLength {
  /** Default 0. */
  readonly min?: number;
  readonly max: number;
}

/** Basic generators, from which others are composed. */
export interface Draws {
  /** Always this value. */
  constant<T>(value: T): Draw<T>;
  /** An integer, uniformly distributed; both bounds are included. */
  integer(min: number, max: number): Draw<number>;
  /** True or false, with equal probability. */
  flag(): Draw<boolean>;
  /** One of these values, with equal probability. */
  oneOf<T>(...values: readonly T[]): Draw<T>;
  /** A value from one of these draws, with equal probability. */
  either<T>(...draws: readonly Draw<T>[]): Draw<T>;
  /** A record, its fields drawn in order. */
  record<T extends object>(fields: { readonly [Name in keyof T]: Draw<T[Name]> }): Draw<T>;
  /** A list of up to `max` items, with a uniformly distributed length. */
  list<T>(item: Draw<T>, length: ListLength): Draw<readonly T[]>;
}
