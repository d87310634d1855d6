import type { Agent, CampaignResult, ScenarioDefinition } from "../../../src/types.js";
import type { Fixture } from "../../fixtures/fixture.js";
import type { SiegeFork } from "../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../mini-mainnet/fork-source.js";

import { expect } from "chai";

import { attacker, retail } from "../../../src/agents/index.js";
import { deployInflatableVault } from "../../fixtures/inflatable-vault.js";
import { firstDeposit, spotPriceManipulation } from "../../fixtures/scenarios.js";
import { deploySpotLendingVault } from "../../fixtures/spot-lending-vault.js";
import { createSiegeFork } from "../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

describe("agents whose moves the search chooses", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    fork = await createSiegeFork(source);
  });
  afterEach(() => fork.close());
  after(() => source.close());

  /** Thirty runs against a vault; the attacks take about twenty to find. */
  async function besiege(
    vault: Fixture,
    definition: ScenarioDefinition,
    agents: readonly Agent[],
  ): Promise<CampaignResult["kind"]> {
    const { siege } = fork.connection;
    const scenario = siege.scenario({ ...definition, agents });
    return (await siege.run(vault, scenario, { seed: 1, runs: 30, lanes: 1 })).kind;
  }

  it("an attacker breaks a vault that lends at a pool's price", async () => {
    const vault = await deploySpotLendingVault(fork, "flawed");
    const scenario = { ...spotPriceManipulation(fork), blocks: 4 };
    const capital = { USDC: 6_000_000, ETH: 500 };
    expect(await besiege(vault, scenario, [])).to.equal("inconclusive");
    // it takes a deposit and a loan, too
    expect(await besiege(vault, scenario, [attacker({ capital, only: ["pool.swap"] })])).to.equal("inconclusive");
    expect(await besiege(vault, scenario, [attacker({ capital })])).to.equal("violation");
  });

  it("an attacker of an empty vault takes an ordinary user's deposit", async () => {
    const vault = await deployInflatableVault(fork, "flawed");
    const scenario = { ...firstDeposit(fork, vault), blocks: 5 };
    const thief = attacker({ capital: { USDC: 200_000 }, only: ["vault.deposit", "vault.donate"] });
    const user = (USDC: number) => retail({ capital: { USDC }, only: ["vault.*"] });
    expect(await besiege(vault, scenario, [thief])).to.equal("survived");
    // it has nothing to deposit
    expect(await besiege(vault, scenario, [thief, user(0)])).to.equal("survived");
    expect(await besiege(vault, scenario, [thief, user(100_000)])).to.equal("violation");
  });
});
