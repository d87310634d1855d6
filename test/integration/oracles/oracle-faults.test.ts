import { expect } from "chai";

import {
  besiegeFeedVault,
  deployFeedVault,
  faultyFeeds,
  FEED_VAULTS,
  longer,
  otherKinds,
} from "../../fixtures/feed-vaults.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";
import { survivesItsSiblingsTrace, undone } from "../../helpers/twin.js";

/** Every kind of fault, each of which only one flaw gives way to. More seeds, whole budgets, and every other kind: test/deep. */
describe("faults of oracles", () => {
  const theFork = siegeForkForEach();

  for (const fixture of FEED_VAULTS) {
    const { name, kind, steps } = fixture;
    it(`"${kind}" breaks ${name} (seed 1), and neither that trace nor any kind breaks its twin`, async () => {
      const fork = theFork();
      const { siege } = fork.connection;
      await undone(fork, async () => {
        const result = await besiegeFeedVault(fork, fixture, { name, kinds: [longer(kind)], seed: 1 });
        if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
        const { finding } = result;
        expect(finding.trace.steps.length).to.be.at.most(steps);
        const faults = finding.trace.steps.filter((step) => step.kind === "oracle").map(({ fault }) => fault);
        expect(faults).to.deep.equal([kind]);
        expect((await siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");
      });
      const twin = await deployFeedVault(fork, "FeedVault", fixture.maxAge);
      const kinds = [longer(kind), ...otherKinds({ kind, also: [] })];
      const scenario = siege.scenario(faultyFeeds(fork, twin, fixture, kinds));
      await survivesItsSiblingsTrace(fork, { target: twin, scenario, sibling: name });
    });
  }
});
