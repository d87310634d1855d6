import type { Scenario } from "../../../scenario/scenario.js";
import type { Header } from "../../chain/chain.js";

import { BlockSpaceDemand, nextBaseFee } from "../../../market/block-space.js";
import { PPM } from "../../../quantity/ppm.js";
import { DEFAULT_GAS } from "../intent.js";

/** The price of block space at one moment of a run. Immutable: each block makes a new one. */
export class BlockSpace {
  readonly gasLimit: bigint;
  /** Base fee of the block that is being built, wei per unit of gas. */
  readonly baseFee: bigint;
  readonly #calmPrice: bigint;
  /** `undefined`: there is no background demand, and the base fee is constant. */
  readonly #level: number | undefined;

  private constructor(space: {
    readonly gasLimit: bigint;
    readonly baseFee: bigint;
    readonly calmPrice: bigint;
    readonly level: number | undefined;
  }) {
    this.gasLimit = space.gasLimit;
    this.baseFee = space.baseFee;
    this.#calmPrice = space.calmPrice;
    this.#level = space.level;
  }

  /** Before the first block. */
  static atStart({ scenario, base }: { readonly scenario: Scenario; readonly base: Header }): BlockSpace {
    const { baseFee, demand, gasLimit } = scenario.gas;
    return new BlockSpace({
      gasLimit: gasLimit === undefined || gasLimit > base.gasLimit ? base.gasLimit : gasLimit,
      baseFee,
      calmPrice: baseFee,
      level: demand === undefined ? undefined : 1,
    });
  }

  /** Background demand changes. @param change - parts per million */
  wanted(change: number): BlockSpace {
    if (this.#level === undefined || change === 0) return this;
    return this.#with({ level: (this.#level * (PPM + change)) / PPM });
  }

  /** What an ordinary transaction pays per unit of gas to be included: base fee plus tip, wei. */
  get price(): bigint {
    return this.#demand?.clearingPrice(this.baseFee, DEFAULT_GAS) ?? this.baseFee;
  }

  /** Gas that background demand leaves to a transaction that pays this price per unit of gas: wei, base fee included. */
  room(price: bigint): bigint {
    if (price < this.baseFee) return 0n;
    return this.gasLimit - (this.#demand?.gasAt(price) ?? 0n);
  }

  /** The block after this one. The simulated transactions are so few that they do not move the base fee. */
  next(): BlockSpace {
    const demand = this.#demand;
    if (demand === undefined) return this;
    return this.#with({ baseFee: nextBaseFee(this.baseFee, demand.gasAt(this.baseFee), this.gasLimit) });
  }

  get #demand(): BlockSpaceDemand | undefined {
    return this.#level === undefined ? undefined : new BlockSpaceDemand(this.#calmPrice, this.gasLimit, this.#level);
  }

  #with(change: { readonly baseFee?: bigint; readonly level?: number }): BlockSpace {
    return new BlockSpace({
      gasLimit: this.gasLimit,
      baseFee: this.baseFee,
      calmPrice: this.#calmPrice,
      level: this.#level,
      ...change,
    });
  }
}
