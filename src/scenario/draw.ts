/** A way of drawing values at random. What it draws is fixed by the seed of a run. */
export interface Draw<T> {
  /** Draws the same and makes something of it. */
  map<U>(make: (value: T) => U): Draw<U>;
  /** Draws first what the next draw depends on. */
  chain<U>(next: (value: T) => Draw<U>): Draw<U>;
}

/** How many items a list has. */
export interface ListLength {
  /** Default 0. */
  readonly min?: number;
  readonly max: number;
}

/** Ways of drawing, from which others are made. */
export interface Draws {
  /** Always this value. */
  constant<T>(value: T): Draw<T>;
  /** An integer, each with the same probability; both bounds are among them. */
  integer(min: number, max: number): Draw<number>;
  /** True half of the time. */
  flag(): Draw<boolean>;
  /** One of some values, each with the same probability. */
  oneOf<T>(...values: readonly T[]): Draw<T>;
  /** What one of some draws draws, each with the same probability. */
  either<T>(...draws: readonly Draw<T>[]): Draw<T>;
  /** A record, its fields drawn in order. */
  record<T extends object>(fields: { readonly [Name in keyof T]: Draw<T[Name]> }): Draw<T>;
  /** A list of up to `max` items, each length with the same probability. */
  list<T>(item: Draw<T>, length: ListLength): Draw<readonly T[]>;
}
