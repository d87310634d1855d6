import { expect } from "chai";

import { besiegeFeedVault, FEED_VAULTS, feedVaultSettings, longer, otherKinds } from "../../fixtures/feed-vaults.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";
import { SEEDS } from "../seeds.js";

/** Many seeds of what test/campaigns/oracles/oracle-faults.test.ts has one of, and the whole budget for what survives. */
describe("faults of oracles", () => {
  const theFork = siegeForkForEach();

  for (const fixture of FEED_VAULTS) {
    const { name, kind, steps } = fixture;
    for (const seed of SEEDS) {
      it(`"${kind}" breaks ${name} (seed ${seed})`, async () => {
        const result = await besiegeFeedVault(theFork(), fixture, { name, kinds: [longer(kind)], seed });
        if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
        const { finding } = result;
        expect(finding.trace.steps.length).to.be.at.most(steps);
        const faults = finding.trace.steps.filter((step) => step.kind === "oracle").map(({ fault }) => fault);
        expect(faults).to.deep.equal([kind]);
        const { siege } = theFork().connection;
        expect((await siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");
      });
    }

    it(`no other kind breaks ${name} where "${kind}" does`, async () => {
      const result = await besiegeFeedVault(theFork(), fixture, { name, kinds: otherKinds(fixture), seed: 1 });
      expect(result.kind).to.equal("survived");
    });
  }

  for (const [setting, fixtures] of feedVaultSettings()) {
    it(`no kind breaks the twin (${setting})`, async () => {
      const fixture = fixtures.at(-1)!;
      const { kind } = fixture;
      const kinds = [longer(kind), ...otherKinds({ kind, also: [] })];
      const result = await besiegeFeedVault(theFork(), fixture, { name: "FeedVault", kinds, seed: 1 });
      expect(result.kind).to.equal("survived");
    });
  }
});
