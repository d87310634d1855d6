import type { Scenario } from "../../../scenario/scenario.js";
import type { Header } from "../../chain/chain.js";

import { BlockSpaceDemand, nextBaseFee } from "../../../market/block-space.js";
import { PPM } from "../../../quantity/ppm.js";
import { DEFAULT_GAS } from "../intent.js";

/** What block space costs at one moment of a run. Never changes: each block makes a new one. */
export class BlockSpace {
  readonly gasLimit: bigint;
  /** Of the block that is being built, wei a gas. */
  readonly baseFee: bigint;
  readonly #calmPrice: bigint;
  /** `undefined`: there is nobody else, and the base fee stands still. */
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

  /** Others want more of it, or less. @param change - parts per million of what they want */
  wanted(change: number): BlockSpace {
    if (this.#level === undefined || change === 0) return this;
    return this.#with({ level: (this.#level * (PPM + change)) / PPM });
  }

  /** What a gas costs an ordinary transaction that is to be in the block: base fee and tip together, wei. */
  get price(): bigint {
    return this.#demand?.clearingPrice(this.baseFee, DEFAULT_GAS) ?? this.baseFee;
  }

  /** Gas in a block that others leave to somebody who pays this much for it, wei a gas, base fee included. */
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
