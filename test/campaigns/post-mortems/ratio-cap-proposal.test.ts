import type { ScenarioDefinition } from "../../../src/scenario/scenario.js";

import { expect } from "chai";
import { parseEther } from "viem";

import { PUBLISHED, ratioCap } from "../../../examples/post-mortems/ratio-cap.js";
import { person } from "../../fixtures/give.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";

const FEW = { paths: 2, runs: 1, attacks: 2 };

/** The update of 10 March 2026, judged before it is executed, on Aave V3's own bytecode. */
describe("the update of the cap on wstETH as a proposal", function () {
  // campaigns before and after it, on Aave's bytecode
  this.timeout(300_000);
  const theFork = siegeForkForEach();

  /** Without the update, which is the proposal here. */
  function withoutUpdate({ events: _events, ...scenario }: ScenarioDefinition): ScenarioDefinition {
    return scenario;
  }

  for (const [what, age, verdict] of [
    ["harmful without any market move, as the time moves and the ratio is cut", PUBLISHED.age * 86_400, "harmful"],
    ["harmless with the snapshot's own time, which leaves the cap above the market", 300 * 86_400, "no alarm"],
  ] as const) {
    it(`is ${what}`, async () => {
      const { target, scenario, adapter } = await ratioCap(theFork());
      const { siege } = theFork().connection;
      const steward = await person(theFork(), "risk steward");
      const asked = parseEther(String(PUBLISHED.market)).toString();
      const proposal = {
        name: "Update the ratio cap of wstETH",
        calls: [{ target: adapter, signature: "update(uint256,uint256)", args: [asked, age] }],
      };
      const built = siege.scenario(withoutUpdate(scenario));
      const result = await siege.proposal(target, built, [proposal], { executor: steward, ...FEW });
      expect(result.verdict).to.equal(verdict);
      const [{ appeared = [], refused } = {}] = result.orders;
      expect(refused).to.equal(undefined);
      if (verdict === "no alarm") return;
      expect(appeared[0]).to.include({ condition: "healthyLoansStand", needsMarket: false });
      expect(appeared[0]!.summary).to.match(/^\d+ healthy accounts were liquidated|^a healthy account was liquidated/);
    });
  }
});
