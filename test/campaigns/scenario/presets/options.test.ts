import type { PresetOptions } from "../../../../src/scenario/presets/preset.js";
import type { Presets } from "../../../../src/scenario/presets/presets.js";

import { miniMarket } from "../../../fixtures/presets/mini-market.js";
import { failsWith } from "../../../helpers/errors.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";

describe("presets say what is missing", () => {
  const theFork = siegeForkForSuite();
  const market = () => miniMarket(theFork());

  const cases: [
    what: string,
    name: keyof Presets,
    options: () => PresetOptions & Record<string, unknown>,
    code: Parameters<typeof failsWith>[0],
  ][] = [
    ["no governor", "governanceCapture", () => ({ market: market() }), "UNKNOWN_PROTOCOL"],
    ["a governor that is none", "governanceCapture", () => ({ market: market(), governor: "dao" }), "UNKNOWN_PROTOCOL"],
    ["no bank", "bankRun", () => ({ market: { ...market(), protocols: {} } }), "UNKNOWN_PROTOCOL"],
    ["a bank that is none", "bankRun", () => ({ market: market(), bank: "pool" }), "UNKNOWN_PROTOCOL"],
    ["no pool", "liquidityDrought", () => ({ market: { ...market(), protocols: {} } }), "UNKNOWN_PROTOCOL"],
    ["more than all of the liquidity", "liquidityDrought", () => ({ market: market(), leaves: 1.1 }), "INVALID_OPTION"],
    ["no volatility", "volShock", () => ({ market: market() }), "UNKNOWN_PROTOCOL"],
    ["a volatility that is none", "volShock", () => ({ market: market(), asset: "BTC" }), "UNKNOWN_ASSET"],
    ["a price for a volatility", "volShock", () => ({ market: market(), asset: "ETH" }), "INVALID_OPTION"],
    ["an asset that is none", "contagion", () => ({ market: market(), asset: "BTC" }), "UNKNOWN_ASSET"],
    ["no sellers", "contagion", () => ({ market: market(), sellers: 0 }), "INVALID_OPTION"],
    ["an option that is none", "gasSpike", () => ({ market: market(), drops: 0.3 }), "INVALID_OPTION"],
  ];
  for (const [what, name, options, code] of cases) {
    it(`${name} with ${what}: ${code}`, async () => {
      await failsWith(code, () => theFork().connection.siege.presets[name](options()));
    });
  }
});
