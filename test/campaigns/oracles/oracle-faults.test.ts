import type { FeedVaultFixture } from "../../fixtures/feed-vaults.js";

import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { deployFeedVault, faultyFeeds, feedVaultSettings, longer, otherKinds } from "../../fixtures/feed-vaults.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";
import { survivesItsSiblingsTrace } from "../../helpers/twin.js";

/** What every vault is called here: a campaign starts with what was found in contracts of its target's name. */
const NAME = "a vault with feeds";

/** Every kind of fault, each of which only one flaw gives way to. More seeds, whole budgets, and every other kind: test/deep. */
describe("faults of oracles", () => {
  const theFork = siegeForkForEach();

  for (const [setting, fixtures] of feedVaultSettings()) {
    describe(setting, () => {
      /** Reproductions by their files' names. */
      const found = new Map<string, string>();

      for (const fixture of fixtures) {
        const { kind, steps } = fixture;
        it(`"${kind}" breaks ${fixture.name} (seed 1)`, async () => {
          const { siege } = theFork().connection;
          const result = await siege.run(...(await besieged(fixture, fixture.name, [longer(kind)])), { seed: 1 });
          if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
          const { finding } = result;
          expect(finding.trace.steps.length).to.be.at.most(steps);
          const faults = finding.trace.steps.filter((step) => step.kind === "oracle").map(({ fault }) => fault);
          expect(faults).to.deep.equal([kind]);
          const { reproduction = "" } = finding;
          expect((await siege.replay(reproduction)).kind).to.equal("violation");
          found.set(path.basename(reproduction), await readFile(reproduction, "utf8"));
        });
      }

      it("none of these traces breaks the vaults' twin, and no kind of fault", async () => {
        expect(found.size).to.equal(fixtures.length);
        const { reproductions } = theFork();
        await mkdir(reproductions, { recursive: true });
        for (const [file, text] of found) await writeFile(path.join(reproductions, file), text);
        // a price is wrong without bounds only where it is the kind that breaks a sibling
        const fixture = fixtures.find((one) => one.kind === "wrong") ?? fixtures[0]!;
        const { kind } = fixture;
        const kinds = [longer(kind), ...otherKinds({ kind, also: [] })];
        const [target, scenario] = await besieged(fixture, "FeedVault", kinds);
        const result = await survivesItsSiblingsTrace(theFork(), { target, scenario, sibling: NAME });
        expect(result.replayed.surviving).to.have.members([...found.keys()]);
      });
    });
  }

  /** A vault, called as all of them are, and the faults of these kinds. */
  async function besieged(fixture: FeedVaultFixture, contract: string, kinds: Parameters<typeof faultyFeeds>[3]) {
    const vault = await deployFeedVault(theFork(), contract, fixture.maxAge);
    const { siege } = theFork().connection;
    return [{ ...vault, name: NAME }, siege.scenario(faultyFeeds(theFork(), vault, fixture, kinds))] as const;
  }
});
