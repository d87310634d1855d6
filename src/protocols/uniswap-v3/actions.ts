import type { Action, ActionContext } from "../action.js";
import type { Token } from "../token.js";
import type { TickRange } from "./calls.js";
import type { UniswapV3Position } from "./positions.js";
import type { UniswapV3View } from "./view.js";

import { addressKey } from "../../quantity/address.js";
import { choose, fraction } from "../../quantity/share.js";
import { swapAction } from "../swap-action.js";

import { MAX_TICK, MIN_TICK } from "./math.js";
import { MAX_POSITIONS } from "./positions.js";

/** Half-widths of liquidity providers' ranges, in ticks: the narrowest possible, 5 %, 28 %. */
const WIDTHS = [1, 500, 2_500];

/** The free moves of a Uniswap V3 pool. */
export function uniswapV3Actions(tokens: readonly [Token, Token]): readonly Action<UniswapV3View>[] {
  return [
    swapAction(tokens),
    {
      name: "provide",
      operands: 2,
      ordinary: true,
      build: ([which = 0, share = 0], context) => {
        const { view, self, balance } = context;
        const positions = ownOf(context);
        // of any further positions, some would go unseen
        const ranges = positions.length < MAX_POSITIONS ? rangesAround(view) : positions;
        const range = choose(which, ranges);
        if (range === undefined) return undefined;
        const amounts = [
          fraction(share, balance(tokens[0].address)),
          fraction(share, balance(tokens[1].address)),
        ] as const;
        if (view.liquidityFor(range, amounts) === 0n) return undefined;
        const same = positions.find(
          ({ tickLower, tickUpper }) => tickLower === range.tickLower && tickUpper === range.tickUpper,
        );
        return same === undefined ? view.mint(range, amounts, self) : view.increase(same.tokenId, amounts);
      },
    },
    {
      name: "withdraw",
      operands: 2,
      ordinary: true,
      build: ([which = 0, share = 0], context) => {
        const position = choose(
          which,
          ownOf(context).filter(({ liquidity }) => liquidity > 0n),
        );
        if (position === undefined) return undefined;
        const liquidity = fraction(share, position.liquidity);
        return liquidity === 0n ? undefined : context.view.decrease(position.tokenId, liquidity);
      },
    },
    {
      name: "collect",
      operands: 1,
      ordinary: true,
      build: ([which = 0], context) => {
        const position = choose(
          which,
          ownOf(context).filter(({ owed }) => owed[0] > 0n || owed[1] > 0n),
        );
        return position === undefined ? undefined : context.view.collect(position.tokenId, context.self);
      },
    },
  ];
}

function ownOf({ view, self }: ActionContext<UniswapV3View>): readonly UniswapV3Position[] {
  return view.positions.get(addressKey(self)) ?? [];
}

/** For each width, a range around the price, one below it and one above it; and the full range. */
export function rangesAround({ tick, tickSpacing }: Pick<UniswapV3View, "tick" | "tickSpacing">): readonly TickRange[] {
  const here = Math.floor(tick / tickSpacing) * tickSpacing;
  const lowest = Math.ceil(MIN_TICK / tickSpacing) * tickSpacing;
  const highest = Math.floor(MAX_TICK / tickSpacing) * tickSpacing;
  const steps = [...new Set(WIDTHS.map((width) => Math.max(1, Math.round(width / tickSpacing))))];
  const ranges = steps.flatMap((count): readonly (readonly [number, number])[] => {
    const width = count * tickSpacing;
    const above = here + tickSpacing;
    return [
      [here - width, here + width],
      [here - width, here],
      [above, above + width],
    ];
  });
  return [...ranges, [lowest, highest] as const]
    .map(([lower, upper]) => ({ tickLower: Math.max(lowest, lower), tickUpper: Math.min(highest, upper) }))
    .filter(({ tickLower, tickUpper }) => tickLower < tickUpper);
}
