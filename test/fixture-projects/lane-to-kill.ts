/** Opens a lane in the Solidity test runner, says so, and waits to be killed. */
import { pad } from "viem";

import { BLOCK_BUILDER } from "../../src/engine/chain/chain.js";
import { serveState } from "../../src/engine/chain/state-upstream/serve-state.js";
import { bundleSource } from "../../src/engine/chain/state-upstream/state-source.js";
import { openLaneChannel } from "../../src/plugin/solidity-lanes/open-lane-channel.js";

const ZERO = pad("0x");
const block = {
  number: "0x64",
  hash: pad("0x11"),
  parentHash: ZERO,
  nonce: pad("0x", { size: 8 }),
  sha3Uncles: ZERO,
  logsBloom: pad("0x", { size: 256 }),
  transactionsRoot: ZERO,
  stateRoot: ZERO,
  receiptsRoot: ZERO,
  miner: pad("0x", { size: 20 }),
  difficulty: "0x0",
  totalDifficulty: "0x0",
  extraData: "0x",
  size: "0x1",
  gasLimit: "0x1c9c380",
  gasUsed: "0x0",
  timestamp: "0x65000000",
  transactions: [],
  uncles: [],
  baseFeePerGas: "0x1",
  mixHash: ZERO,
  withdrawalsRoot: ZERO,
  withdrawals: [],
  blobGasUsed: "0x0",
  excessBlobGas: "0x0",
  parentBeaconBlockRoot: ZERO,
};
const { url } = await serveState(bundleSource({ chainId: 1, block, accounts: {} }));
await openLaneChannel({ url, hardfork: "osaka", blockNumber: 100, builder: BLOCK_BUILDER });
process.stdout.write("open\n");
