import type { CampaignResult } from "../../../src/types.js";
import type { Variant } from "../../fixtures/fixture.js";

import { expect } from "chai";
import { erc20Abi, parseUnits } from "viem";

import { attacker } from "../../../src/agents/attacker.js";
import { unprofitableToAttack } from "../../../src/conditions/unprofitable-to-attack.js";
import { renderResult } from "../../../src/report/terminal.js";
import { fixtureArtifact } from "../../fixtures/artifact.js";
import { deployVariant } from "../../fixtures/fixture.js";
import { give, person } from "../../fixtures/give.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";
import { runsOf } from "../../helpers/twin.js";

/** The treasury pays whom its council tells it to: a call of one contract under siege is an argument of the other. */
describe("a call as an argument", () => {
  const theFork = siegeForkForEach();

  async function besiege(variant: Variant, runs: number): Promise<CampaignResult> {
    const fork = theFork();
    const { chain, addresses, connection } = fork;
    const council = await deployVariant(fork, "StakersCouncil", variant, [addresses.usdc]);
    const { abi, ...artifact } = await fixtureArtifact("StakersTreasury");
    const treasury = { address: await fork.deploy({ abi, ...artifact }, [addresses.usdc, council.address]), abi };
    await give(fork, "USDC", treasury.address, 100_000);
    const staker = await person(fork, "staker");
    await give(fork, "USDC", staker, 1_000_000);
    const usdc = { address: addresses.usdc, abi: erc20Abi };
    await chain.write(staker, usdc, "approve", [council.address, parseUnits("1000000", 6)]);
    await chain.write(staker, council, "stake", [parseUnits("1000000", 6)]);
    const scenario = connection.siege.scenario({
      name: "a council and its treasury",
      blocks: 12,
      pauses: { seconds: [3_600, 2 * 86_400] },
      assets: { USDC: { price: 1, token: addresses.usdc } },
      targets: { treasury },
      agents: [attacker({ capital: { USDC: 200_000 } })],
      conditions: [unprofitableToAttack()],
    });
    return connection.siege.run(council, scenario, { seed: 1, runs });
  }

  it("reaches another contract under siege, through one that anybody with a stake may use", async () => {
    const result = await besiege("flawed", 500);
    if (result.kind !== "violation") expect.fail(renderResult(result));
    const names = result.finding.trace.steps.flatMap((step) => (step.kind === "call" ? [step.function.name] : []));
    expect(names, renderResult(result)).to.deep.equal(["stake", "queue", "execute"]);
    expect(renderResult(result)).to.contain("treasury");
  });

  it("is of no use where half of all stakes decide", async () => {
    const result = await besiege("fixed", runsOf(500, 60));
    expect(result.kind, renderResult(result)).to.equal("survived");
  });
});
