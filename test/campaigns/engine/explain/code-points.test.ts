import type { ViolationResult } from "../../../../src/types.js";

import path from "node:path";

import { expect } from "chai";

import { readReproduction } from "../../../../src/engine/reproduction/store.js";
import { deployCoupledVault } from "../../../fixtures/coupled-vault.js";
import { fallInSilence, spotPriceManipulation } from "../../../fixtures/scenarios.js";
import { deploySpotLendingVault } from "../../../fixtures/spot-lending-vault.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { undone } from "../../../helpers/twin.js";

describe("the code behind a finding", () => {
  const opened = siegeForkForSuite();

  async function broken(explain?: boolean): Promise<ViolationResult> {
    const fork = opened();
    const { siege } = fork.connection;
    const vault = await deployCoupledVault(fork, "flawed");
    const result = await siege.run(
      vault,
      siege.scenario(fallInSilence(fork)),
      explain === undefined ? {} : { explain },
    );
    if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
    return result;
  }

  it("is named with its line, the survivors that execute it, and what opens it", async () => {
    const { finding, cost } = await broken();
    const { code = [] } = finding;
    const planted = code.find(({ contract, function: name }) => contract === "CoupledVault" && name === "price");
    expect(planted, JSON.stringify(code)).to.deep.include({
      file: "contracts/test-fixtures/CoupledVault.sol",
      excerpt: "return FeedPrice.latest(feed);",
    });
    // the deposit alone, the loan without a deposit, a feed that speaks, no fall, and a fall that is too small
    expect(planted?.survivors?.of).to.equal(5);
    expect(code.some(({ opens }) => opens === "ETH feed publishes nothing for 4 blocks")).to.equal(true);
    expect(code.map(({ score }) => score)).to.deep.equal(code.map(({ score }) => score).sort((a, b) => b - a));
    expect(cost.explaining?.runs).to.equal(6);
  });

  it("is in the reproduction", async () => {
    const { finding } = await broken();
    const file = path.resolve(opened().reproductions, path.basename(finding.reproduction ?? ""));
    expect((await readReproduction(file)).finding.code).to.deep.equal(finding.code);
  });

  it("is left out if nobody wants it, as is the run from event to event", async () => {
    const { finding, cost } = await broken(false);
    for (const part of ["code", "cascade", "timeline"]) expect(finding).not.to.have.property(part);
    expect(cost).not.to.have.property("explaining");
  });

  it("changes nothing else", async () => {
    // at the same address, without the other's reproduction
    const explained = await undone(opened(), () => broken());
    await opened().forget();
    const plain = await broken(false);
    // the run from event to event explains, too
    const { code: _code, cascade: _cascade, timeline: _timeline, ...rest } = explained.finding;
    expect(rest).to.deep.equal(plain.finding);
    expect(explained.cost.totalRuns).to.equal(plain.cost.totalRuns);
  });

  it("is the same however often it is looked for", async () => {
    const fork = opened();
    const { siege } = fork.connection;
    const vault = await deploySpotLendingVault(fork, "flawed");
    const scenario = siege.scenario(spotPriceManipulation(fork));
    const runs = [await siege.run(vault, scenario), await siege.run(vault, scenario)];
    const [one, other] = runs.map((result) => (result.kind === "violation" ? result.finding.code : undefined));
    expect(one).to.be.an("array").that.is.not.empty;
    expect(other).to.deep.equal(one);
  });
});
