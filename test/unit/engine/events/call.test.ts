import type { CallStep } from "../../../../src/engine/events/call.js";
import type { TellingContext } from "../../../../src/engine/events/kind.js";
import type { Token } from "../../../../src/protocols/token.js";

import { expect } from "chai";
import { getAbiItem, maxUint256, parseAbi } from "viem";

import { agentCall } from "../../../../src/engine/events/call.js";

const ROUTER = "0x00000000000000000000000000000000000000aa";
const ATTACKER = "0x00000000000000000000000000000000000000bb";
const USDC: Token = {
  address: "0x00000000000000000000000000000000000000cc",
  symbol: "USDC",
  decimals: 6,
  asset: "USDC",
};
const WETH: Token = {
  address: "0x00000000000000000000000000000000000000dd",
  symbol: "WETH",
  decimals: 18,
  asset: "ETH",
};

const NAMES: Readonly<Record<string, string>> = {
  [ROUTER]: "pool router",
  [ATTACKER]: "attacker",
  [USDC.address]: "USDC",
  [WETH.address]: "WETH",
};

const context: TellingContext = {
  nameOf: (address) => NAMES[address] ?? address,
  token: (address) => [USDC, WETH].find((token) => token.address === address),
  assetOf: () => undefined,
  account: () => ATTACKER,
  effect: undefined,
  threshold: undefined,
};

const swap = getAbiItem({
  abi: parseAbi([
    "function swap(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)",
  ]),
  name: "swap",
});

const step: CallStep = {
  kind: "call",
  block: 1,
  agent: "attacker",
  to: ROUTER,
  function: swap,
  args: [430_000_000_000n, 0n, [USDC.address, WETH.address], ATTACKER, maxUint256],
  value: 0n,
  tip: 1n,
  gas: 1n,
  note: undefined,
};

describe("a call of an agent", () => {
  const { tells } = agentCall;

  it("is data: its target, its decoded arguments, and the units of its amounts", () => {
    const { kind, target, function: name, arguments: args, effect } = tells.data(step, context);
    expect({ kind, target, name, effect }).to.deep.equal({
      kind: "call",
      target: { name: "pool router", address: ROUTER },
      name: "swap",
      effect: undefined,
    });
    expect(args[0]).to.deep.equal({
      name: "amountIn",
      type: "uint256",
      value: 430_000_000_000n,
      token: USDC.address,
      unit: { symbol: "USDC", decimals: 6 },
    });
    expect(args[1]?.unit?.symbol).to.equal("WETH");
    expect(args[2]?.items?.map(({ type, named }) => [type, named])).to.deep.equal([
      ["address", "USDC"],
      ["address", "WETH"],
    ]);
    expect(args[4]).to.deep.equal({ name: "deadline", type: "uint256", value: maxUint256 });
  });

  it("is described in a sentence made from the data alone", () => {
    // as a file has it
    const data = structuredClone(tells.data(step, context));
    expect(tells.words(data)).to.deep.equal({
      action: "pool router.swap(430,000 USDC, 0 WETH, [USDC, WETH], attacker, max)",
      consequence: undefined,
    });
  });

  it("shows what its sender paid and received, or that it reverted", () => {
    const transfers = [
      { token: USDC.address, from: ATTACKER, to: ROUTER, amount: 430_000_000_000n },
      { token: WETH.address, from: ROUTER, to: ATTACKER, amount: 176_500_000_000_000_000_000n },
    ] as const;
    const done = tells.data(step, { ...context, effect: { success: true, gasUsed: 90_000n, transfers } });
    expect(done.effect).to.deep.equal({
      reverted: false,
      gasUsed: 90_000n,
      changes: [
        { token: USDC.address, value: -430_000_000_000n, unit: { symbol: "USDC", decimals: 6 } },
        { token: WETH.address, value: 176_500_000_000_000_000_000n, unit: { symbol: "WETH", decimals: 18 } },
      ],
    });
    expect(tells.words(done).consequence).to.equal("pays 430,000 USDC, gets 176.5 WETH");
    const failed = tells.data(step, { ...context, effect: { success: false, gasUsed: 30_000n, transfers: [] } });
    expect(tells.words(failed).consequence).to.equal("reverts");
  });
});
