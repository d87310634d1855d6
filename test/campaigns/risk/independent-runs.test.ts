import type { Address } from "viem";

import type { Provider } from "../../../src/engine/chain/rpc.js";
import type { OnLanes } from "../../../src/risk/on-lanes.js";
import type { Measured } from "../../../src/risk/sensitivity/measure.js";
import type { GreeksResult } from "../../../src/types.js";
import type { LocalSiege } from "../../helpers/local-siege.js";

import { expect } from "chai";

import { attacker } from "../../../src/agents/index.js";
import { invariants } from "../../../src/conditions/index.js";
import { measure } from "../../../src/risk/sensitivity/measure.js";
import { buildScenario } from "../../../src/scenario/build/build-scenario.js";
import { fixtureArtifact } from "../../fixtures/artifact.js";
import { deployBarrierNote, thirtyDays } from "../../fixtures/barrier-note.js";
import { createLocalSiege } from "../../helpers/local-siege.js";
import { PinnedChain } from "../../mini-mainnet/pinned-chain.js";

/** The runs of sensitivities and Greeks. */
describe("independent runs", () => {
  let local: LocalSiege;

  before(async () => {
    local = await createLocalSiege();
  });
  after(() => local.close());

  it("are measured on lanes to the same number, the connection playing few of them", async () => {
    const note = await deployBarrierNote(local.connection.provider, "flawed", 90);
    const scenario = buildScenario({ ...thirtyDays(note), blocks: 5, pauses: { most: 0 } });
    const measured = async (on: OnLanes): Promise<{ readonly value: Measured; readonly requests: number }> => {
      const counted = countingRequests(local.connection.provider);
      const how = { output: "violations", runs: 40, seed: 1, timeLimit: undefined, signal: undefined, ...on } as const;
      const value = await measure(local.environment(counted.provider), note, scenario, how);
      return { value, requests: counted.requests() };
    };
    const here = await measured({ lanes: 1, executor: "faithful" });
    expect(here.value.value).to.be.within(0.05, 0.95);
    for (const lanes of [1, 2, "auto"] as const) {
      const there = await measured({ lanes, executor: "batched" });
      expect(there.value).to.deep.equal(here.value);
      expect(there.requests).to.be.below(here.requests / 2);
    }
  });

  for (const name of ["Tidy", "RarelyTidy"]) {
    it(`are played on the connection where a lane does something else: ${name}`, async () => {
      const { connection } = local;
      const artifact = await fixtureArtifact(name);
      const [account] = (await connection.provider.request({ method: "eth_accounts" })) as readonly Address[];
      const address = await new PinnedChain(connection.provider).deploy(account!, artifact);
      const target = { address, abi: artifact.abi, name };
      const scenario = connection.siege.scenario({
        name: "an attacker that keeps calling",
        blocks: 5,
        assets: {},
        agents: [attacker()],
        conditions: [invariants(target)],
      });
      const found = (on: Partial<OnLanes>): Promise<GreeksResult> =>
        connection.siege.greeks(target, scenario, { output: { reads: "found" }, of: ["time"], paths: 34, ...on });
      const told: number[] = [];
      const progress = (played: number): void => void told.push(played);
      const { seconds: _seconds, ...onLanes } = await found({ lanes: 2, progress } as object);
      const { seconds: _other, ...here } = await found({ executor: "faithful" });
      // what only happens in batches is no number
      expect(onLanes.base?.value).to.equal(0);
      expect(onLanes).to.deep.equal(here);
      // what is played again is not told again
      expect(told).to.deep.equal(Array.from({ length: 34 }, (_value, index) => index + 1));
    });
  }
});

function countingRequests(provider: Provider): { readonly provider: Provider; readonly requests: () => number } {
  let requests = 0;
  return {
    provider: {
      request: (request) => {
        requests += 1;
        return provider.request(request);
      },
    },
    requests: () => requests,
  };
}
