import type { Reproduction } from "../../../../src/engine/reproduction/reproduction.js";
import type { SiegeFork } from "../../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../../mini-mainnet/fork-source.js";

import { copyFile, mkdir, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { fromJson } from "../../../../src/engine/json.js";
import { replayReproduction } from "../../../../src/engine/reproduction/replay.js";
import { serialiseReproduction } from "../../../../src/engine/reproduction/reproduction.js";
import { playApart } from "../../../../src/plugin/play-apart.js";
import { spotPriceManipulation } from "../../../fixtures/scenarios.js";
import { deploySpotLendingVault } from "../../../fixtures/spot-lending-vault.js";
import { failsWith } from "../../../helpers/errors.js";
import { createSiegeFork } from "../../../helpers/siege-fork.js";
import { hardhat } from "../../../helpers/spawn.js";
import { ownMiniMainnetSource } from "../../../mini-mainnet/fork-source.js";

describe("a reproduction", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;
  let file: string;
  let text: string;

  before(async () => {
    source = await ownMiniMainnetSource();
    fork = await createSiegeFork(source);
    file = await find(fork);
    text = await readFile(file, "utf8");
  });

  // the mini mainnet is closed by the test that replays without it
  after(() => fork.close());

  /** Puts what was found where another fork's campaigns look for it. */
  async function saveIn(other: SiegeFork): Promise<string> {
    const copy = path.join(other.reproductions, path.basename(file));
    await mkdir(other.reproductions, { recursive: true });
    await copyFile(file, copy);
    return copy;
  }

  /** A modified copy with a valid checksum, as a forger would make it. */
  async function forged(name: string, change: (content: Reproduction) => Reproduction): Promise<string> {
    const copy = path.join(fork.reproductions, `${name}.json`);
    await writeFile(copy, serialiseReproduction(change(fromJson(text) as Reproduction)));
    return copy;
  }

  it("is the same for the same seed, byte for byte, in another process's fork", async () => {
    const other = await createSiegeFork(source);
    try {
      expect(await readFile(await find(other), "utf8")).to.equal(text);
    } finally {
      await other.close();
    }
  });

  it("is played first the next time, and is left unchanged", async () => {
    const other = await createSiegeFork(source);
    try {
      const first = await saveIn(other);
      const { siege } = other.connection;
      const vault = await deploySpotLendingVault(other, "flawed");
      const result = await siege.run(vault, siege.scenario(spotPriceManipulation(other)), { seed: 77 });
      if (result.kind !== "violation") throw new Error(result.kind);
      expect(result.finding.run).to.equal(0);
      expect(result.cost.runs).to.equal(0);
      expect(await readFile(first, "utf8")).to.equal(text);
    } finally {
      await other.close();
    }
  });

  it("breaks the target at its present address, but not its fixed twin", async () => {
    const other = await createSiegeFork(source);
    try {
      await saveIn(other);
      // an account that has sent something before deploys elsewhere
      await other.chain.send({ from: other.account, to: other.account });
      const { siege } = other.connection;
      const elsewhere = await deploySpotLendingVault(other, "flawed");
      expect(elsewhere.address).to.not.equal((fromJson(text) as Reproduction).target.address);
      const again = await siege.run(elsewhere, siege.scenario(spotPriceManipulation(other)), { runs: 1 });
      expect(again.kind === "violation" && again.finding.run).to.equal(0);
      // the same contract to the project: only its code has changed
      const mended = { ...(await deploySpotLendingVault(other, "fixed")), name: "SpotLendingVault" };
      const fixed = await siege.run(mended, siege.scenario(spotPriceManipulation(other)), { runs: 20 });
      expect(fixed.kind).to.equal("survived");
      // the reproduction and the worst that it knows, the first run once as transactions, and the search
      expect(fixed.cost.totalRuns).to.equal(26);
    } finally {
      await other.close();
    }
  });

  it("has a TypeScript test beside it that replays it", async () => {
    const test = await readFile(file.replace(/\.json$/, ".test.ts"), "utf8");
    expect(test).to.include(path.basename(file)).and.to.include("siege.replay(");
    expect(test).to.include("SpotLendingVault.borrow");
  });

  it("holds the finding as data: every number of its evidence with its unit, beside the text", () => {
    const { finding } = fromJson(text) as Reproduction;
    const { quantities } = finding.violation.evidence;
    expect(quantities.map(({ kind, of, unit }) => [kind, of, unit])).to.deep.equal([
      ["bad debt", undefined, "USD"],
      ["debt", "attacker", "USD"],
      ["collateral", "attacker", "USD"],
    ]);
    const [badDebt, debt, collateral] = quantities.map(({ value }) => Number(value));
    expect(badDebt).to.be.closeTo(debt! - collateral!, 1e-9);
    // minimal: just above the dollar that the condition tolerates, and less than a thousandth of what was found
    expect(badDebt).to.be.within(1, 2);
    expect(finding.found.evidence.quantities[0]?.value).to.be.greaterThan(1_000 * badDebt!);
  });

  it("names a slot that was removed from its state", async () => {
    // Uniswap V2 keeps the reserves in slot 8
    const slot = `0x${"8".padStart(64, "0")}` as const;
    const pair = source.addresses.uniswapV2.usdcWeth.toLowerCase() as `0x${string}`;
    const copy = await forged("without-reserves", (content) => {
      const { hermetic } = content;
      const account = hermetic?.state.accounts[pair];
      if (hermetic === null || account === undefined) throw new Error("the pair belongs to the state");
      const { [slot]: taken, ...storage } = account.storage;
      expect(taken).to.be.a("string");
      const accounts = { ...hermetic.state.accounts, [pair]: { ...account, storage } };
      return { ...content, hermetic: { ...hermetic, state: { ...hermetic.state, accounts } } };
    });
    const error = await failsWith("REPRODUCTION_MISSING_STATE", () => replayReproduction(copy, "/", playApart));
    expect(error.message).to.include(slot).and.to.include(pair);
  });

  it("does not pass for a violation that its state cannot produce", async () => {
    const copy = await forged("other-amount", (content) => {
      const { hermetic } = content;
      if (hermetic === null) throw new Error("it is hermetic");
      const blocks = hermetic.script.blocks.map((block) => ({
        ...block,
        transactions: block.transactions.filter(({ data }) => !data.startsWith("0x38ed1739")),
        receipts: block.receipts.slice(0, -1),
      }));
      return { ...content, hermetic: { ...hermetic, script: { ...hermetic.script, blocks } } };
    });
    await failsWith("REPRODUCTION_DIVERGED", () => replayReproduction(copy, "/", playApart));
  });

  it("replays in a fresh process without any upstream", async () => {
    await source.close();
    const { stdout, code } = await hardhat(["siege", "replay", file]);
    expect(stdout).to.include("the violation is reproduced").and.to.include("noBadDebt: bad debt");
    // a broken target is a failure of the command
    expect(code).to.equal(1);
  });

  describe("that is invalid", () => {
    const cases: readonly (readonly [
      what: string,
      code: Parameters<typeof failsWith>[0],
      make: (file: string) => Promise<void>,
    ])[] = [
      ["is missing", "REPRODUCTION_NOT_FOUND", async () => undefined],
      ["is not JSON", "REPRODUCTION_INVALID", (copy) => writeFile(copy, "{ not json")],
      ["is some other JSON", "REPRODUCTION_INVALID", (copy) => writeFile(copy, '{ "name": "package" }')],
      [
        "is cut off",
        "REPRODUCTION_INVALID",
        async (copy) => {
          await writeFile(copy, text);
          await truncate(copy, Math.floor((await stat(copy)).size / 2));
        },
      ],
      ["is missing a field", "REPRODUCTION_INVALID", (copy) => writeFile(copy, text.replace('"trace"', '"tracks"'))],
      [
        "is of a later version",
        "REPRODUCTION_VERSION",
        (copy) => writeFile(copy, text.replace('"version": 2', '"version": 3')),
      ],
      ["was edited by hand", "REPRODUCTION_EDITED", (copy) => writeFile(copy, text.replace('"seed": 1', '"seed": 2'))],
      [
        "is too large",
        "REPRODUCTION_TOO_LARGE",
        async (copy) => {
          await writeFile(copy, "");
          await truncate(copy, 65 * 1024 * 1024);
        },
      ],
    ];
    for (const [what, code, make] of cases) {
      it(`is refused with ${code}: it ${what}`, async () => {
        const copy = path.join(fork.reproductions, `${what.replaceAll(" ", "-")}.txt`);
        await make(copy);
        const error = await failsWith(code, () => replayReproduction(copy, "/", playApart));
        expect(error.message).to.include(path.basename(copy));
      });
    }
  });
});

/** Lays siege to the vault, and returns the resulting file. */
async function find(fork: SiegeFork): Promise<string> {
  const { siege } = fork.connection;
  const vault = await deploySpotLendingVault(fork, "flawed");
  const result = await siege.run(vault, siege.scenario(spotPriceManipulation(fork)), { seed: 1 });
  expect(result.kind).to.equal("violation");
  const [json] = (await readdir(fork.reproductions)).filter((name) => name.endsWith(".json"));
  return path.join(fork.reproductions, json ?? "");
}
