import type { CampaignResult } from "../../src/types.js";
import type { OracleFaultKind } from "../../src/market/oracle-faults.js";
import type { OracleFaultOptions } from "../../src/scenario/scenario.js";
import type { FeedVaultFixture } from "../fixtures/feed-vaults.js";
import type { SiegeFork } from "../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../mini-mainnet/fork-source.js";

import { readFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { FEED_VAULTS, deployFeedVault, faultyFeeds, longer, otherKinds } from "../fixtures/feed-vaults.js";
import { createSiegeFork } from "../helpers/siege-fork.js";
import { miniMainnetSource } from "../mini-mainnet/fork-source.js";

const SEEDS = [1, 2];

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
    { name, kinds, seed }: { name: string; kinds: readonly (OracleFaultKind | OracleFaultOptions)[]; seed: number },
  ): Promise<CampaignResult> {
    const { siege } = fork.connection;
    const vault = await deployFeedVault(fork, name, fixture.maxAge);
    return siege.run(vault, siege.scenario(faultyFeeds(fork, vault, fixture, kinds)), { seed });
  }

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
        const file = finding.reproduction ?? "";
        expect((await siege.replay(file)).kind).to.equal("violation");
        expect(JSON.parse(await readFile(path.resolve(file), "utf8"))).to.have.property("status", "minimal");
      });
    }

    it(`no other kind breaks ${name} where "${kind}" does`, async () => {
      const result = await lay(fixture, { name, kinds: otherKinds(fixture), seed: 1 });
      expect(result.kind).to.equal("survived");
    });

    it(`"${kind}" does not break the twin of ${name}, nor do the others with it`, async () => {
      const result = await lay(fixture, { name: "FeedVault", kinds: [longer(kind), ...otherKinds(fixture)], seed: 1 });
      expect(result.kind).to.equal("survived");
    });
  }
});
