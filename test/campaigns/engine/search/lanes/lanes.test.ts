import type { CampaignOptions } from "../../../../../src/types.js";
import type { MiniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";

import { attacker } from "../../../../../src/agents/index.js";
import { invariants } from "../../../../../src/conditions/index.js";
import siegePlugin from "../../../../../src/index.js";
import { fixtureArtifact } from "../../../../fixtures/artifact.js";
import { deployCoupledVault } from "../../../../fixtures/coupled-vault.js";
import { fallInSilence } from "../../../../fixtures/scenarios.js";
import { createSiegeFork } from "../../../../helpers/siege-fork.js";
import { isDeep } from "../../../../helpers/twin.js";
import { miniMainnetSource } from "../../../../mini-mainnet/fork-source.js";
import { PinnedChain } from "../../../../mini-mainnet/pinned-chain.js";

describe("lanes", () => {
  let source: MiniMainnetSource;

  before(async () => {
    source = await miniMainnetSource();
  });
  after(() => source.close());

  /** Everything about a campaign that must not depend on how it was spread over lanes. */
  async function campaign(options: CampaignOptions): Promise<unknown> {
    const fork = await createSiegeFork(source);
    try {
      const vault = await deployCoupledVault(fork, "flawed");
      const { siege } = fork.connection;
      const result = await siege.run(vault, siege.scenario(fallInSilence(fork)), options);
      if (result.kind !== "violation") throw new Error(result.kind);
      const { finding, cost, discarded, explored } = result;
      const { seconds: _seconds, searchSeconds: _searchSeconds, explaining: _explaining, ...counts } = cost;
      const reproduction = finding.reproduction ?? "";
      const file = await readFile(path.resolve(fork.hre.config.paths.root, reproduction), "utf8");
      return { ...finding, reproduction: path.basename(reproduction), file, counts, discarded, explored };
    } finally {
      await fork.close();
    }
  }

  it("find the same, to the last byte of the reproduction, whatever their number, and with one transaction per call", async () => {
    const alone = await campaign({ lanes: 1 });
    for (const lanes of isDeep() ? ([2, 3, "auto"] as const) : ([3, "auto"] as const)) {
      expect(await campaign({ lanes }), `${lanes} lanes`).to.deep.equal(alone);
    }
    const faithful = (await campaign({ executor: "faithful" })) as { readonly file: string };
    expect(faithful.file).to.equal((alone as typeof faithful).file);
  });

  it("fork a network that is not itself a fork, in its present state", async () => {
    const reproductions = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    const hre = await createHardhatRuntimeEnvironment({
      plugins: [siegePlugin],
      siege: { reproductions },
      networks: { local: { type: "edr-simulated", chainType: "l1" } },
    });
    const connection = await hre.network.create({ network: "local", chainType: "l1" });
    try {
      const [account] = (await connection.provider.request({ method: "eth_accounts" })) as `0x${string}`[];
      const artifact = await fixtureArtifact("PeopleOnly");
      const address = await new PinnedChain(connection.provider).deploy(account!, artifact);
      const target = { address, abi: artifact.abi, name: "PeopleOnly" };
      // one is already in, without any transaction
      await connection.provider.request({
        method: "hardhat_setStorageAt",
        params: [address, "0x0", `0x${"1".padStart(64, "0")}`],
      });
      const { siege } = connection;
      const result = await siege.run(
        target,
        siege.scenario({
          name: "a local network",
          blocks: 3,
          assets: {},
          agents: [attacker()],
          conditions: [invariants(target)],
        }),
        { runs: 10, lanes: 2 },
      );
      if (result.kind !== "violation") throw new Error(result.kind);
      // three of them are one too many
      expect(result.finding.trace.steps).to.have.length(2);
    } finally {
      await connection.close();
      await rm(reproductions, { recursive: true, force: true });
    }
  });
});
