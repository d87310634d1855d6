import { expect } from "chai";

import { liquidityCrowd, retail } from "../../../src/agents/index.js";
import { sound } from "../../../src/conditions/index.js";
import { shock } from "../../../src/market/index.js";
import { deepPoolVault } from "../../fixtures/presets/depositors-vaults.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";
import { survivesItsSiblingsTrace, undone } from "../../helpers/twin.js";

describe("a pool whose depth follows a level", () => {
  const theFork = siegeForkForEach();

  async function besieged(variant: "flawed" | "fixed") {
    const { target, options } = await deepPoolVault.deploy(theFork(), variant);
    const { siege } = theFork().connection;
    const { capital: _capital, ...market } = options.market;
    const scenario = siege.scenario({
      ...market,
      name: "liquidity leaves at once",
      blocks: 10,
      pauses: { most: 0 },
      assets: { ...market.assets, DEPTH: { quote: "level", process: shock({ drop: 0.9 }) } },
      agents: [
        liquidityCrowd({ pool: "pool", depth: "DEPTH" }),
        // somebody who uses the vault
        retail({ capital: { USDC: 1_000 }, only: ["target.deposit"] }),
      ],
      conditions: [sound()],
    });
    return { target, scenario };
  }

  it("breaks a vault that has to sell into it, by the level alone, to its threshold; the twin survives", async () => {
    const fork = theFork();
    const sibling = await undone(fork, async () => {
      const { target, scenario } = await besieged("flawed");
      const result = await fork.connection.siege.run(target, scenario, { seed: 1, runs: 60 });
      if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
      const { finding } = result;
      const steps = finding.steps.filter(({ reaction }) => reaction !== true);
      expect(steps.map(({ actor, action }) => `${actor}: ${action.replace(/[\d.]+/, "n")}`)).to.deep.equal([
        "market: DEPTH falls n %",
      ]);
      expect(steps[0]!.consequence).to.match(/survives/);
      expect((await fork.connection.siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");
      return finding.violation.target;
    });
    await survivesItsSiblingsTrace(fork, { ...(await besieged("fixed")), sibling, refuses: false });
  });
});
