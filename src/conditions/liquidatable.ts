import type { AmountOf } from "./amount-of.js";
import type { Condition } from "./condition.js";
import type { Health } from "./liquidatable-target.js";
import type { SimulatedArgument } from "./simulated-call.js";
import type { Wait } from "./wait.js";

import { SiegeError } from "../errors.js";
import { requireInRange, requireKnown, requireNames, requireText, shown } from "../options.js";

import { requireArguments } from "./account-view.js";
import { requireAccountList } from "./accounts.js";
import { requireAmountOf } from "./amount-of.js";
import { liquidatableMarket } from "./liquidatable-market.js";
import { liquidatableTarget } from "./liquidatable-target.js";
import { requireWait } from "./wait.js";

const ID = "liquidatable";

const DEFAULT_DUST = 1;

/** Options of {@link liquidatable}. */
export interface LiquidatableOptions {
  /** The lending market (Aave, Compound, Morpho, …) whose positions are judged, by protocol name. Default: the only one. */
  readonly lending?: string;
  /** The target's function that liquidates, instead of `lending`: its name, or its signature if there are several of that name. */
  readonly liquidate?: string;
  /**
   * What it is called with: values; for addresses, `"account"` (the borrower), `"liquidator"` or the name of an account of the
   * scenario; or, once, the number that a view returns for the borrower. Default: the borrower for the first address, the
   * liquidator for others, and for the first uint256 the whole debt as well as round parts of it (0.01 to 10,000 whole units).
   */
  readonly args?: readonly SimulatedArgument[];
  /** The target's view of an account's debt, and the asset in which a liquidator repays it. Needed with `liquidate`. */
  readonly debt?: AmountOf;
  /** The target's view of an account's deposit. Needed with `liquidate`. */
  readonly collateral?: AmountOf;
  /** The target's own rule. Default: an account is under water while it owes more than `threshold` of its collateral's fair value. */
  readonly health?: Health;
  /** The share of the collateral's fair value above which a debt must be liquidatable, as a fraction, 0 to 1. Default 1. */
  readonly threshold?: number;
  /** Whose positions, by name or address. Default: those of all of the scenario's accounts; in a market, all that it watches. */
  readonly accounts?: readonly string[];
  /** Legitimate reasons to refuse: names of custom errors, or revert texts. Default: none. */
  readonly errors?: readonly string[];
  /** Positions with less debt or less collateral than that are ignored, US dollars. Default 1. */
  readonly dust?: number;
  /** For how many blocks in a row (`5`, `{ blocks: 5 }`) or seconds (`{ seconds: 600 }`) there may be no way, pauses aside. Default 0. */
  readonly within?: Wait;
}

/**
 * Whoever is under water can be liquidated by somebody at a profit, before gas, at fair prices. With `liquidate`, each such
 * liquidation is tried after every block, in a simulation of its own by an account that has as much of the debt's asset as it
 * takes; it is violated if every way reverts, or leaves the liquidator with no gain. In a lending market, what its adapter says
 * of the amounts is judged instead. An account without collateral has bad debt, which is `noBadDebt`'s.
 *
 * There is nothing to judge while nobody owes anything; not judged while the views revert for all accounts.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `INVALID_OPTION` if the arguments do not fit the function or
 * `within` is as long as a run, `UNSUPPORTED_TARGET`, `UNKNOWN_ACCOUNT`, `UNKNOWN_ASSET`, `UNFUNDABLE_TOKEN`
 * @example
 * ```ts
 * liquidatable({
 *   liquidate: "liquidate",
 *   health: { function: "isLiquidatable", is: true },
 *   debt: { function: "debtOf", asset: "USDC" },
 *   collateral: { function: "collateralOf", asset: "ETH" },
 * });
 * ```
 */
export function liquidatable(options: LiquidatableOptions = {}): Condition {
  requireKnown(ID, options, [
    "lending",
    "liquidate",
    "args",
    "debt",
    "collateral",
    "health",
    "threshold",
    "accounts",
    "errors",
    "dust",
    "within",
  ]);
  const { lending, liquidate, args, debt, collateral, health, threshold, accounts, errors } = options;
  const { dust = DEFAULT_DUST, within = 0 } = options;
  requireInRange(ID, "dust", dust, { min: 0, max: 1e15 });
  requireWait(ID, within);
  requireAccountList(ID, "accounts", accounts);
  requireNames(ID, "errors", errors);
  if (threshold !== undefined) requireInRange(ID, "threshold", threshold, { min: 0, max: 1 });
  if (liquidate === undefined) {
    const ofTarget = (["args", "debt", "collateral", "health", "threshold", "errors"] as const).find(
      (option) => options[option] !== undefined,
    );
    if (ofTarget === undefined) return liquidatableMarket(ID, { lending, accounts, dust, within });
    throw new SiegeError("INVALID_OPTION", {
      message: `${ID} is given "${ofTarget}" but no function that liquidates.`,
      hint: 'Name it: liquidate: "liquidate"; or leave all of the target\'s functions out, for a lending market.',
    });
  }
  requireText(ID, "liquidate", liquidate);
  if (lending !== undefined || debt === undefined || collateral === undefined) {
    throw new SiegeError("INVALID_OPTION", {
      message: `${ID} is given ${lending === undefined ? `a function that liquidates, but no ${debt === undefined ? "debt" : "collateral"}` : "both lending and a function of the target"}.`,
      hint: "Pass liquidate, debt and collateral together, or lending alone.",
    });
  }
  requireAmountOf(ID, "debt", debt);
  requireAmountOf(ID, "collateral", collateral);
  if (health !== undefined) requireHealth(health, threshold);
  return liquidatableTarget(ID, {
    liquidate,
    args,
    debt,
    collateral,
    health,
    threshold: threshold ?? 1,
    accounts,
    errors: errors ?? [],
    dust,
    within,
  });
}

function requireHealth(health: Health, threshold: number | undefined): void {
  // plain JavaScript callers have no types
  const given = health as Partial<Record<"function" | "is" | "below", unknown>>;
  if (typeof health === "object") requireKnown(`${ID}: health`, health, ["function", "args", "is", "below"]);
  const isRule = (typeof given.is === "boolean") !== (typeof given.below === "bigint");
  if (typeof given.function !== "string" || !isRule) {
    throw new SiegeError("INVALID_OPTION", {
      message: `${ID}: "health" is ${shown(health)}, which does not say when a position may be liquidated.`,
      hint: 'Write health: { function: "isLiquidatable", is: true }, or { function: "healthFactor", below: 10n ** 18n }.',
    });
  }
  requireArguments(ID, "health", health.args);
  if (threshold === undefined) return;
  throw new SiegeError("INVALID_OPTION", {
    message: `${ID} is given both health and threshold.`,
    hint: "Pass one: the target's own rule, or the share of the collateral's fair value.",
  });
}
