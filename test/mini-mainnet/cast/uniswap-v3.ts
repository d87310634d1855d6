import type { Address } from "viem";

import type { Contract, PinnedChain } from "../pinned-chain.js";

import { keccak256, maxUint256, parseAbi, sliceHex, toBytes, zeroAddress } from "viem";

import { erc20Abi, mintableAbi, wethAbi } from "../abis.js";
import { ACCOUNTS } from "../accounts.js";
import { uniswapV3Artifact } from "../artifact.js";

/** Where Uniswap V3 is, once it is deployed. */
export interface UniswapV3Addresses {
  readonly factory: Address;
  readonly router: Address;
  readonly positionManager: Address;
  readonly quoter: Address;
  readonly quoterV2: Address;
  /** The pools of USDC (token 0) and WETH (token 1), by fee. */
  readonly pools: { readonly low: Address; readonly medium: Address; readonly high: Address };
  /** Who deployed everything, and owns all positions. */
  readonly deployer: Address;
}

/** An account of its own: the addresses of what it deploys depend on nothing else that is on the chain. */
const DEPLOYER: Address = sliceHex(keccak256(toBytes("hardhat-siege mini mainnet: uniswap v3")), 12);

const factoryAbi = parseAbi([
  "function createPool(address tokenA, address tokenB, uint24 fee) returns (address)",
  "function getPool(address tokenA, address tokenB, uint24 fee) view returns (address)",
]);

const poolAbi = parseAbi([
  "function initialize(uint160 sqrtPriceX96)",
  "function increaseObservationCardinalityNext(uint16 next)",
]);

const positionManagerAbi = parseAbi([
  "function mint((address token0, address token1, uint24 fee, int24 tickLower, int24 tickUpper, uint256 amount0Desired, uint256 amount1Desired, uint256 amount0Min, uint256 amount1Min, address recipient, uint256 deadline) params) payable returns (uint256 tokenId, uint128 liquidity, uint256 amount0, uint256 amount1)",
]);

/** sqrt(5e8) as a 64.96-bit fixed-point number: 2,000 USDC a WETH, as in the V2 pair, is 5e8 wei for 1e-6 USDC. */
const SQRT_PRICE = 1_771_595_571_142_957_102_961_017_161_607_260n;

/** The tick of that price, rounded to a multiple of all tick spacings. */
const MIDDLE = 200_400;

/** Observations that a pool keeps, one a block: an hour and a half, and 10 million gas to make room for them. */
const OBSERVATIONS = 450;

/** Ether that the whale gives the deployer: for the positions' WETH, and gas. */
const ETHER = 10_000n * 10n ** 18n;

/** Each pool's positions: how far they reach from the middle, in ticks, and how many whole WETH are worth as much. */
const POOLS = {
  low: {
    fee: 500,
    tickSpacing: 10,
    positions: [
      { reach: Infinity, weth: 200n },
      { reach: 2_000, weth: 300n },
      { reach: 600, weth: 300n },
      { reach: 200, weth: 100n },
    ],
  },
  medium: {
    fee: 3_000,
    tickSpacing: 60,
    positions: [
      { reach: Infinity, weth: 500n },
      { reach: 3_000, weth: 300n },
      { reach: 600, weth: 100n },
    ],
  },
  high: { fee: 10_000, tickSpacing: 200, positions: [{ reach: Infinity, weth: 100n }] },
} as const;

/**
 * Uniswap V3 as the Uniswap team compiled it, with pools of USDC and WETH at three fees around the price of the V2 pair,
 * which have full-range and concentrated positions and remember 450 observations.
 */
export async function deployUniswapV3(
  chain: PinnedChain,
  { weth, usdc }: { readonly weth: Address; readonly usdc: Address },
): Promise<UniswapV3Addresses> {
  await chain.send({ from: ACCOUNTS.whale, to: DEPLOYER, value: ETHER });
  const factory = await chain.deploy(DEPLOYER, uniswapV3Artifact("v3-core", "UniswapV3Factory"));
  const periphery = async (path: string, args: readonly unknown[]): Promise<Address> =>
    chain.deploy(DEPLOYER, uniswapV3Artifact("v3-periphery", path), args);
  const router = await periphery("SwapRouter", [factory, weth]);
  // without a descriptor, only tokenURI() does not answer
  const positionManager = await periphery("NonfungiblePositionManager", [factory, weth, zeroAddress]);
  const quoter = await periphery("lens/Quoter", [factory, weth]);
  const quoterV2 = await periphery("lens/QuoterV2", [factory, weth]);

  const total = Object.values(POOLS).reduce(
    (sum, { positions }) => positions.reduce((all, position) => all + position.weth, sum),
    0n,
  );
  // a position takes somewhat more of one of the two than of the other
  const [ether, dollars] = [2n * total * 10n ** 18n, 2n * total * 2_000n * 10n ** 6n];
  await chain.write(DEPLOYER, { address: weth, abi: wethAbi }, "deposit", [], ether);
  await chain.write(DEPLOYER, { address: usdc, abi: mintableAbi }, "mint", [DEPLOYER, dollars]);
  for (const address of [weth, usdc]) {
    await chain.write(DEPLOYER, { address, abi: erc20Abi }, "approve", [positionManager, maxUint256]);
  }

  const open = async (pool: (typeof POOLS)[keyof typeof POOLS]): Promise<Address> => {
    const address = await createPool(chain, { address: factory, abi: factoryAbi }, [usdc, weth, pool.fee]);
    for (const { reach, weth: amount } of pool.positions) {
      const [tickLower, tickUpper] = rangeOf(reach, pool.tickSpacing);
      const params = {
        token0: usdc,
        token1: weth,
        fee: pool.fee,
        tickLower,
        tickUpper,
        amount0Desired: amount * 2_000n * 10n ** 6n,
        amount1Desired: amount * 10n ** 18n,
        amount0Min: 0n,
        amount1Min: 0n,
        recipient: DEPLOYER,
        deadline: maxUint256,
      };
      await chain.write(DEPLOYER, { address: positionManager, abi: positionManagerAbi }, "mint", [params]);
    }
    return address;
  };
  const pools = { low: await open(POOLS.low), medium: await open(POOLS.medium), high: await open(POOLS.high) };
  return { factory, router, positionManager, quoter, quoterV2, pools, deployer: DEPLOYER };
}

async function createPool(
  chain: PinnedChain,
  factory: Contract<typeof factoryAbi>,
  key: readonly [Address, Address, number],
): Promise<Address> {
  await chain.write(DEPLOYER, factory, "createPool", key);
  const address = await chain.read(factory, "getPool", key);
  const pool = { address, abi: poolAbi };
  await chain.write(DEPLOYER, pool, "initialize", [SQRT_PRICE]);
  await chain.write(DEPLOYER, pool, "increaseObservationCardinalityNext", [OBSERVATIONS]);
  return address;
}

function rangeOf(reach: number, tickSpacing: number): readonly [number, number] {
  const highest = Math.floor(887_272 / tickSpacing) * tickSpacing;
  return reach === Infinity ? [-highest, highest] : [MIDDLE - reach, MIDDLE + reach];
}
