import type { CallEnd, CallOfBlock } from "../../../../helpers/block-of-calls.js";

import { expect } from "chai";
import { encodeAbiParameters, numberToHex, pad } from "viem";

import { attacker, flashLoanAttacker } from "../../../../../src/agents/index.js";
import { invariants } from "../../../../../src/conditions/index.js";
import { fixtureArtifact } from "../../../../fixtures/artifact.js";
import { blockOfCalls } from "../../../../helpers/block-of-calls.js";
import { siegeForkForSuite } from "../../../../helpers/siege-fork.js";
import { runsOf } from "../../../../helpers/twin.js";

const call = (functionName: string, ...args: readonly unknown[]): CallOfBlock => ({
  agent: "collector",
  functionName,
  args,
});

/** What an account without code gets, and what it is refused. */
const ASKED: readonly (readonly [what: string, call: CallOfBlock, end: CallEnd])[] = [
  ["an ERC-721 token minted with _safeMint", call("badge"), "succeeds"],
  ["an ERC-1155 token", call("card", 7n), "succeeds"],
  ["a batch of ERC-1155 tokens", call("pairOfCards", 7n), "succeeds"],
  ["a thing with a hook of its own", call("thing"), "succeeds"],
  ["an ERC-1363 token, which insists on a contract", call("coin"), "reverts"],
  ["a signature that it has not made", call("signed", pad(numberToHex(1), { size: 32 })), "reverts"],
  ["a list of interfaces", call("isReceiver"), "reverts"],
  ["a price", call("quote"), "reverts"],
  ["a balance", call("pull"), "reverts"],
];

describe("an agent as a receiver of tokens", () => {
  const theFork = siegeForkForSuite();

  async function collection(limit: bigint) {
    const { abi, bytecode } = await fixtureArtifact("Collection");
    const data = encodeAbiParameters([{ type: "uint256" }], [limit]);
    const address = await theFork().deploy({ abi, bytecode: `${bytecode}${data.slice(2)}` });
    return { address, abi, name: "Collection" };
  }

  for (const kind of ["faithful", "batched", "solidity"] as const) {
    it(`is asked for what an account is asked for, ${kind}`, async () => {
      const { ends } = await blockOfCalls(
        theFork(),
        kind,
        await collection(100n),
        { collector: 1 },
        ASKED.map(([, asked]) => asked),
      );
      expect(ASKED.map(([what], index) => `${what} ${ends[index] ?? ""}`)).to.deep.equal(
        ASKED.map(([what, , end]) => `${what} ${end}`),
      );
    });
  }

  for (const [what, agent] of [
    ["an attacker", attacker()],
    ["one that takes flash loans", flashLoanAttacker()],
  ] as const) {
    for (const [limit, verdict] of [
      [3n, "violation"],
      [1_000_000n, "survived"],
    ] as const) {
      it(`${what} mints badges in batches, and is found out: at most ${limit}, ${verdict}`, async () => {
        const target = await collection(limit);
        const { siege } = theFork().connection;
        const scenario = siege.scenario({
          name: "collectors",
          blocks: 5,
          assets: {},
          agents: [agent],
          conditions: [invariants(target)],
        });
        const result = await siege.run(target, scenario, { runs: verdict === "survived" ? runsOf(40) : 40 });
        expect(result.kind).to.equal(verdict);
        expect(result.explored).to.include({ executor: "batched", because: undefined });
        expect(result.discarded).to.equal(0);
        if (result.kind === "violation") expect(result.finding.trace.steps).to.have.length(3);
      });
    }
  }
});
