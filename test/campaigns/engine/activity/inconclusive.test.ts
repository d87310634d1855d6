import type { Agent } from "../../../../src/agents/agent.js";
import type { Condition } from "../../../../src/conditions/condition.js";
import type { ScenarioDefinition } from "../../../../src/scenario/scenario.js";
import type { CampaignResult, Target } from "../../../../src/types.js";

import { expect } from "chai";
import { parseAbi } from "viem";

import { attacker } from "../../../../src/agents/attacker.js";
import { retail } from "../../../../src/agents/retail.js";
import { defineCondition } from "../../../../src/conditions/condition.js";
import { invariants } from "../../../../src/conditions/invariants.js";
import { solvent } from "../../../../src/conditions/solvent.js";
import { sound } from "../../../../src/conditions/sound.js";
import { unprofitableToAttack } from "../../../../src/conditions/unprofitable-to-attack.js";
import { aaveV3 } from "../../../../src/protocols/index.js";
import { constant, read } from "../../../../src/protocols/read-plan.js";
import { fixtureArtifact } from "../../../fixtures/artifact.js";
import { failsWith } from "../../../helpers/errors.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { runsOf } from "../../../helpers/twin.js";
import { poolAbi } from "../../../mini-mainnet/abis.js";

const RUNS = runsOf(40);

type Deployed = Extract<Target, { readonly abi: unknown }>;

