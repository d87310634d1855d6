import type { CallStep, Finding, ScenarioDefinition } from "../../../../src/types.js";
import type { Fixture } from "../../../fixtures/fixture.js";

import { expect } from "chai";

import { attacker, defineAgent } from "../../../../src/agents/index.js";
import { invariants, unprofitableToAttack } from "../../../../src/conditions/index.js";
import { shock } from "../../../../src/market/index.js";
import { call, erc4626 } from "../../../../src/protocols/index.js";
import { deployVariant } from "../../../fixtures/fixture.js";
import { deployInflatableVault } from "../../../fixtures/inflatable-vault.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { isDeep, survivesItsSiblingsTrace, undone } from "../../../helpers/twin.js";

/** What the saver deposits, base units of USDC: its policy knows no other amount. */
const SAVINGS = 25_000_000_000n;

/** Units that a seller sells for each percent that ether has lost. */
const SALES = 100;

function callsOf({ trace }: Finding, agent: string): readonly CallStep[] {
  return trace.steps.flatMap((step) => (step.kind === "call" && step.agent === agent ? [step] : []));
}

describe("the calls of a policy in a minimal trace", () => {
  const theFork = siegeForkForSuite();

  async function broken(target: Fixture, definition: ScenarioDefinition, seed = 1): Promise<Finding> {
    const { siege } = theFork().connection;
    const result = await siege.run(target, siege.scenario(definition), { seed });
    if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
    expect((await siege.replay(result.finding.reproduction ?? "")).kind).to.equal("violation");
    return result.finding;
  }

  describe("that acts only from block 6 on, with one amount", () => {
    const saving = ({ address }: Fixture): ScenarioDefinition => ({
      name: "a saver with one amount",
      blocks: 15,
      assets: { USDC: { price: 1, token: theFork().addresses.usdc } },
      protocols: { vault: erc4626(address) },
      agents: [
        attacker({ capital: { USDC: 200_000 }, only: ["vault.deposit", "vault.donate"] }),
        defineAgent({
          role: "saver",
          capital: { USDC: 100_000 },
          act: ({ view, self, random, submit }) => {
            if (view.block <= 5 || random.next() < 0.5) return;
            const vault = view.at(erc4626);
            if (view.balance(vault.asset.address, self.address) >= SAVINGS) {
              submit(vault.deposit(SAVINGS, self.address));
            }
          },
        }),
      ],
      conditions: [unprofitableToAttack({ threshold: 50 })],
    });

    for (const seed of isDeep() ? [1, 2, 3] : [1]) {
      it(`are ones that it makes, seed ${seed}`, async () => {
        const fork = theFork();
        const finding = await undone(fork, async () => {
          const vault = await deployInflatableVault(fork, "flawed");
          return broken(vault, saving(vault), seed);
        });
        const saved = callsOf(finding, "saver");
        expect(saved).to.not.be.empty;
        for (const { block, args } of saved) {
          expect(block).to.be.at.least(6);
          expect(args[0]).to.equal(SAVINGS);
        }
        expect(finding.trace.steps.length).to.be.at.most(3);
        const twin = await deployInflatableVault(fork, "fixed");
        const scenario = fork.connection.siege.scenario(saving(twin));
        await survivesItsSiblingsTrace(fork, { target: twin, scenario, sibling: "InflatableVault" });
      });
    }
  });

  describe("that sells when the price falls", () => {
    const panic = (target: Fixture, delay: number): ScenarioDefinition => ({
      name: `a seller in a falling market, ${delay} blocks late`,
      blocks: 12,
      assets: {
        ETH: { token: theFork().addresses.weth, price: 2_000, process: shock({ drop: 0.6, between: [4, 8] }) },
      },
      agents: [
        defineAgent({
          role: "seller",
          act: ({ view, start, submit }) => {
            const lost = Math.floor((1 - view.price("ETH") / start.price("ETH")) * SALES);
            if (lost <= 0) return;
            const args = [BigInt(lost * SALES)];
            submit(call({ address: target.address, abi: target.abi, functionName: "sell", args }));
          },
        }),
      ],
      ...(delay === 0 ? {} : { mempool: { delay } }),
      conditions: [invariants(target)],
    });

    it("follow from the fall, and are smaller if the fall is smaller", async () => {
      const target = await deployVariant(theFork(), "OrderlySales", "flawed", []);
      const finding = await broken(target, panic(target, 0));
      const [fall] = finding.trace.steps;
      expect(fall?.kind, "without the fall it would not sell").to.equal("market");
      const sales = callsOf(finding, "seller");
      const lost = fall?.kind === "market" ? Math.floor((-fall.change / 1e6) * SALES) : 0;
      for (const { args } of sales) expect(args[0]).to.equal(BigInt(lost * SALES));
      const original = finding.original.steps.flatMap((step) => (step.kind === "call" ? [step.args[0] as bigint] : []));
      expect(sales[0]?.args[0], "less than in the run as found").to.satisfy(
        (sold: bigint) => sold < (original[0] ?? 0n),
      );
    });

    it("stay what and where they were if they cannot follow", async () => {
      const target = await deployVariant(theFork(), "OrderlySales", "flawed", []);
      const finding = await broken(target, panic(target, 2));
      const made = finding.original.steps.flatMap((step) =>
        step.kind === "call" ? [`${step.block} ${String(step.args[0])}`] : [],
      );
      for (const { block, args } of callsOf(finding, "seller")) expect(made).to.include(`${block} ${String(args[0])}`);
      expect(callsOf(finding, "seller")).to.not.be.empty;
    });

    it("do nothing to the twin", async () => {
      const fork = theFork();
      const target = await deployVariant(fork, "OrderlySales", "fixed", []);
      const { siege } = fork.connection;
      const result = await siege.run(target, siege.scenario(panic(target, 0)), { seed: 1, runs: 20 });
      expect(result.kind).to.equal("survived");
    });
  });
});
