import { expect } from "chai";

import { solvent } from "../../../src/conditions/index.js";
import { failsWith } from "../../helpers/errors.js";

import { bind, contract, TARGET, USDC, WETH } from "./fake-chain.js";

const SIGNATURES = [
  "function asset() view returns (address)",
  "function totalAssets() view returns (uint256)",
  "function totalLiabilities() view returns (uint256)",
];

describe("solvent", () => {
  const ether = 10n ** 18n;
  let assets: bigint;
  let liabilities: bigint;

  const vault = contract(SIGNATURES, {
    asset: () => WETH.address,
    totalAssets: () => assets,
    totalLiabilities: () => {
      if (liabilities < 0n) throw new Error("stale price");
      return liabilities;
    },
  });
  const world = { contracts: { [TARGET]: vault }, accounts: {} };

  beforeEach(() => {
    assets = 1_000n * ether;
    liabilities = 1_000n * ether;
  });

  it("holds as long as assets cover liabilities", async () => {
    const bound = await bind(solvent(), world);
    expect(bound.judge()).to.equal(undefined);
    assets -= 1n;
    expect(bound.judge()?.summary).to.include("(short 1 wei of WETH)");
    assets = 8_124n * (ether / 10n);
    const evidence = bound.judge();
    expect(evidence?.summary).to.equal("assets 812.4 WETH < liabilities 1,000 WETH (short 187.6 WETH)");
    const unit = { symbol: "WETH", decimals: 18 };
    expect(evidence?.quantities).to.deep.equal([
      { kind: "assets", label: "assets", value: assets, unit, text: "812.4 WETH" },
      { kind: "liabilities", label: "liabilities", value: liabilities, unit, text: "1,000 WETH" },
      { kind: "shortfall", label: "shortfall", value: liabilities - assets, unit, text: "187.6 WETH" },
    ]);
  });

  it("tolerates a share of the liabilities", async () => {
    const bound = await bind(solvent({ tolerance: 0.1 }), world);
    assets = 900n * ether;
    expect(bound.judge()).to.equal(undefined);
    assets -= 1n;
    expect(bound.judge()?.summary).to.include("assets 900 WETH");
  });

  it("does not judge while a function reverts", async () => {
    const bound = await bind(solvent(), world);
    liabilities = -1n;
    expect(bound.unjudged()).to.deep.equal({ unjudged: "failed", why: "totalLiabilities() reverts" });
  });

  it("compares with the target's real holdings", async () => {
    let worth = 2_000_000;
    const bound = await bind(solvent({ assets: "fair" }), { ...world, prices: { ETH: 2_000 }, worth: () => worth });
    expect(bound.judge()).to.equal(undefined);
    worth = 1_500_000;
    expect(bound.judge()?.summary).to.equal("assets $1,500,000.00 < liabilities $2,000,000.00 (short $500,000.00)");
    // a cent counts, less than that does not
    worth = 2_000_000 - 0.009;
    expect(bound.judge()).to.equal(undefined);
    worth = 2_000_000 - 0.012;
    expect(bound.judge()?.summary).to.equal("assets $1,999,999.99 < liabilities $2,000,000.00 (short $0.01)");
  });

  it("never shows equal numbers as different ones", async () => {
    assets -= 10n ** 12n;
    const bound = await bind(solvent(), world);
    expect(bound.judge()?.summary).to.equal(
      "assets 999.999999 WETH < liabilities 1,000.000000 WETH (short 0.000001 WETH)",
    );
  });

  it("counts in the named asset", async () => {
    const bank = contract(["function cash() view returns (uint256)", "function owed() view returns (uint256)"], {
      cash: () => 5_000_000n,
      owed: () => 7_000_000n,
    });
    const bound = await bind(solvent({ assets: "cash", liabilities: "owed", asset: "USDC" }), {
      ...world,
      contracts: { [TARGET]: bank },
    });
    expect(bound.judge()?.summary).to.equal("assets 5 USDC < liabilities 7 USDC (short 2 USDC)");
  });

  it("counts native coin that has no token in wei", async () => {
    const coin = { assetTokens: [USDC], nativeAsset: "ETH" };
    const bound = await bind(solvent({ asset: "ETH" }), world, coin);
    assets -= ether;
    expect(bound.judge()?.summary).to.equal("assets 999 ETH < liabilities 1,000 ETH (short 1 ETH)");
    const held = { ...world, prices: { ETH: 2_000 }, worth: () => 1_999_000 };
    const fair = await bind(solvent({ assets: "fair", asset: "ETH" }), held, coin);
    expect(fair.judge()?.summary).to.equal("assets $1,999,000.00 < liabilities $2,000,000.00 (short $1,000.00)");
  });

  it("says which functions are missing, and which exist", async () => {
    const bank = contract(["function cash() view returns (uint256)", "function pay(uint256)"], {});
    const error = await failsWith("UNSUPPORTED_TARGET", () =>
      bind(solvent(), { ...world, contracts: { [TARGET]: bank } }),
    );
    expect(error.summary).to.include("totalAssets() and totalLiabilities() of Vault");
    expect(error.hint).to.equal("Its view functions without arguments are: cash().");
  });

  it("requires the asset that the target is denominated in", async () => {
    const { asset: _asset, ...functions } = vault.functions;
    const bank = contract(SIGNATURES.slice(1), functions);
    const error = await failsWith("UNSUPPORTED_TARGET", () =>
      bind(solvent(), { ...world, contracts: { [TARGET]: bank } }),
    );
    expect(error.hint).to.include('solvent({ asset: "USDC" })');
  });

  it("requires functions that return a number at the start", async () => {
    liabilities = -1n;
    const error = await failsWith("UNSUPPORTED_TARGET", () => bind(solvent(), world));
    expect(error.summary).to.include("totalLiabilities()");
  });

  it("requires a price for what it values at fair prices", async () => {
    const unpriced = { ...USDC, asset: undefined };
    const error = await failsWith("UNKNOWN_ASSET", () =>
      bind(solvent({ assets: "fair" }), world, { token: async () => unpriced }),
    );
    expect(error.hint).to.include("assets: { USDC:");
  });

  it("refuses options that do not exist or are out of range", async () => {
    await failsWith("INVALID_OPTION", () => solvent({ asets: "cash" } as never));
    await failsWith("INVALID_OPTION", () => solvent({ tolerance: 2 }));
  });
});
