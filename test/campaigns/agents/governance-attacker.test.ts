import type { Address } from "viem";

import type { GovernanceAttackerOptions } from "../../../src/agents/index.js";
import type { Agent, CampaignResult, ScenarioDefinition } from "../../../src/types.js";
import type { SiegeFork } from "../../helpers/siege-fork.js";
import type { GovernanceDeployment, GovernanceDeploymentOptions } from "../../mini-mainnet/cast/governance.js";

import { expect } from "chai";
import { parseAbi, parseEther } from "viem";

import { attacker, defineAgent, governanceAttacker, retail } from "../../../src/agents/index.js";
import { sharePriceHolds } from "../../../src/conditions/index.js";
import { call, governor, morphoBlue, uniswapV2 } from "../../../src/protocols/index.js";
import { agentAddress } from "../../../src/view/accounts.js";
import { failsWith } from "../../helpers/errors.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";
import { deployGovernance } from "../../mini-mainnet/cast/governance.js";
import { deployMorphoBlue, listMorphoMarket } from "../../mini-mainnet/cast/morpho-blue.js";

const ATTACKER = "governance attacker";

const vaultAbi = parseAbi(["function migrate(address successor)"]);

/** Cancels what is in the timelock, but looks only once a minute. */
const guardian = defineAgent({
  role: "guardian",
  act: ({ view, submit }) => {
    if (view.block % 5 !== 0) return;
    const dao = view.at(governor);
    for (const { proposal, state } of dao.proposals.values()) if (state === "queued") submit(dao.cancel(proposal));
  },
});

