import type { FragmentationLoss } from "../../../src/types.js";

import { expect } from "chai";

import { fragmentedWorld, FUNDS } from "../../fixtures/fragmented-pairs.js";
import { textOf } from "../../helpers/documentation.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

const QUARTERS = [250, 250, 250, 250];

/** A Uniswap V2 pair by hand, at 2,000 dollars: x · y stays the same but for the fee of 0.3 %, which the pair keeps. */
class PairByHand {
  weth: number;
  usdc: number;
  constructor(depth: number) {
    this.weth = depth;
    this.usdc = 2_000 * depth;
  }
  sell(amount: number): number {
    const out = (this.usdc * 0.997 * amount) / (this.weth + 0.997 * amount);
    this.weth += amount;
    this.usdc -= out;
    return out;
  }
}

/** What the funds lose that sell on one pair, left first. */
function byHand(depth: number): { readonly left: number; readonly right: number } {
  const pair = new PairByHand(depth);
  const loss = ({ collateral, debt }: { readonly collateral: number; readonly debt: number }): number =>
    debt - pair.sell(collateral);
  return { left: loss(FUNDS.left), right: loss(FUNDS.right) };
}

const dollars = (amount: number): string =>
  `$${amount.toLocaleString("en-US", { maximumFractionDigits: 2, minimumFractionDigits: 2 })}`;

describe("fragments of liquidity on Uniswap V2", () => {
  const theFork = siegeForkForSuite();

  async function fragmentation(depths: readonly number[], routes: boolean): Promise<FragmentationLoss> {
    const fork = theFork();
    const definition = await fragmentedWorld(fork, { depths, routes });
    const { siege } = fork.connection;
    const result = await siege.contagion({ address: fork.addresses.usdc, abi: [] }, siege.scenario(definition), {
      paths: 2,
      minimise: 0,
      fragmentation: { parameter: "venues", whole: 1, parts: 4 },
    });
    return result.fragmentation!;
  }

  it("add nothing where a sale is divided so that marginal prices are equal", async () => {
    const { left, right } = byHand(1_000);
    // 190,000 - 2,000,000 · 99.7 / 1,099.7
    expect(left).to.be.closeTo(190_000 - 181_322.179, 1e-2);
    for (const depths of [QUARTERS, [400, 300, 200, 100]]) {
      const { wholeLoss, partsLoss, added } = await fragmentation(depths, true);
      expect(wholeLoss.value).to.be.closeTo(left + right, 1e-3);
      expect(partsLoss.value).to.be.closeTo(left + right, 0.01);
      expect(added.value).to.be.closeTo(0, 0.01);
    }
    for (const loss of [left, right]) expect(textOf("docs/contagion.md")).to.include(dollars(loss));
  });

  it("add what a quarter of the depth costs where nobody routes", async () => {
    const [whole, quarter] = [byHand(1_000), byHand(250)];
    const { partsLoss, added, share } = await fragmentation(QUARTERS, false);
    const expected = quarter.left + quarter.right - whole.left - whole.right;
    expect(partsLoss.value).to.be.closeTo(quarter.left + quarter.right, 1e-3);
    expect(added.value).to.be.closeTo(expected, 1e-3);
    expect(share?.value).to.be.closeTo(expected / (quarter.left + quarter.right), 1e-6);
    const text = textOf("docs/contagion.md");
    for (const amount of [quarter.left, quarter.right, expected]) expect(text).to.include(dollars(amount));
  });
});
