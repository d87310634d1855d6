import type { FlowCalibration } from "../order-flow/calibration/calibrate-flow.js";
import type { FlowDataSet } from "../order-flow/data-set/flow-data-set.js";
import type { Agent } from "./agent.js";

import { oneOf, SiegeError } from "../errors.js";
import { requireInRange, requireKnown } from "../options.js";
import { calibrateFlow } from "../order-flow/calibration/calibrate-flow.js";

import { depositor } from "./depositor.js";
import { flowCrowd } from "./flow-crowd.js";
import { liquidators } from "./liquidators.js";

/** What lenders of a market become. */
export interface BackgroundLenders {
  /** The market, by its name in the scenario. Default: its name in the data set. */
  readonly market?: string;
  /** The asset that they deposit. */
  readonly asset: string;
  /** How much of it each has, whole tokens, 0 to 1e15. */
  readonly capital: number;
  /** How many there are, 0 to 100. Default 3, a choice. */
  readonly count?: number;
}

/** Options of {@link backgroundFrom}. */
export interface BackgroundOptions {
  /** Whole tokens by asset, 0 to 1e15 each: what each crowd of traders, and each liquidator, owns. */
  readonly capital: Readonly<Record<string, number>>;
  /** The venues that pools of the data set become, by their names in the scenario: `{ usdcWeth: "pool" }`. Default: all, with the same names. */
  readonly pools?: Readonly<Record<string, string>>;
  /** The markets that are lent to, by their names in the data set. Default: none, neither lenders nor liquidators. */
  readonly lending?: Readonly<Record<string, BackgroundLenders>>;
  /** Seconds between the scenario's blocks, 0.1 to 86,400. Default 12. */
  readonly blockTime?: number;
  /** Slippage that traders accept, 0 to 1. Default 0.005, as the noise trader's. */
  readonly maxSlippage?: number;
}

/** Liquidators at most: further ones come too late. */
const MOST_LIQUIDATORS = 5;

/**
 * The accounts of a data set as agents of a scenario: for each pool, a crowd that trades as often, as much and in the directions that were found; and for each
 * lending market that is named, depositors as impatient and liquidators as fast and as eager as those on the chain. They act on whatever contracts the scenario
 * has. The same seed gives the same orders.
 *
 * @param flow - a data set, or what {@link calibrateFlow} made of one
 * @throws SiegeError `FLOW_TOO_SHORT` if there is nothing to calibrate, `INVALID_OPTION`; in a run, `UNKNOWN_PROTOCOL`, `UNKNOWN_ASSET`
 * @example
 * ```ts
 * const flow = await readFlow("flow.json.gz");
 * agents: [attacker({ capital: { USDC: 1e6 } }), ...backgroundFrom(flow, { capital: { ETH: 500, USDC: 1e6 } })]
 * ```
 */
export function backgroundFrom(flow: FlowDataSet | FlowCalibration, options: BackgroundOptions): readonly Agent[] {
  requireKnown("backgroundFrom", options, ["capital", "pools", "lending", "blockTime", "maxSlippage"]);
  const { capital, lending = {}, blockTime = 12, maxSlippage = 0.005 } = options;
  requireInRange("backgroundFrom", "blockTime", blockTime, { min: 0.1, max: 86_400 });
  requireInRange("backgroundFrom", "maxSlippage", maxSlippage, { min: 0, max: 1 });
  const calibration = "events" in flow ? calibrateFlow(flow) : flow;
  const places = options.pools ?? Object.fromEntries(Object.keys(calibration.pools).map((name) => [name, name]));
  const crowds = Object.entries(places).map(([name, venue]) =>
    flowCrowd({
      name: `${name} crowd`,
      flow: known(calibration.pools, name, "pool"),
      venue,
      capital,
      blockTime,
      maxSlippage,
    }),
  );
  const markets = Object.entries(lending).flatMap(([name, theirs]) => agentsOf(calibration, name, theirs, capital));
  return [...crowds, ...markets];
}

function agentsOf(
  { lending }: FlowCalibration,
  name: string,
  { market = name, asset, capital: deposit, count = 3 }: BackgroundLenders,
  capital: BackgroundOptions["capital"],
): readonly Agent[] {
  requireInRange("backgroundFrom", "count", count, { min: 0, max: 100, kind: "integer" });
  const { lenders, liquidations } = known(lending, name, "lending market");
  const usual = lenders.find(({ token }) => token.toLowerCase() === asset.toLowerCase()) ?? lenders[0];
  const impatience = usual?.impatience.value ?? 0;
  const depositors = Array.from({ length: count }, (_nothing, index) =>
    depositor({ name: `${name} lender ${index + 1}`, market, asset, capital: deposit, impatience }),
  );
  if (liquidations === undefined) return depositors;
  const { delay, bid } = liquidations;
  return [
    ...depositors,
    ...liquidators({
      name: `${name} liquidator`,
      count: Math.min(MOST_LIQUIDATORS, liquidations.liquidators),
      lending: market,
      capital,
      ...(delay === undefined ? {} : { delay: Math.min(1_000, Math.round(delay.value)) }),
      ...(bid === undefined ? {} : { bid: Math.min(1, Math.max(0, bid.value)) }),
    }),
  ];
}

function known<T>(all: Readonly<Record<string, T>>, name: string, what: string): T {
  const found = all[name];
  if (found !== undefined) return found;
  throw new SiegeError("INVALID_OPTION", {
    message: `backgroundFrom: the order flow has no ${what} "${name}" with enough events.`,
    hint: oneOf(Object.keys(all), `It has no ${what} with enough events: ingest more blocks.`),
  });
}
