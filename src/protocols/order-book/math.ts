/** An amount that rests at a price: an order, or all orders of one price. */
export interface BookLevel {
  /** Base units of the quote token for one whole base token. */
  readonly price: bigint;
  /** Base units of the base token. */
  readonly amount: bigint;
}

/** What a market order does. */
interface Taken<LevelT extends BookLevel> {
  /** What the taker receives, base units. */
  readonly out: bigint;
  /** What rests afterwards. */
  readonly left: readonly LevelT[];
}

/**
 * A sale of base tokens to bids, best first, rounded down at each: of an order book, exact to the base unit.
 *
 * @param unit - one whole base token, base units
 */
export function soldTo<LevelT extends BookLevel>(bids: readonly LevelT[], amount: bigint, unit: bigint): Taken<LevelT> {
  let [left, out] = [amount, 0n];
  for (const [index, bid] of bids.entries()) {
    if (left < bid.amount) {
      const rest = { ...bid, amount: bid.amount - left };
      return { out: out + (left * bid.price) / unit, left: [rest, ...bids.slice(index + 1)] };
    }
    out += (bid.amount * bid.price) / unit;
    left -= bid.amount;
  }
  return { out, left: [] };
}

/** What an amount of base tokens costs, rounded up. */
export function costOf({ amount, price }: BookLevel, unit: bigint): bigint {
  return (amount * price + unit - 1n) / unit;
}

/** A purchase of base tokens from asks, best first. @param spend - base units of the quote token; @param unit - see {@link soldTo} */
export function boughtFrom<LevelT extends BookLevel>(
  asks: readonly LevelT[],
  spend: bigint,
  unit: bigint,
): Taken<LevelT> {
  let [left, out] = [spend, 0n];
  for (const [index, ask] of asks.entries()) {
    const cost = costOf(ask, unit);
    if (left < cost) {
      const bought = (left * unit) / ask.price;
      return { out: out + bought, left: [{ ...ask, amount: ask.amount - bought }, ...asks.slice(index + 1)] };
    }
    out += ask.amount;
    left -= cost;
  }
  return { out, left: [] };
}

/** Orders of one price as one level. @param orders - in the order in which they are filled */
export function levelsOf(orders: readonly BookLevel[]): readonly BookLevel[] {
  const levels = new Map<bigint, bigint>();
  for (const { price, amount } of orders) levels.set(price, (levels.get(price) ?? 0n) + amount);
  return [...levels].map(([price, amount]) => ({ price, amount }));
}