/** A vault of two million dollars, and votes at a dollar each. */
describe("a governance attacker", function () {
  // whole campaigns
  this.timeout(300_000);
  const theFork = siegeForkForSuite();
  let fork: SiegeFork;
  let dao: GovernanceDeployment;

  beforeEach(() => {
    fork = theFork();
  });

  async function deploy(options: GovernanceDeploymentOptions = {}): Promise<void> {
    dao = await deployGovernance(fork.chain, fork.addresses, options);
  }

  const robber = (changes: Partial<GovernanceAttackerOptions> = {}): Agent =>
    governanceAttacker({ proposal: "drain", prize: 2_000_000, capital: { USDC: 900_000 }, ...changes });

  const pool = () => uniswapV2(dao.pool, { router: fork.addresses.uniswapV2.router });

  async function siege(
    agents: readonly Agent[],
    protocols: ScenarioDefinition["protocols"] = { pool: pool() },
    { runs = 2, blocks = 24 }: { readonly runs?: number; readonly blocks?: number } = {},
  ): Promise<CampaignResult> {
    const scenario = fork.connection.siege.scenario({
      name: "a takeover",
      blocks,
      assets: {
        USDC: { price: 1, token: fork.addresses.usdc },
        GOV: { price: 1, token: dao.token },
      },
      protocols: {
        dao: governor(dao.governor, {
          proposals: {
            drain: (accounts) => [
              call({
                address: dao.vault,
                abi: vaultAbi,
                functionName: "migrate",
                args: [accounts.get(ATTACKER) ?? dao.users.holder],
              }),
            ],
          },
        }),
        ...protocols,
      },
      agents,
      conditions: [sharePriceHolds()],
      accounts: { holder: dao.users.holder },
    });
    return fork.connection.siege.run({ address: dao.vault, abi: dao.vaultAbi }, scenario, {
      runs,
      seed: 1,
      lanes: 1,
    });
  }

  /** What was done until the vault was empty: `2 propose`. */
  function deedsOf(result: CampaignResult): readonly string[] {
    if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
    return result.finding.original.steps.flatMap((step) =>
      step.kind === "call" ? [`${String(step.block)} ${step.function.name}`] : [],
    );
  }

  it("buys a low quorum, votes, sells the votes, and empties the vault; without it nothing happens to the vault", async () => {
    await deploy();
    expect(
      (await siege([defineAgent({ role: ATTACKER, capital: { USDC: 900_000 }, act: () => undefined })])).kind,
    ).to.equal("inconclusive");
    const result = await siege([robber()]);
    expect(deedsOf(result)).to.deep.equal([
      "1 swapExactTokensForTokens",
      "2 propose",
      ...["3 castVote", "3 swapExactTokensForTokens"],
      "6 queue",
      "7 execute",
    ]);
    expect(result.discarded).to.equal(0);
    if (result.kind !== "violation") return;
    // each of these is needed, but for the sale of the votes
    expect(
      result.finding.trace.steps.map((step) => (step.kind === "call" ? step.function.name : step.kind)),
    ).to.deep.equal(["swapExactTokensForTokens", "propose", "castVote", "queue", "execute"]);
  });

  it("needs no market for votes that it has", async () => {
    await deploy();
    const deeds = deedsOf(await siege([robber({ capital: { GOV: 500_000 } })], {}));
    expect(deeds).to.deep.equal(["1 propose", "2 castVote", "5 queue", "6 execute"]);
  });

  it("waits for its votes to count if there is a proposal threshold, and holds them over a voting delay", async () => {
    await deploy({ proposalThreshold: 100_000, votingDelay: 3 });
    expect(deedsOf(await siege([robber()]))).to.deep.equal([
      "1 swapExactTokensForTokens",
      "2 propose",
      ...["6 castVote", "6 swapExactTokensForTokens"],
      "9 queue",
      "10 execute",
    ]);
  });

  it("borrows votes from a lending market, repays them once they have voted, and withdraws its collateral", async () => {
    await deploy();
    const { chain, addresses } = fork;
    const blue = await deployMorphoBlue(chain, addresses);
    const market = await listMorphoMarket(
      chain,
      blue,
      { loanToken: dao.token, collateralToken: addresses.usdc },
      // a whole vote for a dollar, with 18 and 6 decimals
      { price: 10n ** 48n, lender: dao.users.holder, supplied: parseEther("2000000") },
    );
    const result = await siege([robber()], { lender: morphoBlue(blue.morpho, { market }) });
    expect(deedsOf(result)).to.deep.equal([
      "1 supplyCollateral",
      "2 borrow",
      "3 propose",
      ...["4 castVote", "4 repay"],
      "5 withdrawCollateral",
      "7 queue",
      "8 execute",
    ]);
  });

  it("cannot buy a quorum that is higher than what is for sale", async () => {
    await deploy({ quorumPercent: 20 });
    const result = await siege([robber()]);
    expect([result.kind, result.cost.actions]).to.deep.equal(["inconclusive", 0]);
  });

  it("stays away if the votes cost more than the prize, unless it expects to resell them", async () => {
    await deploy({ deposits: 500_000 });
    // 400,000 of the pool's 1,000,000 votes cost 668,700 dollars
    const timid = await siege([robber({ prize: 500_000 })]);
    expect([timid.kind, timid.cost.actions]).to.deep.equal(["inconclusive", 0]);
    const greedy = await siege([robber({ prize: 500_000, minProfit: 400_000, resale: 0.8 })]);
    expect([greedy.kind, greedy.cost.actions]).to.deep.equal(["inconclusive", 0]);
    expect((await siege([robber({ prize: 500_000, resale: 0.8 })])).kind).to.equal("violation");
  });

  for (const [timelockDelay, end] of [
    [0, "violation"],
    [120, "survived"],
  ] as const) {
    it(`with ${String(timelockDelay)} seconds of timelock and a guardian that checks once a minute: ${end}`, async () => {
      const address: Address = agentAddress("guardian");
      await deploy({ timelockDelay, guardian: address });
      // a vault that nobody uses survives nothing
      const user = retail({ capital: { USDC: 1_000 }, only: ["target.deposit"] });
      expect((await siege([robber(), guardian, user])).kind).to.equal(end);
    });
  }

  it("waits out a delay that no guardian watches", async () => {
    await deploy({ timelockDelay: 120 });
    expect(deedsOf(await siege([robber()])).at(-1)).to.equal("16 execute");
  });

  it("makes no attack that the search could not find among the free moves of an agent with enough votes", async () => {
    await deploy();
    const free = attacker({ name: ATTACKER, capital: { GOV: 500_000 }, only: ["dao.*"] });
    const result = await siege([free], {}, { runs: 1_000 });
    if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
    const { trace, certificate } = result.finding;
    const steps = trace.steps.map((step) => (step.kind === "call" ? step.function.name : step.kind));
    expect(steps).to.deep.equal(["propose", "castVote", "queue", "execute"]);
    expect([certificate?.kind, result.explored.executor, result.discarded]).to.deep.equal(["1-minimal", "batched", 0]);
  });

  it("checks its options", async () => {
    await failsWith("INVALID_OPTION", () => robber({ prize: -1 }));
    await failsWith("INVALID_OPTION", () => robber({ resale: 1.1 }));
    await failsWith("INVALID_OPTION", () => robber({ votes: 3 } as never));
    await deploy();
    await failsWith("INVALID_OPTION", () => siege([robber({ proposal: "steal" })]));
  });
});
