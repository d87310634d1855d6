import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Address } from "viem";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { expect } from "chai";

import { boxScenario } from "../../../fixture-projects/shell/siege/box-scenario.js";
import { shellEnvironment } from "../../../helpers/shell-project.js";

/** How many campaigns, one after the other; `SIEGE_SOAK=600` for more. */
const CAMPAIGNS = Number(process.env.SIEGE_SOAK ?? 60);

const MIB = 2 ** 20;

/** The most by which memory may grow with each campaign, bytes. A leak of 1 MiB a campaign is four times as much. */
const BOUND = MIB / 4;

/** What this process uses when nothing is in use, bytes. */
interface Memory {
  /** The JavaScript heap, and what it keeps outside of it. */
  readonly own: number;
  /** All that the process has, that of the EVM included: what it holds for later varies by more than a leak would. */
  readonly resident: number;
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function memory(): Memory {
  // what a finalizer frees is gone after the second
  collect();
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { own: heapUsed + external, resident: rss };
}

/** By how much the median of the last third is above that of the second, for each campaign between them. */
function growth(samples: readonly number[]): number {
  const third = Math.floor(samples.length / 3);
  const median = (part: readonly number[]): number => part.toSorted((a, b) => a - b)[Math.floor(part.length / 2)] ?? 0;
  return (median(samples.slice(-third)) - median(samples.slice(-2 * third, -third))) / third;
}

describe("many campaigns on one connection", function () {
  this.timeout(CAMPAIGNS * 60_000);

  let folder: string;
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "siege-test-"));
    hre = await shellEnvironment({ siege: { reproductions: folder } });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Campaigns against a box that holds and one that does not, in turn. */
  async function besiege(campaigns: number, afterEach: () => void = () => undefined): Promise<readonly Memory[]> {
    const connection = await hre.network.create();
    try {
      const contracts = ["CappedBox", "LeakyBox"] as const;
      const addresses: Address[] = [];
      for (const name of contracts) addresses.push((await connection.viem.deployContract(name, [1_000n])).address);
      const samples: Memory[] = [];
      for (let campaign = 0; campaign < campaigns; campaign++) {
        const isLeaky = campaign % 2;
        const factory = boxScenario(contracts[isLeaky] ?? "CappedBox", undefined, addresses[isLeaky]);
        const { target, scenario } = await factory(connection);
        const { kind } = await connection.siege.run(target, scenario, { runs: 50, seed: campaign + 1 });
        expect(kind).to.equal(isLeaky === 1 ? "violation" : "survived");
        // each campaign is to find it anew
        await rm(folder, { recursive: true, force: true });
        afterEach();
        samples.push(memory());
      }
      return samples;
    } finally {
      await connection.close();
    }
  }

  it(`keep memory flat over ${CAMPAIGNS} of them`, async () => {
    const samples = await besiege(CAMPAIGNS);
    const own = growth(samples.map((sample) => sample.own));
    const resident = growth(samples.map((sample) => sample.resident));
    const [first, last] = [samples[0], samples.at(-1)].map(
      (sample) =>
        `${((sample?.own ?? 0) / MIB).toFixed(0)} MiB (resident ${((sample?.resident ?? 0) / MIB).toFixed(0)})`,
    );
    console.log(
      `    ${CAMPAIGNS} campaigns: after the first ${first}, after the last ${last}; ` +
        `${(own / 1024).toFixed(1)} KiB a campaign, resident ${(resident / 1024).toFixed(1)} KiB`,
    );
    expect(own).to.be.lessThan(BOUND);
  });

  it("would show a leak of 1 MiB a campaign", async () => {
    const leak: Buffer[] = [];
    const samples = await besiege(Math.min(CAMPAIGNS, 24), () => leak.push(Buffer.alloc(MIB, leak.length)));
    expect(growth(samples.map((sample) => sample.own))).to.be.greaterThan(BOUND);
    expect(leak.length).to.be.greaterThan(0);
  });
});
