import type { Address } from "viem";

import { expect } from "chai";

import { chainlink } from "../../../src/oracles/index.js";
import { aaveV3, uniswapV2, uniswapV3 } from "../../../src/protocols/index.js";
import { failsWith } from "../../helpers/errors.js";

const address: Address = "0x00000000000000000000000000000000000000aa";

describe("options of protocols", () => {
  it("are checked when the protocol is described", async () => {
    await failsWith("INVALID_OPTION", () => chainlink(address, { asset: "ETH", latencyBlocks: 1.5 }));
    await failsWith("INVALID_OPTION", () => chainlink(address, { asset: "ETH", latencyBlocks: -1 }));
    await failsWith("INVALID_OPTION", () => chainlink(address, { asset: "ETH", deviation: 2 }));
    await failsWith("INVALID_OPTION", () => chainlink(address, { asset: "ETH", heartbeat: 0 }));
    await failsWith("INVALID_OPTION", () => chainlink(address, { asset: "ETH", latency: 3 } as never));
    await failsWith("INVALID_OPTION", () => uniswapV2(address, { router: "0x1" }));
    await failsWith("INVALID_OPTION", () => uniswapV2(address, { fee: 30 } as never));
    await failsWith("INVALID_OPTION", () => uniswapV3(address, { positionManager: "0x1" }));
    await failsWith("INVALID_OPTION", () => uniswapV3(address, { twap: 0 }));
    await failsWith("INVALID_OPTION", () => uniswapV3(address, { twap: [60, 1.5] }));
    await failsWith("INVALID_OPTION", () => uniswapV3(address, { fee: 500 } as never));
    await failsWith("INVALID_OPTION", () => aaveV3(address, { watch: ["0x1"] }));
    await failsWith("INVALID_OPTION", () => aaveV3(address, { accounts: [] } as never));
  });

  it("are optional", () => {
    expect(uniswapV2(address).kind).to.equal("uniswapV2");
    expect(uniswapV3(address).kind).to.equal("uniswapV3");
    expect(aaveV3(address).options).to.equal(undefined);
  });
});
