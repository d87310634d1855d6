import { expect } from "chai";
import { pad } from "viem";

import { COMMANDS } from "../../../../../src/engine/chain/solidity-lane/commands.js";
import { failsWith } from "../../../../helpers/errors.js";

const ACCOUNT = pad("0x51e6ea", { size: 20 });

describe("commands to a lane in the Solidity test runner", () => {
  it("say as many accounts as they have room for, and no other number instead", async () => {
    const ahead = (senders: number) =>
      COMMANDS.ahead({
        blockNumber: 1,
        timestamp: 2,
        prevRandao: pad("0x03"),
        gas: 4n,
        senders: Array.from({ length: senders }, () => ACCOUNT),
        purses: new Map(),
        data: "0x05",
      });
    expect(ahead(255)).to.include(`ff${ACCOUNT.slice(2)}`);
    const error = await failsWith("RPC_FAILED", async () => ahead(256));
    expect(error.message).to.include("no room for 256 in 1 bytes");
  });
});
