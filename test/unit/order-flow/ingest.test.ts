import type { Address, Hex } from "viem";

import type { RawLog } from "../../../src/order-flow/ingest/raw-log.js";

import { expect } from "chai";
import { encodeAbiParameters, encodeEventTopics, parseAbi, parseEther, parseUnits } from "viem";

import { packFlow, unpackFlow } from "../../../src/order-flow/data-set/flow-document.js";
import { flowOfLogs } from "../../../src/order-flow/ingest/flow-of-logs.js";
import { requireSources } from "../../../src/order-flow/ingest/flow-sources.js";
import { orderedLogs } from "../../../src/order-flow/ingest/ordered-logs.js";
import { resolveSources } from "../../../src/order-flow/ingest/resolve-sources.js";
import { csvRows } from "../../../src/order-flow/ingest/rows/csv-rows.js";
import { logOfRow } from "../../../src/order-flow/ingest/rows/log-of-row.js";
import { codeOf, failsWith } from "../../helpers/errors.js";
import { FEED, POOL, trader, USDC, WETH } from "../../helpers/simulated-flow.js";

const [AAVE, CTOKEN, MORPHO, V3]: readonly [Address, Address, Address, Address] = [
  "0x1000000000000000000000000000000000000003",
  "0x1000000000000000000000000000000000000004",
  "0x1000000000000000000000000000000000000005",
  "0x1000000000000000000000000000000000000006",
];
const ID: Hex = `0x${"ab".repeat(32)}`;

const SOURCES = {
  tokens: { [WETH]: { symbol: "WETH", decimals: 18, asset: "ETH" }, [USDC]: { symbol: "USDC", decimals: 6 } },
  contracts: {
    pool: { kind: "uniswapV2", address: POOL, tokens: [USDC, WETH] },
    v3: { kind: "uniswapV3", address: V3, tokens: [USDC, WETH] },
    feed: { kind: "chainlink", address: FEED, asset: "ETH" },
    aave: { kind: "aaveV3", address: AAVE },
    cUSDC: { kind: "compoundV2", address: CTOKEN, token: USDC },
    morpho: { kind: "morphoBlue", address: MORPHO, id: ID, token: USDC, collateral: WETH },
  },
};

/** A log as a contract would emit it, by the event's declaration. */
function log(address: Address, declaration: string, args: readonly unknown[], place: Partial<RawLog> = {}): RawLog {
  const abi = parseAbi([`event ${declaration}`] as readonly string[]);
  const [event] = abi as unknown as readonly [
    { name: string; inputs: { name: string; type: string; indexed?: boolean }[] },
  ];
  const named = Object.fromEntries(event.inputs.map(({ name }, index) => [name, args[index]]));
  const plain = event.inputs.filter(({ indexed }) => indexed !== true);
  return {
    address,
    topics: encodeEventTopics({ abi, eventName: event.name, args: named }) as Hex[],
    data: encodeAbiParameters(
      plain,
      plain.map(({ name }) => named[name]),
    ),
    block: 10,
    index: 0,
    transaction: `0x${"11".repeat(32)}`,
    time: 1_700_000_000,
    removed: false,
    ...place,
  };
}

const SYNC = "Sync(uint112 reserve0, uint112 reserve1)";
const SWAP =
  "Swap(address indexed sender, uint256 amount0In, uint256 amount1In, uint256 amount0Out, uint256 amount1Out, address indexed to)";
const [alice, bob, carol] = [trader(1), trader(2), trader(3)];

async function flowOf(logs: readonly RawLog[], covered?: readonly (readonly [number, number])[]) {
  const known = await resolveSources(requireSources(SOURCES, "here"), undefined);
  return flowOfLogs(logs, {
    ...known,
    chainId: 1,
    timeOf: () => undefined,
    ...(covered === undefined ? {} : { covered }),
  });
}

