import { expect } from "chai";

import { noBadDebt } from "../../../src/conditions/index.js";
import { failsWith } from "../../helpers/errors.js";

import { ALICE, bind, BOB, contract, TARGET, USDC, WETH } from "./fake-chain.js";

const collateral = { function: "collateralOf", asset: "ETH" };
const debt = { function: "debtOf", asset: "USDC" };
const accounts = { alice: ALICE, bob: BOB };

describe("noBadDebt", () => {
  describe("of a target", () => {
    // 1 ETH each
    const debts: Record<string, bigint> = { [ALICE]: 0n, [BOB]: 0n };
    const prices = { ETH: 2_000, USDC: 1 };
    const engine = contract(
      ["function collateralOf(address) view returns (uint256)", "function debtOf(address) view returns (uint256)"],
      {
        collateralOf: ([account]) => (String(account).toLowerCase() === TARGET ? 0n : 10n ** 18n),
        debtOf: ([account]) => debts[String(account).toLowerCase()] ?? 0n,
      },
    );
    const world = { contracts: { [TARGET]: engine }, accounts, prices };

    it("judges debt at fair prices", async () => {
      const bound = await bind(noBadDebt({ collateral, debt }), world);
      debts[ALICE] = 2_000_000_000n;
      expect(bound.judge()).to.equal(undefined);
      prices.ETH = 1_500;
      debts[BOB] = 1_600_000_000n;
      const evidence = bound.judge();
      expect(evidence?.summary).to.equal("bad debt $600.00: alice owes $2,000.00 against $1,500.00, and 1 more");
      expect(evidence?.quantities.map(({ kind, of, value, unit }) => [kind, of, value, unit])).to.deep.equal([
        ["bad debt", undefined, 600, "USD"],
        ["debt", "alice", 2_000, "USD"],
        ["collateral", "alice", 1_500, "USD"],
        ["debt", "bob", 1_600, "USD"],
        ["collateral", "bob", 1_500, "USD"],
      ]);
    });

    it("ignores dust", async () => {
      prices.ETH = 2_000;
      debts[ALICE] = 2_001_000_000n;
      debts[BOB] = 0n;
      expect((await bind(noBadDebt({ collateral, debt }), world)).judge()).to.equal(undefined);
      expect((await bind(noBadDebt({ collateral, debt, dust: 0 }), world)).judge()?.summary).to.include("$1.00");
    });

    it("judges only the accounts that are named", async () => {
      debts[ALICE] = 3_000_000_000n;
      expect((await bind(noBadDebt({ collateral, debt, accounts: ["bob"] }), world)).judge()).to.equal(undefined);
      expect((await bind(noBadDebt({ collateral, debt, accounts: [ALICE] }), world)).judge()?.summary).to.include(
        "alice",
      );
      const error = await failsWith("UNKNOWN_ACCOUNT", () =>
        bind(noBadDebt({ collateral, debt, accounts: ["carol"] }), world),
      );
      expect(error.hint).to.include("alice, bob");
    });

    it("asks views of several assets with the arguments that are given", async () => {
      const market = contract(
        [
          "function suppliedOf(address token, address account) view returns (uint256)",
          "function debtOf(address token, address account) view returns (uint256)",
        ],
        {
          suppliedOf: ([token]) => (String(token).toLowerCase() === WETH.address ? 10n ** 18n : 0n),
          debtOf: ([token]) => (String(token).toLowerCase() === USDC.address ? 2_500_000_000n : 0n),
        },
      );
      const options = {
        collateral: { function: "suppliedOf", args: [WETH.address, "account"], asset: "ETH" },
        debt: { function: "debtOf", args: [USDC.address, "account"], asset: "USDC" },
        accounts: ["alice"],
      };
      const several = { contracts: { [TARGET]: market }, accounts, prices: { ETH: 2_000, USDC: 1 } };
      const bound = await bind(noBadDebt(options), several);
      expect(bound.judge()?.summary).to.equal("bad debt $500.00: alice owes $2,500.00 against $2,000.00");
      await failsWith("INVALID_OPTION", () =>
        bind(noBadDebt({ ...options, debt: { ...options.debt, args: ["account"] } }), several),
      );
    });

    it("counts native coin that has no token in wei", async () => {
      debts[ALICE] = 2_000_500_000n;
      debts[BOB] = 0n;
      const coin = { assetTokens: [USDC], nativeAsset: "ETH" };
      const bound = await bind(noBadDebt({ collateral, debt }), world, coin);
      prices.ETH = 2_000;
      expect(bound.judge()).to.equal(undefined);
      prices.ETH = 1_999;
      expect(bound.judge()?.summary).to.equal("bad debt $1.50: alice owes $2,000.50 against $1,999.00");
    });

    it("says of an asset without a token that it has none, before anything runs", async () => {
      const none = { assetTokens: [USDC], nativeAsset: undefined };
      const error = await failsWith("UNKNOWN_ASSET", () => bind(noBadDebt({ collateral, debt }), world, none));
      expect(error.summary).to.equal(
        'noBadDebt: "collateral" is counted in "ETH", an asset that has no token, so its decimals are not known.',
      );
      expect(error.hint).to.include("native: true");
      const unknown = await failsWith("UNKNOWN_ASSET", () =>
        bind(noBadDebt({ collateral, debt: { ...debt, asset: "DAI" } }), world),
      );
      expect(unknown.summary).to.equal('noBadDebt: "debt" is counted in "DAI", which is no asset of the scenario.');
      expect(unknown.hint).to.equal("Use one of: USDC, ETH.");
    });

    it("refuses a name alone, and shows what to write", async () => {
      const error = await failsWith("INVALID_OPTION", () => noBadDebt({ collateral: "collateralOf" as never, debt }));
      expect(error.summary).to.equal(
        'noBadDebt: "collateral" is "collateralOf", which does not name a function and an asset.',
      );
      expect(error.hint).to.include('{ function: "collateralOf", asset: "ETH" }');
    });

    it("names the functions that are missing", async () => {
      const error = await failsWith("UNSUPPORTED_TARGET", () =>
        bind(noBadDebt({ collateral, debt: { ...debt, function: "owedBy" } }), world),
      );
      expect(error.summary).to.include("owedBy(address)");
      expect(error.hint).to.include("debtOf(address)");
    });
  });

  describe("on a lending market", () => {
    const strange = { ...WETH, symbol: "STRANGE", asset: undefined };
    const supplied = new Map<string, bigint>();
    const positions: { account: string; debt: { token: typeof WETH; amount: bigint }[] }[] = [];
    // half of the market's own price of ether: the fair price counts
    const prices = { ETH: 1_000, USDC: 1 };
    const lendingMarket = {
      tokens: [WETH, USDC, strange],
      positions,
      supplied: (account: string, token: string) => supplied.get(`${account} ${token}`) ?? 0n,
    };
    const world = { contracts: {}, accounts, prices, lendingMarket };

    beforeEach(() => {
      lendingMarket.tokens = [WETH, USDC];
      supplied.set(`${ALICE} ${WETH.address}`, 10n ** 18n).set(`${BOB} ${USDC.address}`, 1n);
      positions.splice(
        0,
        2,
        { account: ALICE, debt: [{ token: USDC, amount: 1_250_000_000n }] },
        { account: BOB, debt: [] },
      );
    });

    it("judges all positions that are observed", async () => {
      const bound = await bind(noBadDebt(), world);
      expect(bound.judge()?.summary).to.equal("bad debt $250.00: alice owes $1,250.00 against $1,000.00");
      positions.shift();
      expect(bound.judge()).to.equal(undefined);
    });

    it("does not guess the value of a token without a price", async () => {
      const bound = await bind(noBadDebt(), world);
      lendingMarket.tokens = [strange];
      await failsWith("UNKNOWN_ASSET", () => bound.judge());
    });

    it("judges only the accounts that are named", async () => {
      const bound = await bind(noBadDebt({ accounts: ["bob"] }), world);
      expect(bound.judge()).to.equal(undefined);
      const stranger = "0x00000000000000000000000000000000000000f1";
      const error = await failsWith("UNKNOWN_ACCOUNT", async () =>
        (await bind(noBadDebt({ accounts: [stranger] }), world)).judge(),
      );
      expect(error.hint).to.include(stranger);
    });

    it("requires the name of an existing market", async () => {
      await failsWith("UNKNOWN_PROTOCOL", async () => (await bind(noBadDebt({ lending: "other" }), world)).judge());
    });
  });

  it("refuses incompatible options", async () => {
    await failsWith("INVALID_OPTION", () => noBadDebt({ collateral }));
    await failsWith("INVALID_OPTION", () => noBadDebt({ debt }));
    await failsWith("INVALID_OPTION", () => noBadDebt({ collateral, debt, lending: "aave" }));
    await failsWith("INVALID_OPTION", () => noBadDebt({ collateral, debt: { function: "debtOf" } as never }));
    await failsWith("INVALID_OPTION", () => noBadDebt({ accounts: [] }));
    await failsWith("INVALID_OPTION", () => noBadDebt({ dust: -1 }));
  });
});
