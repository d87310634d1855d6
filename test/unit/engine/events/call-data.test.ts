import type { Address } from "viem";

import type { CallData, InnerCallData } from "../../../../src/engine/events/call-data.js";
import type { TellingContext } from "../../../../src/engine/events/kind.js";
import type { Token } from "../../../../src/protocols/token.js";

import { expect } from "chai";
import { parseAbi } from "viem";

import { callData, callWords } from "../../../../src/engine/events/call-data.js";

const SELF: Address = "0x0000000000000000000000000000000000000bad";
const POOL: Address = "0x00000000000000000000000000000000000000aa";
const A: Token = { address: "0x00000000000000000000000000000000000000a1", symbol: "AAA", decimals: 18, asset: "AAA" };
const B: Token = { address: "0x00000000000000000000000000000000000000b1", symbol: "BBB", decimals: 18, asset: "BBB" };
/** A vault is the token of its shares. */
const VAULT: Token = { address: POOL, symbol: "vAAA", decimals: 18, asset: undefined };

const ALICE: Address = "0x00000000000000000000000000000000000a11ce";
const NAMES: Readonly<Record<string, string>> = { [SELF]: "attacker", [POOL]: "Vault", [ALICE]: "alice" };

type Transfers = NonNullable<TellingContext["effect"]>["transfers"];

/** A call as it is described. @param asset - what the called contract takes, if it is an ERC-4626 vault */
function described(
  signature: string,
  args: readonly unknown[],
  transfers: Transfers,
  tokens: readonly Token[],
  asset?: Token,
): CallData {
  const signatures: readonly string[] = [`function ${signature}`];
  const [item] = parseAbi(signatures);
  if (item?.type !== "function") throw new Error(signature);
  const context: TellingContext = {
    nameOf: (address) => NAMES[address] ?? address,
    token: (address) => tokens.find((token) => token.address === address),
    assetOf: () => asset,
    account: () => SELF,
    effect: { success: true, gasUsed: 0n, transfers },
    threshold: undefined,
  };
  return callData({ to: POOL, function: item, args }, SELF, context);
}

/** The symbols of the tokens that the arguments of a call are said to count. */
function symbolsOf(...call: Parameters<typeof described>): readonly (string | undefined)[] {
  return described(...call).arguments.map(({ unit }) => unit?.symbol);
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

  it("of an ERC-4626 vault is what the standard says, whatever happened", () => {
    const [one, both] = [[SELF], [SELF, SELF]];
    const calls: readonly (readonly [string, readonly unknown[], string])[] = [
      ["deposit(uint256 x, address)", one, "AAA"],
      ["withdraw(uint256 x, address, address)", both, "AAA"],
      ["mint(uint256 x, address)", one, "vAAA"],
      ["redeem(uint256 x, address, address)", both, "vAAA"],
      ["requestDeposit(uint256 assets)", [], "AAA"],
      ["requestRedeem(uint256 shares)", [], "vAAA"],
    ];
    const minted = { token: VAULT.address, from: POOL, to: SELF, amount: 100n };
    for (const transfers of [[], [paid(A, 99n), minted], [paid(A, 100n), minted]]) {
      for (const [signature, accounts, symbol] of calls) {
        const [counted] = symbolsOf(signature, [100n, ...accounts], transfers, [A, VAULT], A);
        expect(counted, signature).to.equal(symbol);
      }
    }
    expect(symbolsOf("setLimit(uint256 x)", [5n], [], [A, VAULT], A)).to.deep.equal([undefined]);
  });

  it("of assets is not the share of the vault that is called, even if the asset is not known beforehand", () => {
    const burnt = { token: A.address, from: SELF, to: B.address, amount: 1n };
    const minted = { token: VAULT.address, from: B.address, to: SELF, amount: 100n };
    // a token with a fee: only together do the transfers make the amount
    const transfers = [paid(A, 99n), burnt, minted];
    expect(symbolsOf("deposit(uint256 assets, address)", [100n, SELF], transfers, [A, VAULT])[0]).to.equal("AAA");
    expect(symbolsOf("mint(uint256 shares, address)", [100n, SELF], transfers, [A, VAULT])[0]).to.equal("vAAA");
    // nothing says which of the two it is
    expect(symbolsOf("enter(uint256 x)", [100n], transfers, [A, VAULT])).to.deep.equal([undefined]);
  });
});

describe("the words about a call", () => {
  it("say who else received what", () => {
    const transfers = [
      { token: VAULT.address, from: SELF, to: B.address, amount: 2n * 10n ** 18n },
      { token: A.address, from: POOL, to: ALICE, amount: 3n * 10n ** 18n },
      // no concern of the call's
      { token: A.address, from: POOL, to: B.address, amount: 5n },
    ];
    const signature = "redeem(uint256 shares, address receiver, address owner)";
    const data = described(signature, [2n * 10n ** 18n, ALICE, SELF], transfers, [A, VAULT]);
    expect(callWords(data)).to.deep.equal({
      action: "Vault.redeem(2 vAAA, alice, attacker)",
      consequence: "pays 2 vAAA, alice gets 3 AAA",
    });
    // to oneself
    const own = described(signature, [1n, SELF, SELF], [{ ...paid(A, 10n ** 18n), from: POOL, to: SELF }], [A]);
    expect(callWords(own).consequence).to.equal("gets 1 AAA");
  });

  it("make numbers readable of which the unit is not known", () => {
    const words = (value: bigint): string => callWords(described("set(uint256 x)", [value], [], [])).action;
    expect([2n, 12_000_000n, 45n * 10n ** 18n].map(words)).to.deep.equal([
      "Vault.set(2)",
      "Vault.set(12,000,000)",
      "Vault.set(45 × 10^18)",
    ]);
  });

  it("has calls inside calls inside calls in nested braces", () => {
    const data = described("withdraw(uint256 x)", [1n], [], []);
    const inside = (...calls: readonly InnerCallData[]) => ({ callback: "receive()", calls });
    const borrow = described("borrow(uint256 x)", [3n], [], []);
    const deposit = { ...described("deposit(uint256 x)", [2n], [], []), inside: { calls: [borrow] } };
    const whole = { ...data, inside: inside(deposit, borrow) };
    expect(callWords(whole).action).to.equal(
      "Vault.withdraw(1) { in receive(): Vault.deposit(2) { in a callback: Vault.borrow(3) }; Vault.borrow(3) }",
    );
  });
});
