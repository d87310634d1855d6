import type { Address } from "viem";

import type { AccountState } from "../../../../src/engine/chain/state-upstream/state-bundle.js";
import type { InspectContext } from "../../../../src/protocols/contexts.js";
import type { Token } from "../../../../src/protocols/token.js";
import type { UniswapV2View } from "../../../../src/protocols/uniswap-v2/view.js";

import { expect } from "chai";
import { zeroAddress } from "viem";

import { BLOCK_BUILDER, Chain } from "../../../../src/engine/chain/chain.js";
import { LensReader } from "../../../../src/engine/chain/lens-reader.js";
import { LENS_ADDRESS } from "../../../../src/engine/chain/lens.js";
import { serveState } from "../../../../src/engine/chain/state-upstream/serve-state.js";
import { bundleSource } from "../../../../src/engine/chain/state-upstream/state-source.js";
import { bindProtocol } from "../../../../src/engine/world/bind-protocol.js";
import { openHermeticNetwork } from "../../../../src/plugin/hermetic-network.js";
import { uniswapV2 } from "../../../../src/protocols/index.js";
import { hasRecordedBlocks, recordedBlock } from "../../../recorded-mainnet/recorded-block.js";

const PAIR: Address = "0xB4e16d0168e52d35CaCD2c6185b44281Ec28C9Dc";
const USDC: Token = {
  address: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
  symbol: "USDC",
  decimals: 6,
  asset: "USDC",
};
const WETH: Token = {
  address: "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2",
  symbol: "WETH",
  decimals: 18,
  asset: "ETH",
};

/** What a read touches that the block did not: an unused account's balance, and the Lens's address. */
const EMPTY: AccountState = { balance: "0x0", nonce: "0x0", code: "0x", storage: {} };
const OWN: readonly Address[] = [LENS_ADDRESS, zeroAddress, BLOCK_BUILDER];

/** Ether in USDC on Uniswap V2, and the market price of that day: 2021-05-18, 2022-09-15, 2024-03-13. */
const BLOCKS = [
  { number: 12_459_406, hardfork: "berlin", between: [3_200, 3_600] },
  { number: 15_538_827, hardfork: "merge", between: [1_450, 1_650] },
  { number: 19_426_586, hardfork: "shanghai", between: [3_900, 4_100] },
] as const;

/** The total liquidity, which no swap reads and the recording does not hold; a price does not depend on it. */
function withTotalSupply(accounts: Readonly<Record<string, AccountState>>): Readonly<Record<string, AccountState>> {
  const pair = accounts[PAIR.toLowerCase()] ?? EMPTY;
  const slot = `0x${"0".padStart(64, "0")}` as const;
  const one = `0x${"1".padStart(64, "0")}` as const;
  return { ...accounts, [PAIR.toLowerCase()]: { ...pair, storage: { ...pair.storage, [slot]: one } } };
}

describe("Uniswap V2's USDC/WETH price of recorded mainnet blocks, through the adapter (needs shared/recorded-state)", () => {
  before(function () {
    if (!hasRecordedBlocks()) this.skip();
  });

  for (const { number, hardfork, between } of BLOCKS) {
    it(`block ${String(number)}: ${String(between[0])} to ${String(between[1])} USDC`, async () => {
      const { before } = recordedBlock(number);
      const own = Object.fromEntries(OWN.map((address) => [address.toLowerCase(), EMPTY]));
      const accounts = withTotalSupply({ ...own, ...before.accounts });
      const upstream = await serveState(bundleSource({ ...before, accounts }));
      const network = await openHermeticNetwork({ url: upstream.url, chainId: 1, blockNumber: number - 1, hardfork });
      try {
        const reader = new LensReader(new Chain(network.connection.provider));
        const context: InspectContext = {
          read: (plan) => reader.read(plan),
          // the recording holds what the block touched, and nothing in a block queries a symbol
          token: async (address) => (address.toLowerCase() === USDC.address.toLowerCase() ? USDC : WETH),
          hasCode: async () => true,
          assetTokens: [USDC, WETH],
          accounts: new Map(),
          target: { name: "pool", address: PAIR },
        };
        const pool = await bindProtocol("pool", uniswapV2(PAIR), context);
        // the adapter's own view
        const view = (await reader.read(pool.observe({ accounts: new Map() }))) as UniswapV2View;
        expect(view.spotPrice(WETH.address)).to.be.within(between[0], between[1]);

        // and the reserves, taken from the recording's slot 8: uint112, uint112, uint32 from the right
        const packed = BigInt(
          before.accounts[PAIR.toLowerCase() as Address]?.storage[`0x${"8".padStart(64, "0")}`] ?? 0,
        );
        const mask = (1n << 112n) - 1n;
        const [usdc, weth] = [packed & mask, (packed >> 112n) & mask];
        expect(view.reserves).to.deep.equal([usdc, weth]);
        // in millionths of USDC per ether, in integer arithmetic
        const exact = (usdc * 10n ** 18n) / weth;
        expect(Math.floor(view.spotPrice(WETH.address) * 1e6)).to.equal(Number(exact));
      } finally {
        await network.close();
        await upstream.close();
      }
    });
  }
});