describe("ingesting logs", () => {
  const usdc = (amount: number): bigint => parseUnits(String(amount), 6);

  it("reads what accounts do at every kind of contract", async () => {
    const { events, counts } = await flowOf([
      log(POOL, SYNC, [usdc(2_000_000), parseEther("1000")], { index: 0 }),
      log(POOL, SWAP, [alice, usdc(2_000), 0n, 0n, parseEther("0.99"), bob], { index: 1 }),
      log(POOL, "Mint(address indexed sender, uint256 amount0, uint256 amount1)", [alice, 1n, 2n], { index: 2 }),
      log(POOL, "Transfer(address indexed from, address indexed to, uint256 value)", [alice, bob, 1n], { index: 3 }),
      log(
        V3,
        "Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick)",
        // 2,000 dollars for an ether: √(10¹² / 2,000) · 2⁹⁶
        [alice, bob, usdc(100), -parseEther("0.05"), 1771595571142957102961017161607260n, 5n, 1],
        { index: 4 },
      ),
      log(
        FEED,
        "AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt)",
        [200_012_345_678n, 1n, 1n],
        { index: 5 },
      ),
      log(
        AAVE,
        "Supply(address indexed reserve, address user, address indexed onBehalfOf, uint256 amount, uint16 indexed referralCode)",
        [USDC, alice, bob, 7n, 0],
        { index: 6 },
      ),
      log(
        AAVE,
        "LiquidationCall(address indexed collateralAsset, address indexed debtAsset, address indexed user, uint256 debtToCover, uint256 liquidatedCollateralAmount, address liquidator, bool receiveAToken)",
        [WETH, USDC, alice, 100n, 3n, carol, false],
        { index: 7 },
      ),
      log(CTOKEN, "Redeem(address redeemer, uint256 redeemAmount, uint256 redeemTokens)", [alice, 9n, 400n], {
        index: 8,
      }),
      log(
        CTOKEN,
        "LiquidateBorrow(address liquidator, address borrower, uint256 repayAmount, address cTokenCollateral, uint256 seizeTokens)",
        [carol, alice, 5n, CTOKEN, 6n],
        { index: 9 },
      ),
      log(
        MORPHO,
        "Borrow(bytes32 indexed id, address caller, address indexed onBehalf, address indexed receiver, uint256 assets, uint256 shares)",
        [ID, alice, bob, carol, 11n, 12n],
        { index: 10 },
      ),
      log(
        MORPHO,
        "SupplyCollateral(bytes32 indexed id, address indexed caller, address indexed onBehalf, uint256 assets)",
        [ID, alice, bob, 13n],
        { index: 11 },
      ),
    ]);
    expect(counts).to.include({ logs: 12, others: 2, unknown: 0 });
    expect(events.map(({ kind, contract }) => `${contract} ${kind}`)).to.deep.equal([
      "pool swap",
      "pool mint",
      "v3 swap",
      "feed round",
      "aave supply",
      "aave liquidation",
      "cUSDC withdraw",
      "cUSDC liquidation",
      "morpho borrow",
      "morpho supply",
    ]);
    expect(events[0]).to.deep.include({ from: bob, amount0: usdc(2_000), amount1: -parseEther("0.99") });
    expect((events[0] as { price: number }).price).to.be.closeTo(1 / 2_000, 1e-15);
    expect((events[2] as { price: number }).price).to.be.closeTo(1 / 2_000, 1e-9);
    expect(events[3]).to.deep.include({ price: 2_000.12345678 });
    expect(events[4]).to.deep.include({ from: bob, token: USDC, amount: 7n });
    expect(events[5]).to.deep.include({
      from: carol,
      borrower: alice,
      debt: USDC,
      repaid: 100n,
      collateral: WETH,
      seized: 3n,
    });
    expect(events[6]).to.deep.include({ from: alice, token: USDC, amount: 9n });
    expect(events[7]).to.deep.include({ from: carol, debt: USDC, repaid: 5n, collateral: CTOKEN, seized: 6n });
    expect(events[8]).to.deep.include({ from: bob, token: USDC, amount: 11n });
    expect(events[9]).to.deep.include({ from: bob, token: WETH, amount: 13n });
  });

  const swapAt = (place: Partial<RawLog>): RawLog =>
    log(POOL, SWAP, [alice, usdc(2_000), 0n, 0n, parseEther("0.99"), bob], place);

  it("sorts logs, takes each once, and leaves out what a reorganisation took back, and counts it", async () => {
    const [old, now]: readonly [Hex, Hex] = [`0x${"aa".repeat(32)}`, `0x${"bb".repeat(32)}`];
    const logs = [
      swapAt({ block: 12, index: 3 }),
      swapAt({ block: 11, index: 1 }),
      swapAt({ block: 12, index: 3 }),
      swapAt({ block: 13, index: 0, blockHash: old }),
      swapAt({ block: 13, index: 0, blockHash: old, removed: true }),
      swapAt({ block: 13, index: 4, blockHash: now }),
      { ...swapAt({ block: 12, index: 9 }), address: trader(99) },
      log(
        MORPHO,
        "SupplyCollateral(bytes32 indexed id, address indexed caller, address indexed onBehalf, uint256 assets)",
        [`0x${"cd".repeat(32)}`, alice, bob, 13n],
        { block: 12, index: 10 },
      ),
    ];
    const { events, counts, blocks } = await flowOf(logs);
    expect(events.map(({ block, index }) => [block, index])).to.deep.equal([
      [11, 1],
      [12, 3],
      [13, 4],
    ]);
    expect(counts).to.deep.equal({
      logs: 8,
      duplicates: 1,
      removed: 2,
      outOfOrder: 3,
      unknown: 2,
      others: 0,
      outside: 0,
    });
    expect(blocks).to.deep.equal([11, 13]);
  });

  it("tells the blocks that were not read, and what is outside", async () => {
    const { missing, counts, events } = await flowOf(
      [swapAt({ block: 10 }), swapAt({ block: 35 }), swapAt({ block: 25 })],
      [
        [10, 19],
        [30, 39],
      ],
    );
    expect(missing).to.deep.equal([[20, 29]]);
    expect(counts.outside).to.equal(1);
    expect(events).to.have.lengthOf(2);
  });

  it("refuses two versions of a block, and logs without a time", async () => {
    const versions = [swapAt({ index: 1, blockHash: ID }), swapAt({ index: 2, blockHash: `0x${"cd".repeat(32)}` })];
    expect(codeOf(() => orderedLogs(versions))).to.equal("LOGS_CONFLICT");
    expect(codeOf(() => orderedLogs([swapAt({}), swapAt({ data: "0x" })]))).to.equal("LOGS_CONFLICT");
    const { time: _time, ...timeless } = swapAt({});
    await failsWith("LOGS_INVALID", () => flowOf([timeless]));
  });

  it("has a file whose checksum tells when it was damaged or edited", async () => {
    const flow = await flowOf([swapAt({}), swapAt({ index: 1 })]);
    const packed = packFlow(flow);
    expect(packFlow(flow)).to.deep.equal(packed);
    expect(unpackFlow(packed, "flow")).to.deep.equal(flow);
    const text = JSON.stringify({ ...flow, sha256: "0".repeat(64) }, (_key, value: unknown) =>
      typeof value === "bigint" ? value.toString() : value,
    );
    for (const [what, bytes] of [
      ["another checksum", Buffer.from(text)],
      ["half of it", packed.subarray(0, packed.length / 2)],
      ["another format", Buffer.from('{"format":"other"}')],
      ["another version", Buffer.from('{"format":"hardhat-siege-flow","version":2}')],
      ["a wrong field", Buffer.from('{"format":"hardhat-siege-flow","version":1,"events":7}')],
      ["no JSON", Buffer.from("no")],
    ] as const) {
      expect(
        codeOf(() => unpackFlow(bytes, "flow")),
        what,
      ).to.equal("FLOW_INVALID");
    }
  });

  it("says what is wrong with sources", async () => {
    for (const wrong of [
      {},
      { contracts: {} },
      { contracts: { pool: { kind: "sushi", address: POOL } } },
      { contracts: { pool: { kind: "uniswapV2", address: "0x1" } } },
      { contracts: { pool: { kind: "uniswapV2", address: POOL, fee: 3 } } },
      { ...SOURCES, covered: [[5, 4]] },
    ]) {
      expect(
        codeOf(() => requireSources(wrong, "here")),
        JSON.stringify(wrong),
      ).to.equal("LOGS_INVALID");
    }
    const { contracts } = SOURCES;
    await failsWith("LOGS_INVALID", () => resolveSources(requireSources({ contracts }, "here"), undefined));
    const quote = { ...SOURCES, contracts: { pool: { ...contracts.pool, quote: AAVE } } };
    await failsWith("LOGS_INVALID", () => resolveSources(requireSources(quote, "here"), undefined));
  });
});

