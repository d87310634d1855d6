import type { Address } from "viem";

import type { TellingContext } from "../../../../src/engine/events/kind.js";
import type { Token } from "../../../../src/protocols/token.js";

import { expect } from "chai";
import { parseAbi } from "viem";

import { callData } from "../../../../src/engine/events/call-data.js";

const SELF: Address = "0x0000000000000000000000000000000000000bad";
const POOL: Address = "0x00000000000000000000000000000000000000aa";
const A: Token = { address: "0x00000000000000000000000000000000000000a1", symbol: "AAA", decimals: 18, asset: "AAA" };
const B: Token = { address: "0x00000000000000000000000000000000000000b1", symbol: "BBB", decimals: 18, asset: "BBB" };
/** A vault is the token of its shares. */
const VAULT: Token = { address: POOL, symbol: "vAAA", decimals: 18, asset: undefined };

type Transfers = NonNullable<TellingContext["effect"]>["transfers"];

/** The symbols of the tokens that the arguments of a call are said to count. */
function symbolsOf(
  signature: string,
  args: readonly unknown[],
  transfers: Transfers,
  tokens: readonly Token[],
): readonly (string | undefined)[] {
  const signatures: readonly string[] = [`function ${signature}`];
  const [item] = parseAbi(signatures);
  if (item?.type !== "function") throw new Error(signature);
  const context: TellingContext = {
    nameOf: (address) => address,
    token: (address) => tokens.find((token) => token.address === address),
    account: () => SELF,
    effect: { success: true, gasUsed: 0n, transfers },
    threshold: undefined,
  };
  return callData({ to: POOL, function: item, args }, SELF, context).arguments.map(({ unit }) => unit?.symbol);
}

const paid = ({ address }: Token, amount: bigint): Transfers[number] => ({
  token: address,
  from: SELF,
  to: POOL,
  amount,
});

describe("the token that an argument counts", () => {
  it("is the one of which exactly that amount was moved", () => {
    const transfers = [paid(A, 51n), paid(B, 1n)];
    expect(symbolsOf("add(uint256 x, uint256 y)", [51n, 1n], transfers, [A, B])).to.deep.equal(["AAA", "BBB"]);
  });

  it("is not known if as much was moved of two tokens", () => {
    const transfers = [paid(A, 400n), paid(B, 400n)];
    for (const signature of ["add(uint256 x, uint256 y)", "add(uint256 amountA, uint256 amountB)"]) {
      expect(symbolsOf(signature, [400n, 400n], transfers, [A, B])).to.deep.equal([undefined, undefined]);
    }
  });

  it("is that of the caller's own payment before that of others", () => {
    const transfers = [{ ...paid(B, 7n), from: POOL, to: B.address }, paid(A, 7n)];
    expect(symbolsOf("add(uint256 x)", [7n], transfers, [A, B])).to.deep.equal(["AAA"]);
  });

  it("is the path's, at the end that the name says", () => {
    const swap = "swap(uint256 amountIn, uint256 amountOutMin, address[] path)";
    expect(symbolsOf(swap, [5n, 0n, [A.address, B.address]], [], [A, B])).to.deep.equal(["AAA", "BBB", undefined]);
  });

  it("is not known next to two tokens", () => {
    const swap = "swap(uint256 amount, address from, address to)";
    expect(symbolsOf(swap, [5n, A.address, B.address], [], [A, B])[0]).to.equal(undefined);
    expect(symbolsOf("supply(uint256 amount, address token)", [5n, B.address], [], [A, B])[0]).to.equal("BBB");
  });

  it("of shares is never what was paid for them", () => {
    expect(symbolsOf("mint(uint256 shares)", [5n], [paid(A, 9n)], [A])).to.deep.equal([undefined]);
    expect(symbolsOf("mint(uint256 shares)", [5n], [paid(A, 9n)], [A, VAULT])).to.deep.equal(["vAAA"]);
  });

  it("of a clamped amount is what was paid, or else received", () => {
    expect(symbolsOf("repay(uint256 amount)", [50n], [paid(A, 9n)], [A, B])).to.deep.equal(["AAA"]);
    const received = { token: B.address, from: POOL, to: SELF, amount: 9n };
    expect(symbolsOf("borrow(uint256 amount)", [50n], [received], [A, B])).to.deep.equal(["BBB"]);
  });

  it("of a call to a vault is not its share, unless the call is one of a token", () => {
    expect(symbolsOf("deposit(uint256 assets)", [5n], [], [A, VAULT])).to.deep.equal([undefined]);
    expect(symbolsOf("transfer(address to, uint256 amount)", [SELF, 5n], [], [A, VAULT])[1]).to.equal("vAAA");
  });
});
