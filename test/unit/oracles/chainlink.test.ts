import type { Address } from "viem";

import type { InspectContext } from "../../../src/protocols/contexts.js";

import { expect } from "chai";

import { chainlink } from "../../../src/oracles/index.js";
import { failsWith } from "../../helpers/errors.js";

const feed: Address = "0x00000000000000000000000000000000000000aa";

/** What the factory finds out at an address that answers this. */
function inspect(answers: object): Promise<unknown> {
  const context = { read: async () => answers } as unknown as InspectContext;
  const { definition } = chainlink(feed, { asset: "ETH" });
  return definition.inspect(context, feed, {} as never);
}

describe("chainlink", () => {
  const answers = { decimals: 8, round: [1n, 1n, 1n, 1n, 1n], oracles: [feed], needed: 1 };

  it("accepts feeds in dollars, and those that do not state a currency", async () => {
    for (const description of ["ETH / USD", "BTC/USD", "v0.6/tests/MockV3Aggregator.sol", undefined]) {
      expect(await inspect({ ...answers, description })).to.include({ decimals: 8, oracle: feed });
    }
  });

  it("refuses feeds in another currency", async () => {
    await failsWith("UNSUPPORTED_PROTOCOL", () => inspect({ ...answers, description: "STETH / ETH" }));
  });

  it("publishes without a stand-in only if one submission makes a round", async () => {
    expect(await inspect({ ...answers, needed: 2 })).to.include({ oracle: undefined });
    expect(await inspect({ ...answers, needed: undefined, oracles: undefined })).to.include({ oracle: undefined });
  });
});
