import type { World } from "../../../../../src/engine/world/world.js";
import type { ActionResult } from "../../../../../src/view/view.js";
import type { SiegeFork } from "../../../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

import { expect } from "chai";
import { decodeErrorResult, decodeFunctionResult, size } from "viem";

import { defineAgent } from "../../../../../src/agents/agent.js";
import { defineCondition } from "../../../../../src/conditions/condition.js";
import { Player } from "../../../../../src/engine/run/player.js";
import { Lanes } from "../../../../../src/engine/search/lanes/lanes.js";
import { openWorld } from "../../../../../src/engine/world/world.js";
import { openHermeticNetwork } from "../../../../../src/plugin/hermetic-network.js";
import { openLaneChannel } from "../../../../../src/plugin/solidity-lanes/open-lane-channel.js";
import { call } from "../../../../../src/protocols/call.js";
import { constant } from "../../../../../src/protocols/read-plan.js";
import { buildScenario } from "../../../../../src/scenario/build/build-scenario.js";
import { fixtureArtifact } from "../../../../fixtures/artifact.js";
import { failsWith } from "../../../../helpers/errors.js";
import { createSiegeFork } from "../../../../helpers/siege-fork.js";
import { miniMainnetSource } from "../../../../mini-mainnet/fork-source.js";

const NOTHING_HAPPENS = { seed: 1, blocks: 2, muted: [], market: [], oracles: [], moves: [] };

describe("results of calls", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;
  let echo: { readonly address: `0x${string}`; readonly abi: Awaited<ReturnType<typeof fixtureArtifact>>["abi"] };

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    fork = await createSiegeFork(source);
    const artifact = await fixtureArtifact("Echo");
    echo = { address: await fork.deploy(artifact), abi: artifact.abi };
  });
  afterEach(() => fork.close());
  after(() => source.close());

  /** Lets an agent call in the first block, and returns what it and a condition see in the second. */
  async function resultsOf(
    kind: "faithful" | "batched" | "solidity",
    calls: readonly {
      readonly name: string;
      readonly args?: readonly unknown[];
      readonly gas?: bigint;
      readonly value?: bigint;
    }[],
    results = true,
  ): Promise<{ readonly told: readonly ActionResult[]; readonly judged: readonly ActionResult[] }> {
    let told: readonly ActionResult[] = [];
    let judged: readonly ActionResult[] = [];
    const scenario = buildScenario({
      name: "an echo",
      blocks: 2,
      assets: {},
      agents: [
        defineAgent({
          role: "caller",
          results,
          act: ({ view, submit }) => {
            if (view.block === 2) told = view.results;
            if (view.block > 1) return;
            for (const { name, args = [], gas = 100_000n, value = 0n } of calls) {
              submit({ call: call({ ...echo, functionName: name, args, value }), gas });
            }
          },
        }),
      ],
      conditions: [
        defineCondition({
          id: "listens",
          observe: () => constant(undefined),
          judge: ({ view }) => {
            if (view.block === 1 && results) judged = view.results;
            return undefined;
          },
        }),
      ],
    });
    const { provider } = fork.connection;
    const target = { ...echo, name: "Echo" };
    const world = await openWorld({ provider, impersonated: new Set(), intervalMining: 0 }, target, scenario);
    const rules = { hardfork: "osaka", openNetwork: openHermeticNetwork, openChannel: openLaneChannel };
    const lanes = await Lanes.of(world, { ...rules, executor: kind });
    try {
      const lane: World = await lanes.add();
      await new Player(lane, () => undefined).genome(NOTHING_HAPPENS);
    } finally {
      await lanes.close();
      await world.close();
    }
    return { told, judged };
  }

  for (const kind of ["faithful", "batched", "solidity"] as const) {
    describe(kind, () => {
      it("are passed to agents and conditions: success, and return or revert data", async () => {
        const { told, judged } = await resultsOf(kind, [
          { name: "say", args: [4n] },
          { name: "say", args: [5n] },
          { name: "say", args: [6n], value: 7n },
        ]);
        expect(judged).to.deep.equal(told);
        expect(told.map(({ agent, included, success }) => [agent, included, success])).to.deep.equal([
          ["caller", true, true],
          ["caller", true, false],
          ["caller", true, true],
        ]);
        const [first, second, third] = told.map(({ returned }) => returned);
        const answer = (data: `0x${string}`): unknown =>
          decodeFunctionResult({ abi: echo.abi, functionName: "say", data });
        expect(answer(first!)).to.equal(5n);
        expect(answer(third!)).to.equal(7n);
        expect(decodeErrorResult({ abi: echo.abi, data: second! })).to.deep.include({
          errorName: "Refused",
          args: [5n],
        });
      });

      it("keep a call that uses up its gas from using the others' gas", async () => {
        const { told } = await resultsOf(kind, [
          { name: "shout", gas: 2_000_000n },
          { name: "say", args: [4n] },
        ]);
        expect(told.map(({ success }) => success)).to.deep.equal([false, true]);
      });

      it("keep 4,096 bytes of long return data", async () => {
        const { told } = await resultsOf(kind, [
          { name: "ramble", gas: 2_000_000n },
          { name: "say", args: [4n] },
        ]);
        expect(told.map(({ success }) => success)).to.deep.equal([true, true]);
        expect(size(told[0]!.returned)).to.equal(4_096);
      });

      it("report that a call with too little gas to be sent was not included", async () => {
        const { told } = await resultsOf(kind, [
          { name: "say", args: [4n], gas: 21_000n },
          { name: "say", args: [6n] },
        ]);
        expect(told.map(({ included, success }) => [included, success])).to.deep.equal([
          [false, false],
          [true, true],
        ]);
      });

      it("are not kept if no agent reads them", async () => {
        const error = await failsWith("RESULTS_NOT_KEPT", () => resultsOf(kind, [], false));
        expect(error.hint).to.include("results: true");
      });
    });
  }
});
