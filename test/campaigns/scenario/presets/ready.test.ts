import type { Market } from "../../../../src/scenario/presets/market.js";
import type { Target } from "../../../../src/types.js";

import { expect } from "chai";

import { governor } from "../../../../src/protocols/governor/governor.js";
import { renderResult } from "../../../../src/report/terminal.js";
import { PRESET_FIXTURES } from "../../../fixtures/presets/all.js";
import { miniMarket } from "../../../fixtures/presets/mini-market.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { isDeep } from "../../../helpers/twin.js";
import { poolAbi } from "../../../mini-mainnet/abis.js";
import { deployGovernance } from "../../../mini-mainnet/cast/governance.js";

/** With an ERC-4626 vault: test/deep. */
describe("presets work out of the box", () => {
  const theFork = siegeForkForSuite();

  for (const { preset } of PRESET_FIXTURES) {
    /** The others need no option; there is nothing to take over without governance. */
    async function surroundings(): Promise<NonNullable<Market["protocols"]>> {
      if (preset !== "governanceCapture") return {};
      const dao = await deployGovernance(theFork().chain, theFork().addresses, { quorumPercent: 20 });
      return { dao: governor(dao.governor, { proposals: { nothing: [] } }) };
    }

    /** Nothing shifts without a volatility. */
    async function market(): Promise<Market> {
      const mini = miniMarket(theFork(), await surroundings());
      if (preset !== "volShock") return mini;
      return { ...mini, assets: { ...mini.assets, ETH_IV: { price: 0.8, quote: "volatility" } } };
    }

    it(`${preset} for a lending market`, async () => {
      const { siege } = theFork().connection;
      const pool: Target = { address: theFork().addresses.aaveV3.pool, abi: poolAbi };
      const scenario = siege.presets[preset]({ market: await market() });
      // how it is bound and played shows in a few blocks
      const blocks = isDeep() ? scenario.blocks : Math.min(scenario.blocks, 8);
      const result = await siege.run(pool, { ...scenario, blocks }, { runs: 1 });
      expect(result.kind, renderResult(result)).to.not.equal("incomplete");
    });
  }
});
