import type { AgentIntent } from "../../../../src/engine/run/intent.js";

import { expect } from "chai";
import { parseAbi } from "viem";

import { BlockSpace } from "../../../../src/engine/run/block-building/block-space.js";
import { buildBlock } from "../../../../src/engine/run/block-building/build-block.js";
import { Censorship } from "../../../../src/engine/run/block-building/builder.js";
import { Mempool } from "../../../../src/engine/run/block-building/mempool.js";
import { call } from "../../../../src/protocols/call.js";

const ADDRESS = "0x0000000000000000000000000000000000000001";
const GAS = 2_000_000n;

const made = (value: bigint) =>
  call({ address: ADDRESS, abi: parseAbi(["function act(uint256)"]), functionName: "act", args: [value] });

/** A block of a gas limit, with calls that all pay more than the feeds. */
function built(gasLimit: bigint, moves: number, feeds: number, origin: AgentIntent["origin"]) {
  const intents = Array.from({ length: moves }, (_, index): AgentIntent => ({
    agent: "attacker",
    from: ADDRESS,
    origin,
    intent: { call: made(BigInt(index)), tip: 10n ** 12n, gas: GAS },
  }));
  const scenario = { gas: { baseFee: 1n } };
  const space = BlockSpace.atStart({ scenario, base: { gasLimit } } as never);
  const publications = Array.from({ length: feeds }, (_, index) => ({
    sender: `${String(index)} feed`,
    from: ADDRESS,
    call: made(0n),
    tip: 1n,
    gas: GAS,
  })) as Parameters<typeof buildBlock>[0]["publications"];
  return buildBlock({
    block: 1,
    publications,
    mempool: Mempool.empty(0).submitted(intents, 1),
    space,
    isOut: () => false,
    censorship: Censorship.none(),
    acts: [],
  });
}

describe("a full block", () => {
  for (const origin of ["policy", "move", "event", "trace"] as const) {
    it(`has room for every feed's round, whatever those of a ${origin} pay, who come first`, () => {
      const { calls, included } = built(30_000_000n, 60, 3, origin);
      expect(calls.map(({ sender }) => sender).slice(-3)).to.deep.equal(["0 feed", "1 feed", "2 feed"]);
      expect(included.size).to.equal(12);
      expect(calls.reduce((sum, { gas }) => sum + gas, 0n)).to.equal(30_000_000n);
    });
  }

  it("divides the gas among the rounds where it is less than they ask for", () => {
    const { calls } = built(1_000_000n, 5, 4, "move");
    expect(calls.map(({ gas }) => gas)).to.deep.equal([250_000n, 250_000n, 250_000n, 250_000n]);
  });
});
