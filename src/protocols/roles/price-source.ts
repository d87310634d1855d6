/**
 * A price that contracts read, whatever it is made from: a pool's spot price, an average, a share's value. What it says can be
 * compared with the fair price.
 */
export interface PriceSource {
  /** The scenario's asset that it prices. */
  readonly asset: string;
  /** US dollars a whole unit; `undefined` while it reverts. */
  readonly price: number | undefined;
}
