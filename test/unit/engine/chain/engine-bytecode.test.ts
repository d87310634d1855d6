import { expect } from "chai";

import { compileEngineContracts } from "../../../../scripts/compile-contracts.js";
import {
  LENS_CODE,
  PUPPET_CODE,
  RAIDER_CODE,
  RESOLVER_CODE,
  SEQUENCER_CODE,
} from "../../../../src/engine/chain/engine-bytecode.js";
import { SIEGE_FEED_CODE } from "../../../../src/oracles/chainlink/siege-feed-bytecode.js";
import { LANE_CODE } from "../../../../src/plugin/solidity-lanes/lane-bytecode.js";
import { UNISWAP_V3_READER_CODE } from "../../../../src/protocols/uniswap-v3/reader-bytecode.js";

describe("the engine's own contracts", () => {
  it("are shipped as compiled from their source", () => {
    const { Lane, Lens, Puppet, Raider, Resolver, Sequencer, SiegeFeed, UniswapV3Reader } = compileEngineContracts();
    expect(LANE_CODE).to.equal(Lane);
    expect(LENS_CODE).to.equal(Lens);
    expect(PUPPET_CODE).to.equal(Puppet);
    expect(RAIDER_CODE).to.equal(Raider);
    expect(RESOLVER_CODE).to.equal(Resolver);
    expect(SEQUENCER_CODE).to.equal(Sequencer);
    expect(SIEGE_FEED_CODE).to.equal(SiegeFeed);
    expect(UNISWAP_V3_READER_CODE).to.equal(UniswapV3Reader);
  });
});
