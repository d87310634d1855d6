import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { attacker } from "../../../src/agents/index.js";
import { defineCondition } from "../../../src/conditions/index.js";
import { Chain, MOST_MADE } from "../../../src/engine/chain/chain.js";
import { requireSimulated } from "../../../src/plugin/simulated-network.js";
import { read } from "../../../src/protocols/index.js";
import { failsWith } from "../../helpers/errors.js";
import { shellEnvironment } from "../../helpers/shell-project.js";

const CAP = 1_000n;

/** As Hardhat's project template has it, and others. */
const NETWORKS = {
  op: { type: "edr-simulated", chainType: "op" },
  opEcotone: { type: "edr-simulated", chainType: "op", hardfork: "ecotone" },
  generic: { type: "edr-simulated", chainType: "generic" },
} as const;

describe("the chain type of a network", () => {
  let hre: HardhatRuntimeEnvironment;
  let reproductions: string;

  before(async () => {
    reproductions = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ networks: NETWORKS, siege: { runs: 20, reproductions } });
  });
  after(() => rm(reproductions, { recursive: true, force: true }));

  /** A campaign in which time passes, too: pauses are hours of empty blocks. */
  async function besiege(network: keyof typeof NETWORKS, contract: "CappedBox" | "LeakyBox") {
    const connection = await hre.network.create({ network });
    const { siege, viem } = connection;
    const { address, abi } = await viem.deployContract(contract, [CAP]);
    const scenario = siege.scenario({
      name: `${network}: anybody sets the box`,
      blocks: 3,
      assets: {},
      agents: [attacker()],
      conditions: [
        defineCondition({
          id: "underCap",
          observe: (_facts, { target }) => read({ address: target.address, abi, functionName: "value" }),
          judge: ({ reading }) => (reading > CAP ? "above the cap" : undefined),
        }),
      ],
    });
    const result = await siege.run({ address, abi, name: contract }, scenario);
    return { result, siege };
  }

  for (const network of ["op", "opEcotone", "generic"] as const) {
    it(`${network} is played, and what is found there replays`, async () => {
      const { result, siege } = await besiege(network, "LeakyBox");
      if (result.kind !== "violation") throw new Error(`it ended as ${result.kind}`);
      expect(result.explored).to.deep.equal({ executor: "batched", because: undefined });
      const { reproduction = "none" } = result.finding;
      expect((await siege.replay(reproduction)).kind).to.equal("violation");
    });

    it(`${network} has no alarm of what is sound`, async () => {
      const { result } = await besiege(network, "CappedBox");
      expect(result.kind).to.equal("survived");
      expect(result.cost.actions).to.be.greaterThan(0);
    });
  }

  /** Where a fresh network is, after an hour or a month of empty blocks. */
  async function passing(network: keyof typeof NETWORKS, blocks: number) {
    const { provider } = await hre.network.create({ network });
    const chain = new Chain(provider);
    const { number, timestamp } = await chain.latest();
    const first = timestamp + 100;
    await chain.pass({ blocks, first, interval: 12 }, `0x${"11".repeat(32)}`);
    const latest = await chain.latest();
    const half = await chain.rawHeader(number + blocks / 2);
    // one more can follow
    await chain.mine();
    expect(await chain.latest()).to.include({ number: latest.number + 1 });
    return {
      passed: latest.number - number,
      seconds: latest.timestamp - first,
      half: Number(half?.timestamp) - first,
    };
  }

  for (const network of ["op", "opEcotone", "generic"] as const) {
    it(`${network} lets time pass in as many blocks as are asked for, at their times`, async () => {
      expect(await passing(network, 300)).to.deep.equal({ passed: 300, seconds: 299 * 12, half: 149 * 12 });
    });
  }

  it("passes a month in fewer blocks where EDR makes each of them", async () => {
    const month = 216_000;
    expect((await passing("opEcotone", month)).passed).to.equal(month);
    const { passed, seconds } = await passing("op", month);
    expect(passed).to.equal(MOST_MADE);
    expect(seconds).to.be.within((month - 1) * 12 - MOST_MADE, (month - 1) * 12);
  });

  it("is refused by name where its hardfork is not known", async () => {
    const { networkConfig } = await hre.network.create({ network: "op" });
    const later = {
      networkName: "later",
      networkConfig: { ...networkConfig, hardfork: "karst" } as typeof networkConfig,
    };
    const error = await failsWith("UNSUPPORTED_HARDFORK", () => requireSimulated(later));
    expect(error.summary).to.include('"later" of chain type "op"').and.to.include('"karst"');
  });
});
