import type { CallEnd, CallOfBlock } from "../../../../helpers/block-of-calls.js";

import { expect } from "chai";
import { parseEther } from "viem";

import { attacker } from "../../../../../src/agents/index.js";
import { invariants } from "../../../../../src/conditions/index.js";
import { agentAddress } from "../../../../../src/view/accounts.js";
import { fixtureArtifact } from "../../../../fixtures/artifact.js";
import { blockOfCalls } from "../../../../helpers/block-of-calls.js";
import { siegeForkForSuite } from "../../../../helpers/siege-fork.js";
import { runsOf } from "../../../../helpers/twin.js";

const tip = (ether: string, agent = "rich"): CallOfBlock => ({ agent, functionName: "tip", value: parseEther(ether) });
const payOut = (to: string, ether: string, agent = "rich"): CallOfBlock => ({
  agent,
  functionName: "payOut",
  args: [agentAddress(to), parseEther(ether)],
});

/** Blocks of calls that their senders cannot, or can no longer, pay for. */
const BLOCKS: readonly (readonly [
  what: string,
  native: Record<string, number>,
  calls: readonly (readonly [CallOfBlock, CallEnd])[],
])[] = [
  [
    "the second of two that are affordable one by one stays out, and what comes after it does not",
    { rich: 1 },
    [
      [tip("0.6"), "succeeds"],
      [tip("0.6"), "not included"],
      [tip("0.1"), "succeeds"],
      [tip("0.6"), "not included"],
      [tip("0.01"), "succeeds"],
    ],
  ],
  [
    "the fees count: the last coin cannot be spent",
    { rich: 1 },
    [
      [tip("1"), "not included"],
      [tip("0.5"), "succeeds"],
    ],
  ],
  [
    "who has nothing sends nothing, but does not keep others out",
    { rich: 1, poor: 0 },
    [
      [{ agent: "poor", functionName: "tips" }, "not included"],
      [tip("0.5"), "succeeds"],
      [{ agent: "poor", functionName: "tips" }, "not included"],
    ],
  ],
  [
    "coin that only arrives within the block cannot be promised, as the mempool has not seen it",
    { rich: 3, poor: 0.1 },
    [
      [tip("2"), "succeeds"],
      [payOut("poor", "1"), "succeeds"],
      [tip("0.5", "poor"), "not included"],
      [tip("0.05", "poor"), "succeeds"],
    ],
  ],
  [
    "coin that comes back within the block can be spent again",
    { rich: 1 },
    [
      [tip("0.7"), "succeeds"],
      [payOut("rich", "0.6"), "succeeds"],
      [tip("0.6"), "succeeds"],
    ],
  ],
];

describe("a block whose senders cannot pay for all of it", () => {
  const theFork = siegeForkForSuite();

  async function jar() {
    const artifact = await fixtureArtifact("TipJar");
    return { address: await theFork().deploy(artifact), abi: artifact.abi, name: "TipJar" };
  }

  for (const [what, native, calls] of BLOCKS) {
    for (const kind of ["faithful", "batched", "solidity"] as const) {
      it(`${kind}: ${what}`, async () => {
        const { ends } = await blockOfCalls(
          theFork(),
          kind,
          await jar(),
          native,
          calls.map(([call]) => call),
        );
        expect(ends).to.deep.equal(calls.map(([, end]) => end));
      });
    }
  }

  for (const executor of ["faithful", "batched"] as const) {
    it(`is no fault of the chain: a target that only takes coin survives (${executor})`, async () => {
      const target = await jar();
      const { siege } = theFork().connection;
      const scenario = siege.scenario({
        name: "overdrafts",
        blocks: 10,
        assets: {},
        agents: [{ ...attacker({}), native: 1.2 }],
        conditions: [invariants(target)],
      });
      const result = await siege.run(target, scenario, { runs: runsOf(60), executor });
      expect(result.kind).to.equal("survived");
      // the two executors agree about it
      expect(result.explored).to.include({ executor, because: undefined });
      expect(result.discarded).to.equal(0);
    });
  }
});
