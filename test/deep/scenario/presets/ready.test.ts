import type { Market } from "../../../../src/scenario/presets/market.js";

import { expect } from "chai";

import { governor } from "../../../../src/protocols/governor/governor.js";
import { erc4626 } from "../../../../src/protocols/tokens/erc4626.js";
import { renderResult } from "../../../../src/report/terminal.js";
import { deployHarvestVault } from "../../../fixtures/harvest-vault.js";
import { PRESET_FIXTURES } from "../../../fixtures/presets/all.js";
import { miniMarket } from "../../../fixtures/presets/mini-market.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { deployGovernance } from "../../../mini-mainnet/cast/governance.js";

describe("presets work out of the box for a vault", () => {
  const theFork = siegeForkForSuite();

  for (const { preset } of PRESET_FIXTURES) {
    /** The others need no option; there is nothing to take over without governance. */
    async function surroundings(): Promise<NonNullable<Market["protocols"]>> {
      if (preset !== "governanceCapture") return {};
      const dao = await deployGovernance(theFork().chain, theFork().addresses, { quorumPercent: 20 });
      return { dao: governor(dao.governor, { proposals: { nothing: [] } }) };
    }

    it(`${preset} for an ERC-4626 vault, which survives it`, async () => {
      const { siege } = theFork().connection;
      const vault = await deployHarvestVault(theFork(), "fixed");
      const protocols = { vault: erc4626(vault.address), ...(await surroundings()) };
      const mini = miniMarket(theFork(), protocols);
      const assets = preset === "volShock" ? { ETH_IV: { price: 0.8, quote: "volatility" } as const } : {};
      const scenario = siege.presets[preset]({ market: { ...mini, assets: { ...mini.assets, ...assets } } });
      const result = await siege.run(vault, scenario, { runs: 6 });
      expect(result.kind, renderResult(result)).to.equal("survived");
    });
  }
});
