import type { ContractCall } from "../protocols/call.js";
import type { Token } from "../protocols/protocol.js";
import type { ActContext } from "./agent.js";
import type { Liquidation } from "./liquidation.js";

/** Who pays what a liquidation repays: the liquidator itself, or somebody who lends it the money. */
export interface RepaymentFunds {
  /** The most of a token that there is to repay with, base units. */
  most(token: Token): bigint;
  /** What having that much costs, US dollars: the fee of a loan. */
  cost(token: Token, amount: bigint): number;
  /** Gas that it takes on top of the liquidation and the sale. */
  readonly gas: bigint;
  /** The calls that carry a liquidation out, in their order. What they leave unsold is sold in the next block. */
  calls(liquidation: Liquidation): readonly ContractCall[];
}

/** Repays with what the agent owns. */
export function ownCapital({ view, self }: Pick<ActContext, "view" | "self">): RepaymentFunds {
  return {
    most: ({ address }) => view.balance(address, self.address),
    cost: () => 0,
    gas: 0n,
    calls: ({ option, repay }) => {
      const { received } = option.amounts(repay);
      const liquidate = option.liquidate(repay, self.address);
      return option.unwrap === undefined ? [liquidate] : [liquidate, option.unwrap.call(received, self.address)];
    },
  };
}
