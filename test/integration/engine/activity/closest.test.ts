import { expect } from "chai";

import { retail } from "../../../../src/agents/index.js";
import { defineCondition, noBadDebt } from "../../../../src/conditions/index.js";
import { path } from "../../../../src/market/index.js";
import { chainlink } from "../../../../src/oracles/index.js";
import { constant } from "../../../../src/protocols/index.js";
import { renderResult } from "../../../../src/report/terminal.js";
import { deployWholeLoan } from "../../../fixtures/whole-loan.js";
import { failsWith } from "../../../helpers/errors.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";

describe("how close a campaign came to breaking a condition", () => {
  const theFork = siegeForkForSuite();

  async function lay(...conditions: readonly ReturnType<typeof noBadDebt>[]) {
    const { connection, addresses } = theFork();
    const { weth, usdc, chainlink: feeds } = addresses;
    const loan = await deployWholeLoan(theFork(), "WholeLoanFixed");
    return connection.siege.run(
      loan,
      connection.siege.scenario({
        name: "ether falls by a fifth, and recovers",
        blocks: 4,
        assets: {
          ETH: { token: weth, process: path([1_600, 1_900], 2_000) },
          USDC: { price: 1, token: usdc },
        },
        oracles: [chainlink(feeds.ethUsd, { asset: "ETH" })],
        agents: [retail({ capital: { ETH: 10 }, only: ["target.deposit"] })],
        accounts: loan.accounts,
        conditions,
      }),
      { runs: 5 },
    );
  }

  const covered = noBadDebt({
    collateral: { function: "collateralOf", asset: "ETH" },
    debt: { function: "debtOf", asset: "USDC" },
  });

  /** A condition that holds, with a margin. */
  const holds = (margin: () => number | undefined) =>
    defineCondition({ id: "holds", observe: () => constant(0), judge: () => undefined, margin });

  it("is the least margin that it told, and in the report", async () => {
    const result = await lay(
      covered,
      holds(() => undefined),
    );
    // 14,800 of 16,000 dollars
    expect(result.kind === "survived" && result.activity.conditions[0]?.closest).to.be.closeTo(0.075, 1e-9);
    expect(result.kind === "survived" && result.activity.conditions[1]).to.not.have.property("closest");
    expect(renderResult(result)).to.include("least margin: noBadDebt 7.5 %\n");
  });

  it("is never outside of 0 to 1, and no margin is an error", async () => {
    const result = await lay(holds(() => 7));
    expect(result.kind === "survived" && result.activity.conditions[0]?.closest).to.equal(1);
    await failsWith("CONDITION_FAILED", () => lay(holds(() => Number.NaN)));
  });
});
