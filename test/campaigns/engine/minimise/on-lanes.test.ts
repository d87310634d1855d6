import type { TraceStep } from "../../../../src/engine/events/trace.js";
import type { Player } from "../../../../src/engine/run/player.js";
import type { Found } from "../../../../src/engine/search/found.js";
import type { Minimised } from "../../../helpers/minimised.js";

import { expect } from "chai";

import { attacker } from "../../../../src/agents/attacker.js";
import { invariants } from "../../../../src/conditions/invariants.js";
import { genomeSource } from "../../../../src/engine/search/genome-source.js";
import { FIXTURES } from "../../../fixtures/all.js";
import { fixtureArtifact } from "../../../fixtures/artifact.js";
import { firstOf, minimised } from "../../../helpers/minimised.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";

describe("minimising on lanes in the Solidity test runner", () => {
  const theFork = siegeForkForSuite();

  // the one that breaks by a hair where nobody pays for gas; all of them in test/deep
  it("ends as with one transaction per call, to the byte, whatever the number of lanes", async () => {
    const fixture = FIXTURES.find(({ name }) => name === "OptionsVault")!;
    const fork = theFork();
    const target = await fixture.deploy(fork, "flawed");
    const on = (lanes: number): Promise<Minimised> =>
      minimised(fork, target, fixture.scenario(fork, target), { lanes, found: firstOf(1) });
    const [asTransactions, one, two] = [await on(0), await on(1), await on(2)];
    expect(asTransactions.commands).to.equal(0);
    expect(one.commands).to.be.above(one.runs);
    expect(one.explored).to.deep.equal(asTransactions.explored);
    expect(one.finding).to.deep.equal(asTransactions.finding);
    expect({ ...two, commands: 0 }).to.deep.equal({ ...one, commands: 0 });
  });

  describe("that behave differently there", () => {
    type Calls = readonly (readonly [string, ...bigint[]])[];

    /** Deploys a contract. Returns what minimises calls of it, one a block, on so many lanes. */
    async function callsOf(
      contract: string,
      calls: Calls,
    ): Promise<(lanes: number, endsAt?: number) => Promise<Minimised>> {
      const { abi, bytecode } = await fixtureArtifact(contract);
      const fork = theFork();
      const address = await fork.deploy({ abi, bytecode }, []);
      const target = { address, abi, name: contract, accounts: {} };
      const steps = calls.map(([name, ...args], index): TraceStep => {
        const item = abi.find((one) => one.type === "function" && one.name === name);
        if (item?.type !== "function") throw new Error(name);
        const ordinary = { agent: "attacker", value: 0n, tip: 1_000_000_000n, gas: 2_000_000n, note: undefined };
        return { kind: "call", block: index + 1, to: address, function: item, args, ...ordinary };
      });
      const found = async (player: Player): Promise<Found> => {
        const outcome = await player.trace({ steps, blocks: steps.length });
        if (outcome.kind !== "violation") throw new Error(outcome.kind);
        const { violation, trace: original } = outcome;
        const genome = genomeSource(player.world, 1)(0);
        return { violation, original, plays: "trace", also: [], genome, seed: 1, run: 1 };
      };
      const scenario = {
        name: "orders",
        blocks: 8,
        assets: { USDC: { price: 1, token: fork.addresses.usdc } },
        agents: [attacker({ capital: { USDC: 1_000 } })],
        conditions: [invariants(target)],
      };
      return (lanes, endsAt) =>
        minimised(fork, target, scenario, { lanes, found, ...(endsAt === undefined ? {} : { endsAt }) });
    }

    const made = ({ finding }: Minimised): readonly unknown[] =>
      finding.trace.steps.map((step) => (step.kind === "call" ? [step.function.name, ...step.args] : step.kind));

    it("takes nothing for smaller that is not as transactions", async () => {
      const on = await callsOf("RoundOrders", [["open"], ["serve", 7n], ["serve", 3_456_789n]]);
      const onLane = await on(1);
      expect(made(onLane)).to.deep.equal([["open"], ["serve", 13_000n]]);
      expect(onLane.finding).to.deep.equal((await on(0)).finding);
      expect(onLane.explored.minimisedAsTransactions).to.equal(undefined);
    });

    it("minimises again with one transaction per call if a lane ends", async () => {
      const on = await callsOf("RoundOrders", [["open"], ["serve", 7n], ["serve", 3_456_789n]]);
      const { finding, explored } = await on(2, 60);
      expect(finding).to.deep.equal((await on(0)).finding);
      expect(explored.minimisedAsTransactions).to.include("A lane in the Solidity test runner ended");
    });

    it("minimises again with one transaction per call if a step is only needed there, and says so", async () => {
      const on = await callsOf("WaitingOrders", [["open"], ["wait"], ["serve"]]);
      const onLane = await on(1);
      expect(made(onLane)).to.deep.equal([["open"], ["serve"]]);
      expect(onLane.finding).to.deep.equal((await on(0)).finding);
      expect(onLane.explored.minimisedAsTransactions).to.equal("a step that seemed to be needed is not needed then");
    });
  });
});