/** A campaign that found nothing because nothing was tried must not pass. */
describe("an inconclusive siege", () => {
  const theFork = siegeForkForSuite();

  async function deploy(name: string, args: readonly unknown[] = []): Promise<Deployed> {
    const artifact = await fixtureArtifact(name);
    const address = await theFork().deploy(artifact, args);
    return { name, address, abi: artifact.abi };
  }

  async function lay(
    target: Target,
    conditions: readonly Condition[],
    agents: readonly Agent[] = [attacker({ capital: { USDC: 1_000 } })],
    more: Partial<ScenarioDefinition> = {},
  ): Promise<CampaignResult> {
    const { siege } = theFork().connection;
    const assets = { USDC: { price: 1, token: theFork().addresses.usdc } };
    const scenario = siege.scenario({ name: "calls", blocks: 8, assets, agents, conditions, ...more });
    return siege.run(target, scenario, { runs: RUNS });
  }

  function codesOf(result: CampaignResult): readonly string[] {
    return result.kind === "inconclusive" ? result.doubts.map(({ code }) => code) : [result.kind];
  }

  it("is one whose calls of the target all revert; the report says which, how often and why", async () => {
    const target = await deploy("AllowListedLedger");
    const result = await lay(target, [invariants(target)]);
    expect(codesOf(result)).to.deep.equal(["NOT_EXERCISED"]);
    if (result.kind !== "inconclusive") return;
    expect(result.doubts[0]?.message).to.match(
      /^No call that changes the state of AllowListedLedger succeeded: \w+ was tried [\d,]+ times: NotListed\(…\); /,
    );
    const own = result.activity.calls.filter(({ function: called }) => called.startsWith("target."));
    expect(own.map(({ function: called, succeeded }) => [called, succeeded])).to.have.deep.members([
      ["target.enter", 0],
      ["target.list", 0],
    ]);
  });

  it("is not one whose target is open to anyone", async () => {
    const target = await deploy("OpenLedger");
    expect(codesOf(await lay(target, [invariants(target)]))).to.deep.equal(["survived"]);
  });

  it("is one whose agents call neither the target nor a contract that a condition reads", async () => {
    const target = await deploy("OpenLedger");
    const result = await lay(target, [invariants(target)], [attacker({ capital: { USDC: 1_000 }, only: ["USDC.*"] })]);
    expect(codesOf(result)).to.deep.equal(["NOT_EXERCISED"]);
  });

  it("is not one whose target is what users call, of a contract that a condition reads", async () => {
    const ledger = await deploy("OpenLedger");
    const entry = await deploy("LedgerEntry", [ledger.address]);
    const { siege } = theFork().connection;
    const assets = { USDC: { price: 1, token: theFork().addresses.usdc } };
    const scenario = siege.scenario({
      name: "through the entry",
      blocks: 8,
      assets,
      agents: [attacker({ capital: { USDC: 1_000 } })],
      conditions: [invariants(ledger)],
    });
    // the entry is what agents call; the condition reads the ledger
    expect(codesOf(await siege.run(entry, scenario, { runs: RUNS }))).to.deep.equal(["survived"]);
  });

  it("is one in which a condition is not judged after more than a tenth of the blocks", async () => {
    const target = await deploy("BrickableVault");
    const result = await lay(target, [solvent({ asset: "USDC" })]);
    expect(codesOf(result)).to.deep.equal(["NOT_JUDGED"]);
    if (result.kind !== "inconclusive") return;
    expect(result.doubts[0]?.message).to.match(
      /^solvent could not be judged after \d+ % of the blocks: totalAssets\(\) reverts\.$/,
    );
    const [{ judged, failed } = { judged: 0, failed: 0 }] = result.activity.conditions;
    expect(judged + failed).to.equal(RUNS * 8);
    expect(failed).to.be.above((RUNS * 8) / 10);
  });

  it("is one in which a view that a condition reads comes to revert; before the siege that is an error", async () => {
    const target = await deploy("BrickableVault");
    const reading = (functionName: "nothing" | "totalAssets"): Condition =>
      defineCondition<undefined, bigint>({
        id: "funded",
        observe: () =>
          read({
            address: target.address,
            abi: parseAbi([
              "function totalAssets() view returns (uint256)",
              "function nothing() view returns (uint256)",
            ]),
            functionName,
          }),
        judge: ({ reading: now, start }) => (now < start ? "less than at the start" : undefined),
      });
    const result = await lay(target, [reading("totalAssets")]);
    expect(codesOf(result)).to.deep.equal(["NOT_JUDGED"]);
    expect(result.kind === "inconclusive" ? result.doubts[0]?.message : "").to.match(
      /^funded could not be judged after \d+ % of the blocks: totalAssets\(\) of 0x\w+ reverted\.$/,
    );
    const error = await failsWith("CONDITION_FAILED", () => lay(target, [reading("nothing")]));
    expect(error.summary).to.match(
      /^The condition "funded" reads what cannot be read before the siege: nothing\(\) of 0x\w+ reverted\.$/,
    );
  });

  it("is not one whose condition is always judged", async () => {
    const target = await deploy("BrickableVaultFixed");
    const result = await lay(target, [solvent({ asset: "USDC" })]);
    expect(codesOf(result)).to.deep.equal(["survived"]);
    expect(result.activity.conditions).to.deep.equal([
      { condition: "solvent", judged: RUNS * 8, failed: 0, nothing: 0, stuck: 0, closest: 0 },
    ]);
  });

  it("is one whose calls succeed and change nothing: deposits of nothing, and permissions", async () => {
    const target = await deploy("ClosedLedger");
    const result = await lay(target, [invariants(target)]);
    expect(codesOf(result)).to.deep.equal(["NOT_EXERCISED"]);
    expect(result.kind === "inconclusive" ? result.doubts[0]?.message : "").to.match(
      /^No call that changes the state of ClosedLedger succeeded: .*deposit succeeded [\d,]+ times and changed nothing/,
    );
    const allowed = result.activity.calls.find(({ function: called }) => called === "target.setApprovalForAll");
    expect(allowed?.succeeded).to.be.above(0);
    const open = await deploy("CappedLedger");
    expect(codesOf(await lay(open, [invariants(open)]))).to.deep.equal(["survived"]);
  });

  it("is one whose target only takes coin, whatever function it comes with", async () => {
    const abi = parseAbi([
      "function deposit() payable",
      "function withdraw(uint256 amount)",
      "fallback() external payable",
      "receive() external payable",
    ]);
    const agents = [attacker({ capital: { USDC: 1_000 }, native: 10 })];
    const hole = { ...(await deploy("CoinHole")), abi };
    expect(codesOf(await lay(hole, [unprofitableToAttack()], agents))).to.deep.equal(["NOT_EXERCISED"]);
    for (const what of ["CoinCounter", "CoinPipe"]) {
      const other = { ...(await deploy(what)), abi };
      expect(codesOf(await lay(other, [unprofitableToAttack()], agents)), what).to.deep.equal(["survived"]);
    }
  });

  it("is one in which debts of nothing are repaid, whatever interest is booked with it", async () => {
    const closed = await deploy("ClosedLoanDesk", [theFork().addresses.usdc]);
    const result = await lay(closed, [invariants(closed)]);
    expect(codesOf(result)).to.deep.equal(["NOT_EXERCISED"]);
    expect(result.kind === "inconclusive" ? result.doubts[0]?.message : "").to.match(
      /repay succeeded [\d,]+ times and changed nothing/,
    );
    const open = await deploy("OpenLoanDesk", [theFork().addresses.usdc]);
    expect(codesOf(await lay(open, [invariants(open)]))).to.deep.equal(["survived"]);
  });

  it("is one at the end of whose runs a condition can no longer be judged, however few blocks that are", async () => {
    const target = await deploy("HidingVault");
    // it opens in the last of its blocks; a pause would make it more of them
    const result = await lay(target, [solvent({ asset: "USDC" })], undefined, { blocks: 12, pauses: { most: 0 } });
    expect(codesOf(result)).to.deep.equal(["NOT_JUDGED"]);
    const [condition] = result.activity.conditions;
    expect(condition?.failed).to.be.within(1, (RUNS * 12) / 10);
    expect(result.kind === "inconclusive" ? result.doubts[0]?.message : "").to.match(
      /^solvent could no longer be judged at the end of (a run|\d+ runs) in which no oracle failed: totalAssets\(\) reverts\.$/,
    );
  });

  it("is one whose sound() applies to nothing", async () => {
    const target = await deploy("OpenLedger");
    const result = await lay(target, [sound()]);
    expect(codesOf(result)).to.deep.equal(["NOT_JUDGED"]);
    expect(result.kind === "inconclusive" ? result.doubts[0]?.message : "").to.equal(
      "sound had nothing to judge in any block: the target is not an ERC-4626 vault, and no protocol of the scenario reports a shortfall.",
    );
  });

  it("is one whose sound() judges what others owe, and not the target", async () => {
    const target = await deploy("OpenLedger");
    const { aaveV3: aave } = theFork().addresses;
    const more = { protocols: { aave: aaveV3(aave.addressesProvider) } };
    const result = await lay(target, [sound()], undefined, more);
    expect(codesOf(result)).to.deep.equal(["NOT_JUDGED"]);
    expect(result.kind === "inconclusive" ? result.doubts[0]?.message : "").to.equal(
      "sound had nothing to judge in any block: the target is not an ERC-4626 vault, and a shortfall is reported by aave alone, of which the target is no part.",
    );
    // the market itself is judged by it
    const pool = { name: "Pool", address: aave.pool, abi: poolAbi };
    const market = await lay(pool, [sound()], [attacker({ capital: { USDC: 1_000 } })], more);
    expect(codesOf(market)).to.deep.equal(["survived"]);
  });

  it("is one in which nothing happens", async () => {
    const target = await deploy("OpenLedger");
    expect(codesOf(await lay(target, [invariants(target)], []))).to.deep.equal(["NOTHING_HAPPENED"]);
  });

  it("loses to a violation: what breaks at the first block is broken", async () => {
    const target = await deploy("AllowListedLedger");
    const late = defineCondition<undefined, undefined>({
      id: "late",
      observe: () => constant(undefined),
      judge: ({ view }) => (view.block >= 2 ? "it is late" : undefined),
    });
    expect((await lay(target, [late])).kind).to.equal("violation");
  });

  describe("is refused beforehand where a name is wrong", () => {
    const wrong: readonly [what: string, agent: Agent, message: string, hint: string][] = [
      [
        "an only with a misspelt function",
        attacker({ only: ["target.entre"] }),
        '"only" of the agent "attacker" names "target.entre"',
        "target.enter",
      ],
      ["an except of another contract", attacker({ except: ["vault.enter"] }), '"except"', "target.enter"],
      [
        "an only of what an ordinary user does not do",
        retail({ only: ["target.enter"] }),
        '"only" of the agent "retail" names "target.enter", which an ordinary user does not call.',
        'call only deposit, mint, withdraw, redeem, supply, borrow, repay; user({ name: "retail", only: ["target.enter"] }) may call it',
      ],
      [
        "an only of a whole target that has nothing for an ordinary user",
        retail({ only: ["target.*"] }),
        '"target.*", which an ordinary user does not call.',
        "may call it",
      ],
      ["a wildcard that matches nothing", attacker({ only: ["*.entre"] }), '"*.entre"', "target.enter"],
      [
        "an except that takes away what only names",
        attacker({ only: ["target.enter"], except: ["target.*"] }),
        "has no moves:",
        "target.enter",
      ],
    ];
    for (const [what, agent, message, hint] of wrong) {
      it(what, async () => {
        const target = await deploy("OpenLedger");
        const error = await failsWith("UNKNOWN_ACTION", () => lay(target, [invariants(target)], [agent]));
        expect(error.message).to.include(message);
        expect(error.hint).to.include(hint);
      });
    }

    it("an only of what no agent calls", async () => {
      const { address, abi } = await deploy("OpenLedger");
      const rate = { type: "function", name: "rate", stateMutability: "nonpayable", outputs: [] };
      const target = { address, abi: [...abi, { ...rate, inputs: [{ name: "value", type: "fixed128x18" }] }] };
      const agent = attacker({ only: ["target.rate"] });
      const error = await failsWith("UNKNOWN_ACTION", () => lay(target, [invariants(target)], [agent]));
      expect(error.message).to.include(
        '"target.rate", which no agent calls: values of type "fixed128x18" cannot be encoded.',
      );
    });

    it("an only of what nobody has, by an ordinary user", async () => {
      const target = await deploy("OpenLedger");
      const agent = retail({ only: ["target.leave"] });
      const error = await failsWith("UNKNOWN_ACTION", () => lay(target, [invariants(target)], [agent]));
      expect(error.message).to.include('"target.leave", which is no action that it could make.');
    });
  });
});
