import { expect } from "chai";

import { noBadDebt } from "../../../src/conditions/index.js";
import { failsWith } from "../../helpers/errors.js";

import { ALICE, BOB, TARGET, USDC, WETH, bind, contract } from "./fake-chain.js";

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
      expect(bound.judge()?.summary).to.equal("bad debt $600.00: alice owes $2,000.00 against $1,500.00, and 1 more");
    });

    it("lets dust be", async () => {
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

    it("names the functions that are missing", async () => {
      const error = await failsWith("UNSUPPORTED_TARGET", () =>
        bind(noBadDebt({ collateral, debt: { ...debt, function: "owedBy" } }), world),
      );
      expect(error.summary).to.include("owedBy(address)");
      expect(error.hint).to.include("debtOf(address)");
    });
  });

  describe("on Aave V3", () => {
    const positions = new Map<
      string,
      { address: string; supplied: ReadonlyMap<string, bigint>; owed: ReadonlyMap<string, bigint> }
    >();
    // half of what the market itself may think of ether: what counts is the fair price
    const prices = { ETH: 1_000, USDC: 1 };
    const world = { contracts: {}, accounts, prices, protocol: { accounts: positions } };

    beforeEach(() => {
      positions.set(ALICE, {
        address: ALICE,
        supplied: new Map([[WETH.address, 10n ** 18n]]),
        owed: new Map([[USDC.address, 1_250_000_000n]]),
      });
      positions.set(BOB, {
        address: BOB,
        supplied: new Map([[USDC.address, 1n]]),
        owed: new Map([[WETH.address, 0n]]),
      });
    });

    it("judges all positions that are observed", async () => {
      const bound = await bind(noBadDebt(), world);
      expect(bound.judge()?.summary).to.equal("bad debt $250.00: alice owes $1,250.00 against $1,000.00");
      positions.delete(ALICE);
      expect(bound.judge()).to.equal(undefined);
    });

    it("does not guess at what a token without a price is worth", async () => {
      const bound = await bind(noBadDebt(), world);
      positions.set(BOB, { address: BOB, supplied: new Map([[ALICE, 5n]]), owed: new Map() });
      await failsWith("UNKNOWN_ASSET", () => bound.judge());
    });

    it("judges only the accounts that are named", async () => {
      const bound = await bind(noBadDebt({ accounts: ["bob"] }), world);
      expect(bound.judge()).to.equal(undefined);
      positions.delete(BOB);
      const error = await failsWith("UNKNOWN_ACCOUNT", () => bound.judge());
      expect(error.hint).to.include("watch");
    });
  });

  it("refuses options that do not go together", async () => {
    await failsWith("INVALID_OPTION", () => noBadDebt({ collateral }));
    await failsWith("INVALID_OPTION", () => noBadDebt({ debt }));
    await failsWith("INVALID_OPTION", () => noBadDebt({ collateral, debt, lending: "aave" }));
    await failsWith("INVALID_OPTION", () => noBadDebt({ collateral, debt: { function: "debtOf" } as never }));
    await failsWith("INVALID_OPTION", () => noBadDebt({ accounts: [] }));
    await failsWith("INVALID_OPTION", () => noBadDebt({ dust: -1 }));
  });
});
