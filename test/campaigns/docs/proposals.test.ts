import type { Address } from "viem";

import type { Scenario } from "../../../src/scenario/scenario.js";
import type { ProposalResult, Siege, Target } from "../../../src/types.js";

import { expect } from "chai";

import { person } from "../../fixtures/give.js";
import { deployOwnedVault, ownedLending } from "../../fixtures/owned-vault.js";
import { textOf } from "../../helpers/documentation.js";
import { documentedCode } from "../../helpers/documented-code.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

/** What docs/proposals.md exports. */
interface Documented {
  judged(siege: Siege, vault: Target, scenario: Scenario, at: Address, owner: Address): Promise<ProposalResult>;
}

describe("docs/proposals.md", () => {
  const theFork = siegeForkForSuite();

  it("judges the proposal as it prints", async () => {
    const code = (await documentedCode("docs/proposals.md")) as unknown as Documented;
    const { siege } = theFork().connection;
    const owner = await person(theFork(), "vault owner");
    const vault = await deployOwnedVault(theFork(), "flawed", { by: owner });
    const scenario = siege.scenario(ownedLending(theFork()));
    const { log } = console;
    const lines: string[] = [];
    console.log = (text: string) => void lines.push(...text.split("\n"));
    try {
      await code.judged(siege, vault, scenario, vault.address, owner);
    } finally {
      console.log = log;
    }
    if (process.env.SIEGE_PRINT) console.log(lines.join("\n"));
    // but for the seconds, and the place and the hashes of files
    for (const line of lines.filter((one) => !/siege replay| s\. /.test(one))) {
      expect(textOf("docs/proposals.md")).to.include(`${line}\n`);
    }
  });
});
