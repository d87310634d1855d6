import type { ShardResults } from "../../../src/engine/shards/result.js";
import type { Siegeable } from "../../fixtures/all.js";
import type { Variant } from "../../fixtures/fixture.js";

import { expect } from "chai";

import { toJson } from "../../../src/engine/json.js";
import { joinAll } from "../../../src/engine/shards/join.js";
import { comingFile } from "../../../src/engine/shards/keep-finding.js";
import { merge } from "../../../src/engine/shards/merge.js";
import { SiegeImplementation } from "../../../src/plugin/siege-implementation.js";
import { FIXTURES } from "../../fixtures/all.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";

/** Runs of a campaign: three strands. */
const RUNS = 150;

describe("shards of the fixtures' campaigns, with any number of lanes", () => {
  const fork = siegeForkForEach();

  async function played(
    fixture: Siegeable,
    variant: Variant,
    shard: { readonly index: number; readonly count: number },
    options: { readonly lanes: number; readonly findings: number | "all" },
  ): Promise<ShardResults> {
    const { connection } = fork();
    const { siege, provider } = connection;
    if (!(siege instanceof SiegeImplementation)) throw new Error("the connection has another siege");
    const snapshot: unknown = await provider.request({ method: "evm_snapshot" });
    const target = await fixture.deploy(fork(), variant);
    const job = { file: "siege/fixture.scenario.ts", shard, options: { ...options, runs: RUNS } };
    const results = await siege.playShard(target, siege.scenario(fixture.scenario(fork(), target)), job, async () => {
      // nothing is kept
    });
    await provider.request({ method: "evm_revert", params: [snapshot] });
    return results;
  }

  async function textOf(shards: readonly ShardResults[]): Promise<string> {
    const [joined] = joinAll(shards.map((results, at) => ({ origin: `${at}.json`, results })));
    if (joined === undefined) throw new Error("nothing was joined");
    const folder = { projectRoot: "/project", reproductions: "siege/reproductions" };
    const { result } = await merge(joined, (finding) => comingFile(finding, folder));
    return toJson({ ...result, cost: { ...result.cost, seconds: 0, searchSeconds: 0 } }, 1);
  }

  for (const fixture of FIXTURES) {
    for (const variant of ["flawed", "fixed"] as const) {
      for (const findings of [1, "all"] as const) {
        it(`say of ${fixture.name} (${variant}, findings: ${findings}) what a single shard says`, async () => {
          const one = await played(fixture, variant, { index: 1, count: 1 }, { lanes: 1, findings });
          const two = await played(fixture, variant, { index: 2, count: 2 }, { lanes: 3, findings });
          const rest = await played(fixture, variant, { index: 1, count: 2 }, { lanes: 2, findings });
          expect(await textOf([two, rest])).to.equal(await textOf([one]));
        });
      }
    }
  }
});
