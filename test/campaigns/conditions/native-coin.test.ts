import type { Condition } from "../../../src/types.js";
import type { Variant } from "../../fixtures/fixture.js";

import { expect } from "chai";

import { attacker, user } from "../../../src/agents/index.js";
import { liveness, noBadDebt } from "../../../src/conditions/index.js";
import { renderResult } from "../../../src/report/terminal.js";
import { deployVariant } from "../../fixtures/fixture.js";
import { failsWith } from "../../helpers/errors.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

const collateral = { function: "pledgeOf", asset: "ETH" };
const debt = { function: "drawnOf", asset: "ETH" };

describe("a protocol of native coin that has no token", () => {
  const theFork = siegeForkForSuite();

  /** The report of a short campaign. */
  async function besieged(contract: string, variant: Variant, condition: Condition, runs = 30): Promise<string> {
    const { siege } = theFork().connection;
    const target = await deployVariant(theFork(), contract, variant, []);
    const scenario = siege.scenario({
      name: "native coin",
      blocks: 8,
      assets: { ETH: { price: 2_000 } },
      agents: [user({ native: 10 }), attacker({ native: 10 })],
      conditions: [condition],
    });
    return renderResult(await siege.run(target, scenario, { runs, seed: 1 }));
  }

  it("has bad debt in it, at its fair price", async () => {
    const condition = noBadDebt({ collateral, debt });
    expect(await besieged("EtherDesk", "flawed", condition)).to.match(/violated {3}noBadDebt: bad debt \$\d/);
    expect(await besieged("EtherDesk", "fixed", condition)).to.match(/^EtherDeskFixed survived/);
  });

  it("keeps claims open for those who have something to claim", async () => {
    const condition = liveness({ function: "claim", owed: "claimableOf" });
    expect(await besieged("ClaimDesk", "flawed", condition)).to.match(
      / cannot call claim\(\): it reverts \(WrongBooks/,
    );
    expect(await besieged("ClaimDesk", "fixed", condition)).to.match(/^ClaimDeskFixed survived/);
  });

  it("is told where in the scenario an asset stands that cannot be counted in", async () => {
    const condition = noBadDebt({ collateral, debt: { ...debt, asset: "USD" } });
    const error = await failsWith("UNKNOWN_ASSET", () => besieged("EtherDesk", "fixed", condition));
    expect(error.summary).to.equal(
      'conditions[0]: noBadDebt: "debt" is counted in "USD", which is no asset of the scenario.',
    );
  });
});
