import type { OracleFaultKind } from "../../../src/oracles/faults.js";
import type { OracleFaultOptions } from "../../../src/scenario/scenario.js";
import type { CampaignOptions, CampaignResult } from "../../../src/types.js";
import type { FeedVaultFixture } from "../../fixtures/feed-vaults.js";
import type { SiegeFork } from "../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../mini-mainnet/fork-source.js";

import { readFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { deployFeedVault, faultyFeeds, FEED_VAULTS, longer, otherKinds } from "../../fixtures/feed-vaults.js";
import { createSiegeFork } from "../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

const SEEDS = Array.from({ length: Number(process.env.SIEGE_SEEDS ?? 1) }, (_value, index) => index + 1);

/** Every kind of fault, each of which only one flaw gives way to. */
describe("faults of oracles", () => {
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

  async function lay(
    fixture: FeedVaultFixture,
    asked: Pick<CampaignOptions, "seed" | "lanes" | "executor"> & {
      readonly name: string;
      readonly kinds: readonly (OracleFaultKind | OracleFaultOptions)[];
    },
  ): Promise<CampaignResult> {
    const { name, kinds, ...options } = asked;
    const { siege } = fork.connection;
    const vault = await deployFeedVault(fork, name, fixture.maxAge);
    return siege.run(vault, siege.scenario(faultyFeeds(fork, vault, fixture, kinds)), options);
  }

  it("are found the same, to the last byte of the reproduction, on any lanes and with either executor", async () => {
    const fixture = FEED_VAULTS.find(({ kind }) => kind === "phase")!;
    const files: string[] = [];
    for (const options of [{ lanes: 1 }, { lanes: 2 }, { executor: "faithful" as const }]) {
      const result = await lay(fixture, { name: fixture.name, kinds: ["phase", "zero", "down"], seed: 1, ...options });
      if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
      const file = path.resolve(fork.hre.config.paths.root, result.finding.reproduction ?? "");
      files.push(await readFile(file, "utf8"));
      await fork.close();
      fork = await createSiegeFork(source);
    }
    expect(files[1]).to.equal(files[0]);
    expect(files[2]).to.equal(files[0]);
  });

  for (const fixture of FEED_VAULTS) {
    const { name, kind, steps } = fixture;
    for (const seed of SEEDS) {
      it(`"${kind}" breaks ${name} (seed ${seed})`, async () => {
        const result = await lay(fixture, { name, kinds: [longer(kind)], seed });
        if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
        const { finding } = result;
        expect(finding.trace.steps.length).to.be.at.most(steps);
        const faults = finding.trace.steps.filter((step) => step.kind === "oracle").map(({ fault }) => fault);
        expect(faults).to.deep.equal([kind]);
        const { siege } = fork.connection;
        expect((await siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");
      });
    }

    it(`no other kind breaks ${name} where "${kind}" does`, async () => {
      const result = await lay(fixture, { name, kinds: otherKinds(fixture), seed: 1 });
      expect(result.kind).to.equal("survived");
    });
  }

  // the flawed vaults share one twin; where they share a scenario, too, they share a campaign
  const settings = new Map(
    FEED_VAULTS.map((fixture) => [`ether ${fixture.market}, ${fixture.oracles.join()} ${fixture.maxAge}`, fixture]),
  );
  for (const [setting, fixture] of settings) {
    it(`no kind breaks the twin (${setting})`, async () => {
      const { kind } = fixture;
      const kinds = [longer(kind), ...otherKinds({ kind, also: [] })];
      const result = await lay(fixture, { name: "FeedVault", kinds, seed: 1 });
      expect(result.kind).to.equal("survived");
    });
  }
});
