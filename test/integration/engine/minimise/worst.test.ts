import { readFile } from "node:fs/promises";

import { expect } from "chai";

import { quantity } from "../../../../src/conditions/index.js";
import { fromJson } from "../../../../src/engine/json.js";
import { harmIn, harmText } from "../../../../src/engine/minimise/harm-in-evidence.js";
import { Player } from "../../../../src/engine/run/player.js";
import { openWorld } from "../../../../src/engine/world/world.js";
import { renderFailure } from "../../../../src/report/terminal.js";
import { buildScenario } from "../../../../src/scenario/build/build-scenario.js";
import { deployInflatableVault } from "../../../fixtures/inflatable-vault.js";
import { firstDeposit } from "../../../fixtures/scenarios.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";

describe("the worst of a finding", () => {
  const theFork = siegeForkForSuite();

  it("does more harm with the same steps, again when it is played, and is in the report and in the file", async () => {
    const { siege, provider } = theFork().connection;
    const vault = await deployInflatableVault(theFork(), "flawed");
    const definition = firstDeposit(theFork(), vault);
    const result = await siege.run(vault, siege.scenario(definition), { seed: 3 });
    if (result.kind !== "violation") throw new Error(result.kind);
    const { worst, violation, trace, reproduction } = result.finding;
    if (worst === undefined) throw new Error("no worst");
    const name = (step: (typeof trace.steps)[number]): string =>
      step.kind === "call" ? step.function.name : step.kind;
    expect(worst.trace.steps.map(name)).to.deep.equal(trace.steps.map(name));
    expect(worst.violation.cause).to.equal(violation.cause);
    // the saver's deposit, all of it, instead of a little more than what is allowed
    expect(harmIn(violation.evidence)).to.be.lessThan(1_000);
    expect(harmIn(worst.violation.evidence)).to.be.greaterThan(20_000);

    const world = await openWorld(
      { provider, impersonated: new Set(), intervalMining: 0 },
      vault,
      buildScenario(definition),
    );
    try {
      const outcome = await new Player(world, () => undefined).trace(worst.trace);
      expect(outcome.kind === "violation" && outcome.violation).to.deep.equal(worst.violation);
    } finally {
      await world.close();
    }

    expect(renderFailure(result)).to.match(
      /^ {2}harm {7}at worst, with these steps, profit \$[\d,.]+; (deposit|transfer) pays /m,
    );
    const file = fromJson(await readFile(reproduction ?? "", "utf8")) as {
      readonly finding: { readonly worst: unknown };
    };
    expect(file.finding.worst).to.deep.include({ violation: worst.violation });
  });

  it("is what the evidence measures as harm; without a number there is none", () => {
    const evidence = (kind: string, value?: number) => ({
      summary: "",
      quantities: [
        value === undefined
          ? { kind, label: kind, text: "" }
          : { kind, label: kind, text: "", value, unit: "USD" as const },
      ],
    });
    expect(harmIn(evidence("bad debt", 5))).to.equal(5);
    expect(harmIn(evidence("loss", 5))).to.equal(5);
    expect(harmIn(evidence("assets", 5))).to.equal(undefined);
    expect(harmIn(evidence("profit"))).to.equal(undefined);
  });

  it("is said in a few words: the number, without the sentence around it", () => {
    const unit = { symbol: "USDC", decimals: 6 };
    const owed = [1, 2].map((each) =>
      quantity("value of shares", { value: 400_000_000n, unit }, `saver ${String(each)}`),
    );
    const summary =
      "saver 1 cannot redeem shares worth 400 USDC: redeem reverts, in every block since block 1, and 1 more";
    expect(harmText({ summary, quantities: owed })).to.equal("shares of saver 1 worth 400 USDC, no payout");
    const paid = quantity("payout", { value: 300_000_000n, unit }, "saver 1");
    expect(harmText({ summary, quantities: [...owed, paid] })).to.equal(
      "shares of saver 1 worth 400 USDC, payout 300 USDC",
    );
    const debt = quantity("bad debt", { value: 5, unit: "USD" });
    expect(harmText({ summary, quantities: [debt, ...owed] })).to.equal("bad debt $5.00");
  });
});
