import type { Scenario } from "../../../../src/types.js";
import type { Fixture } from "../../../fixtures/fixture.js";

import { expect } from "chai";

import { attacker } from "../../../../src/agents/attacker.js";
import { invariants } from "../../../../src/conditions/invariants.js";
import { shock } from "../../../../src/market/processes/shock.js";
import { chainlink } from "../../../../src/oracles/chainlink/chainlink.js";
import { renderResult } from "../../../../src/report/terminal.js";
import { deployVariant } from "../../../fixtures/fixture.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { survivesItsSiblingsTrace, undone } from "../../../helpers/twin.js";

describe("a feed's round among the calls of a block", () => {
  const theFork = siegeForkForSuite();

  /** Ether falls in one block, in which the feed publishes. */
  function scenarioFor({ address, abi }: Fixture): Scenario {
    const { connection, addresses } = theFork();
    return connection.siege.scenario({
      name: "a price is noted twice",
      blocks: 6,
      assets: { ETH: { token: addresses.weth, process: shock({ drop: 0.3, over: 1 }) } },
      oracles: [chainlink(addresses.chainlink.ethUsd, { asset: "ETH" })],
      agents: [attacker()],
      conditions: [invariants({ address, abi })],
    });
  }

  it("stands behind the call that came before it, and ahead of the one that came after it", async () => {
    const fork = theFork();
    const { siege } = fork.connection;
    const feed = fork.addresses.chainlink.ethUsd;
    await undone(fork, async () => {
      const diary = await deployVariant(fork, "PriceDiary", "flawed", [feed]);
      const result = await siege.run(diary, scenarioFor(diary));
      if (result.kind !== "violation") throw new Error(renderResult(result));
      const { trace, steps, rounds = [], violation } = result.finding;
      expect(trace.steps.map(({ kind }) => kind)).to.deep.equal(["market", "call", "call"]);
      expect(new Set(steps.map(({ block }) => block))).to.deep.equal(new Set([violation.block]));
      // the second note is the third step, and saw the price that the first did not see
      expect(rounds.map(({ before, block, actor }) => ({ before, block, actor }))).to.deep.equal([
        { before: 2, block: violation.block, actor: "ETH feed" },
      ]);
      const told = renderResult(result).split("\n");
      const fall = told.findIndex((line) => /^ +1 .*ETH falls/.test(line));
      const [first, round, second] = told.slice(fall + 1);
      expect(first, renderResult(result)).to.match(/^ +2 .*note\(\)/);
      expect(round, renderResult(result)).to.match(/^ +· .*ETH feed +publishes \$/);
      expect(second, renderResult(result)).to.match(/^ +3 .*note\(\)/);
    });
    const twin = await deployVariant(fork, "PriceDiary", "fixed", [feed]);
    await survivesItsSiblingsTrace(fork, { target: twin, scenario: scenarioFor(twin), sibling: "PriceDiary" });
  });
});
