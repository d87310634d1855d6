import type { CampaignOptions, CampaignResult } from "../../../../src/types.js";
import type { Variant } from "../../../fixtures/fixture.js";

import { expect } from "chai";

import { attacker } from "../../../../src/agents/attacker.js";
import { invariants } from "../../../../src/conditions/invariants.js";
import { renderResult } from "../../../../src/report/terminal.js";
import { deployVariant } from "../../../fixtures/fixture.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { runsOf } from "../../../helpers/twin.js";

/** Executors are compared throughout a search: run 1 need not show the function that behaves differently in a batch. */
describe("a contract that behaves differently in batched blocks", () => {
  const theFork = siegeForkForSuite();

  async function besiege(variant: Variant, options: CampaignOptions): Promise<CampaignResult> {
    const target = await deployVariant(theFork(), "OneActionVault", variant, []);
    const { siege } = theFork().connection;
    const scenario = siege.scenario({
      name: "deposits and withdrawals",
      blocks: 8,
      assets: { USDC: { price: 1, token: theFork().addresses.usdc } },
      agents: [attacker({ capital: { USDC: 1_000 } })],
      conditions: [invariants(target)],
    });
    return siege.run(target, scenario, { runs: 200, ...options });
  }

  for (const seed of [1, 2, 3, 4, 5]) {
    it(`is noticed in the run that shows it, and searched with one transaction per call from there: seed ${seed}`, async () => {
      const result = await besiege("flawed", { seed, lanes: 1 });
      expect(result.kind, renderResult(result)).to.equal("violation");
      const { executor, because, from } = result.explored;
      expect(executor).to.equal("faithful");
      expect(because?.run).to.be.at.least(from ?? Infinity);
      expect(renderResult(result)).to.match(
        /searched with one transaction per call.*: contracts behave differently in batched blocks \(attacker's (deposit|withdraw|reenter) succeeds as a transaction but reverts in a batch, in block \d+ of run \d+\)/,
      );
    });
  }

  it("is found in the same run whatever the number of lanes", async () => {
    const found = async (lanes: number): Promise<unknown> => {
      const result = await besiege("flawed", { seed: 2, lanes });
      await theFork().forget();
      return result.kind === "violation" ? [result.finding.run, result.explored, result.activity] : result.kind;
    };
    expect(await found(2)).to.deep.equal(await found(1));
  });

  it("survives if it has no flaw, after a search with one transaction per call", async () => {
    const result = await besiege("fixed", { seed: 1, runs: runsOf(200) });
    expect(result.kind, renderResult(result)).to.equal("survived");
    expect(result.explored.executor).to.equal("faithful");
  });
});
