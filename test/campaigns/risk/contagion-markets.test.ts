import type { ContagionResult } from "../../../src/types.js";

import { expect } from "chai";

import { noShortfall } from "../../../src/conditions/index.js";
import { path } from "../../../src/market/index.js";
import { chainlink } from "../../../src/oracles/index.js";
import { cTokenAbi } from "../../../src/protocols/compound-v2/abi.js";
import { aaveV3, call, compoundV2 } from "../../../src/protocols/index.js";
import { shock } from "../../../src/scenario/index.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";
import { deployCompoundV2 } from "../../mini-mainnet/cast/compound-v2.js";

/** Two quiet blocks, then ether falls by 4 % a block. */
const PRICES = Array.from({ length: 12 }, (_value, index) => 2_000 * 0.96 ** Math.max(0, index - 1));

describe("contagion among lending markets", () => {
  const theFork = siegeForkForSuite();

  it("is the order in which they fail, and what a borrower takes more than before; what is refused is told", async () => {
    const { addresses, chain, connection } = theFork();
    const { weth, usdc, aaveV3: aave, chainlink: feeds, users } = addresses;
    const compound = await deployCompoundV2(chain, addresses);
    const { siege } = connection;
    const borrow = (dollars: bigint) =>
      shock({
        words: `brave borrows ${dollars} more`,
        calls: call({
          address: compound.usdc.cToken,
          abi: cTokenAbi,
          functionName: "borrow",
          args: [dollars * 10n ** 6n],
        }),
        as: compound.users.brave,
      });
    const contagion = (dollars: bigint): Promise<ContagionResult> =>
      siege.contagion(
        { address: compound.comptroller, abi: [] },
        siege.scenario({
          name: "ether falls by 4 % per block",
          blocks: PRICES.length,
          assets: { ETH: { token: weth, process: path(PRICES, 2_000) }, USDC: { price: 1, token: usdc } },
          protocols: { aave: aaveV3(aave.addressesProvider), compound: compoundV2(compound.comptroller) },
          oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
          agents: [],
          accounts: { alice: users.alice, brave: compound.users.brave },
          conditions: [noShortfall()],
          shocks: { compound: borrow(dollars) },
        }),
        { paths: 2, tolerance: 100 },
      );
    const result = await contagion(1_000n);
    const [inAave, inCompound] = result.matrix;
    expect([inAave?.to, inCompound?.to]).to.deep.equal(["aave", "compound"]);
    // what is owed more is what is lost more, give or take the interest of a few blocks; the other market has nothing of it
    expect(inCompound?.added.value).to.be.closeTo(1_000, 1);
    expect(Math.abs(inAave?.added.value ?? NaN)).to.be.below(0.01);
    expect(inCompound?.loss.value).to.be.closeTo(156_000 - 100 * PRICES.at(-1)!, 20);
    expect(result.amplification?.factor?.value).to.be.closeTo(1, 1e-4);
    // alice owes 158,500 dollars against a hundred ether, brave 155,000
    const fails = (owes: number): number => PRICES.findIndex((price) => owes - 100 * price > 100) + 1;
    const together = fails(158_500) === fails(155_000);
    expect(result.orders[0]?.sequences).to.deep.equal([
      { order: together ? [["aave", "compound"]] : [["aave"], ["compound"]], paths: 2 },
    ]);
    const refused = await contagion(100_000n);
    expect(refused.shocks[0]).to.include({ does: "nothing" });
    expect(refused.shocks[0]?.refused?.join()).to.match(/^borrow\(\): /);
  });
});
