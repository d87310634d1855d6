import type { FoundToExport } from "../../helpers/exported.js";
import type { ForgeProject } from "../../helpers/forge.js";

import { expect } from "chai";

import { deployInflatableVault } from "../../fixtures/inflatable-vault.js";
import { firstDeposit } from "../../fixtures/scenarios.js";
import { failsWith } from "../../helpers/errors.js";
import { exportOf } from "../../helpers/exported.js";
import { forgeBinary, forgeProject } from "../../helpers/forge.js";
import { createSiegeFork } from "../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

const forge = forgeBinary();

/** One fixture; all of them: test/deep/report/foundry.test.ts. */
describe("the Foundry export under forge", () => {
  let found: FoundToExport;
  let project: ForgeProject | undefined;

  before(async function () {
    // `npm --prefix bench ci` installs it
    if (forge === undefined) this.skip();
    const source = await miniMainnetSource();
    const fork = await createSiegeFork(source);
    found = await exportOf(fork, {
      name: "InflatableVault",
      runs: 200,
      prepare: async (on, variant) => {
        const target = await deployInflatableVault(on, variant);
        return { target, scenario: on.connection.siege.scenario(firstDeposit(on, target)) };
      },
    });
    await failsWith("NO_CODE", () => fork.connection.siege.exportFoundry(found.file, { fix: fork.account }));
    await fork.close();
    await source.close();
    const { text } = found;
    const other = text.replace(/_same\((.*), (\d[\d_]*)\)/, (_all, read: string) => `_same(${read}, 1)`);
    // what only a fix reads was not asked for when the file was written
    const missing = text.replace(/^ *_slot\(USDC, .*\n/gm, "");
    expect([other, missing]).to.not.include(text);
    project = await forgeProject(
      forge,
      new Map([
        ["Siege.t.sol", text],
        ["Other.t.sol", other],
        ["Missing.t.sol", missing],
      ]),
    );
  });
  after(() => project?.remove());

  it("fails as it was found, but not for another number than was recorded", async () => {
    const own = await project!.test();
    expect(own.get("Siege.t.sol")?.reason).to.equal(found.verdict);
    expect(own.get("Other.t.sol")?.reason).to.match(/^INEXACT: a view returns \d+, and returned 1$/);
  });

  it("passes with the twin's code, but not for want of state that it reads", async () => {
    const fixed = await project!.test(undefined, { SIEGE_FIX: found.fix });
    expect(fixed.get("Siege.t.sol")).to.deep.equal({ status: "Success", reason: undefined });
    expect(fixed.get("Missing.t.sol")?.reason).to.match(
      /^MISSING STATE: slot 0x[0-9a-f]{64} of 0x[0-9a-fA-F]{40} is read/,
    );
  });
});
