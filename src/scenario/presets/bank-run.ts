import type { ScenarioDefinition } from "../scenario.js";
import type { Market } from "./market.js";
import type { PresetOptions } from "./preset.js";

import { depositor } from "../../agents/depositor.js";
import { oneOf, SiegeError } from "../../errors.js";
import { requireInRange, requireKnown } from "../../options.js";
import { lendingMarket } from "../../protocols/roles/lending-market.js";
import { shareVault } from "../../protocols/roles/share-vault.js";

import { honest } from "./cast.js";
import { dollarAsset, mainAsset, namesOf } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";

/** Options of `bankRun`. */
export interface BankRunOptions extends PresetOptions {
  /** The bank's name among the market's protocols: a share vault (`erc4626`) or a lending market. Default: the first vault, or else the first market. */
  readonly bank?: string;
  /** What is deposited. Default: the first asset that is worth a dollar. */
  readonly asset?: string;
  /** Number of depositors, 2 to 50. Default 5. */
  readonly depositors?: number;
  /** What each depositor deposits, whole tokens, up to 1e15. Default 10,000. */
  readonly capital?: number;
}

/**
 * The depositors of an ERC-4626 vault or a lending market all withdraw at once: one has to, the others fear being too late
 * (Silicon Valley Bank on 9 March 2023: a quarter of all deposits in a day).
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`, `UNKNOWN_PROTOCOL` if there is no bank
 */
export function bankRun(options: BankRunOptions = {}): ScenarioDefinition {
  requireKnown("bankRun", options, [...PRESET_OPTIONS, "bank", "asset", "depositors", "capital"]);
  const market = marketOf(options);
  const { asset = dollarAsset(market) ?? mainAsset(market), depositors = 5, capital = 10_000 } = options;
  requireInRange("bankRun", "depositors", depositors, { min: 2, max: 50, kind: "integer" });
  const bank = bankOf(options, market);
  return presetScenario(options, market, {
    name: `bank run by ${depositors} depositors`,
    blocks: 30,
    agents: [
      // one needs its money at some point; each of the others panics a little later than the one before
      depositor({ ...bank, asset, capital, impatience: 0.1, withdrawals: 1 }),
      ...Array.from({ length: depositors - 1 }, (_value, index) =>
        honest(depositor({ ...bank, asset, capital, withdrawals: (index + 1) / (depositors + 1) })),
      ),
    ],
  });
}

/** Where the depositors hold their money. @throws SiegeError `UNKNOWN_PROTOCOL` */
function bankOf({ bank }: BankRunOptions, market: Market): { readonly vault: string } | { readonly market: string } {
  const vaults = namesOf(market, shareVault);
  const lending = namesOf(market, lendingMarket);
  const name = bank ?? vaults[0] ?? lending[0];
  if (name !== undefined && vaults.includes(name)) return { vault: name };
  if (name !== undefined && lending.includes(name)) return { market: name };
  throw new SiegeError("UNKNOWN_PROTOCOL", {
    message:
      name === undefined ? "bankRun: the market has no bank." : `bankRun: "${name}" is not a bank of the market.`,
    hint: oneOf([...vaults, ...lending], "Add one: market: { protocols: { vault: erc4626(address) } }."),
  });
}
