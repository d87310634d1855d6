import { readFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { besiegeFeedVault, FEED_VAULTS } from "../../fixtures/feed-vaults.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";
import { undone } from "../../helpers/twin.js";

describe("faults of oracles", () => {
  const theFork = siegeForkForEach();

  it("are found the same, to the last byte of the reproduction, on any lanes and with either executor", async () => {
    const fixture = FEED_VAULTS.find(({ kind }) => kind === "phase")!;
    const fork = theFork();
    const files: string[] = [];
    for (const options of [{ lanes: 1 }, { lanes: 2 }, { executor: "faithful" as const }]) {
      const asked = { name: fixture.name, kinds: ["phase", "zero", "down"], seed: 1, ...options } as const;
      const result = await undone(fork, () => besiegeFeedVault(fork, fixture, asked));
      if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
      const file = path.resolve(fork.hre.config.paths.root, result.finding.reproduction ?? "");
      files.push(await readFile(file, "utf8"));
      await fork.forget();
    }
    expect(files[1]).to.equal(files[0]);
    expect(files[2]).to.equal(files[0]);
  });
});
