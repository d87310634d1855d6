import type { Address, Hex } from "viem";

import { expect } from "chai";
import { parseAbi } from "viem";

import { attacker } from "../../../../src/agents/index.js";
import { defineCondition } from "../../../../src/conditions/index.js";
import { read } from "../../../../src/protocols/index.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";

// slot 0 becomes the hash of the third block before; reading is a call without calldata
const LOTTERY: Address = "0x0000000000000000000000000000000000010773";
const CODE: Hex = "0x36600f5760005460005260206000f35b600343034060005500";
const abi = parseAbi(["function draw(uint256 ticket)", "function drawn() view returns (uint256)"]);

describe("a target that reads the hash of an older block", () => {
  const theFork = siegeForkForSuite();

  it("records it in its reproduction", async () => {
    const fork = theFork();
    const { siege, provider } = fork.connection;
    await provider.request({ method: "hardhat_setCode", params: [LOTTERY, CODE] });
    const lottery = { address: LOTTERY, abi, name: "Lottery" };
    const undrawn = defineCondition<undefined, bigint>({
      id: "undrawn",
      // empty calldata reads; the function's name is for readers only
      observe: () => ({
        ...read({ address: LOTTERY, abi, functionName: "drawn" }),
        calls: [{ to: LOTTERY, data: "0x" }],
      }),
      judge: ({ reading }) => (reading === 0n ? undefined : { summary: "a number was drawn", quantities: [] }),
    });
    const result = await siege.run(
      lottery,
      siege.scenario({
        name: "a lottery",
        blocks: 5,
        assets: { ETH: { price: 2000 } },
        agents: [attacker()],
        conditions: [undrawn],
      }),
    );
    if (result.kind !== "violation") throw new Error(result.kind);
    expect(result.finding.steps).to.have.length(1);
    expect((await siege.replay(result.finding.reproduction ?? "")).kind).to.equal("violation");
  });
});