describe("rows of logs", () => {
  it("are read from CSV with quotes, commas and line ends in cells", () => {
    expect(csvRows('a,b\n1,"x, ""y""\n z"\r\n,\n\n3,4')).to.deep.equal([
      { a: "1", b: 'x, "y"\n z' },
      { a: "", b: "" },
      { a: "3", b: "4" },
    ]);
  });

  const row = {
    address: POOL,
    block_number: "17",
    log_index: "3",
    transaction_hash: ID,
    topic0: ID,
    topic1: "",
    data: "0x01",
    block_timestamp: "2023-11-14T22:13:20Z",
  };
  const expected: RawLog = {
    address: POOL,
    topics: [ID],
    data: "0x01",
    block: 17,
    index: 3,
    transaction: ID,
    time: 1_700_000_000,
    removed: false,
  };

  it("have the names of exporters, topics in one column or in four, and bytes of Parquet", () => {
    expect(logOfRow(row, "row 1")).to.deep.equal(expected);
    const { topic0: _topic, ...rest } = row;
    expect(logOfRow({ ...rest, topics: `['${ID}']` }, "row 1")).to.deep.equal(expected);
    const bytes = (hex: Hex): Uint8Array => Buffer.from(hex.slice(2), "hex");
    const parquet = {
      ...rest,
      topic0: bytes(ID),
      data: bytes("0x01"),
      address: bytes(POOL),
      block_number: 17n,
      block_timestamp: 1_700_000_000_000n,
    };
    expect(logOfRow(parquet, "row 1")).to.deep.equal(expected);
    const rpc = {
      ...rest,
      topics: [ID],
      blockNumber: "0x11",
      logIndex: "0x3",
      block_timestamp: "0x6553f100",
      removed: false,
    };
    expect(logOfRow(rpc, "row 1")).to.deep.equal(expected);
  });

  for (const [what, wrong] of [
    ["an address", { address: "0x12" }],
    ["a block", { block_number: "seven" }],
    ["a topic", { topic0: "0x12" }],
    ["data", { data: "0x123" }],
    ["a time", { block_timestamp: "yesterday" }],
    ["a transaction", { transaction_hash: "" }],
  ] as const) {
    it(`name the row with ${what} that is none`, async () => {
      const error = await failsWith("LOGS_INVALID", () => logOfRow({ ...row, ...wrong }, "logs.csv, log 7"));
      expect(error.summary).to.include("logs.csv, log 7");
    });
  }
});
