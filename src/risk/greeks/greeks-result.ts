import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { ParameterValues } from "../../scenario/parameters/setter.js";
import type { Bumped } from "./bump.js";

/** A mean over paths with its interval, by Student's t. */
export interface MeanEstimate {
  readonly value: number;
  readonly standardError: number;
  readonly interval: { readonly lower: number; readonly upper: number };
}

/** How the output responds to one thing. */
export interface ProtocolGreek {
  readonly to: Bumped;
  /** `price:ETH`, as in the options. */
  readonly name: string;
  /** Of what size of change the response is: `1 %`, `1 day`, `0.01 of the collateral`. */
  readonly per: string;
  /** The change of the output for that, in the output's unit. */
  readonly response: MeanEstimate;
  /** The change of the response itself for a further change of that size; absent for time. */
  readonly curvature?: MeanEstimate;
}

/** What `siege.greeks` returns. Plain data. */
export interface GreeksResult {
  readonly scenario: string;
  readonly target: string;
  readonly forkBlock: number;
  /** `least margin of noBadDebt`, `totalAssets` */
  readonly output: string;
  /** Its mean without any change; absent if it was stopped before that. */
  readonly base?: MeanEstimate;
  /** In the order of the options; those that were not complete when it was stopped are left out. */
  readonly greeks: readonly ProtocolGreek[];
  readonly method: "central differences on common random numbers";
  /** The size of the changes: of prices, volatilities and the base fee as a fraction, of parameters of their range. */
  readonly step: number;
  readonly paths: number;
  readonly seed: number;
  readonly confidence: number;
  /** Blocks of the horizon, and seconds between them. */
  readonly blocks: number;
  readonly blockTime: number;
  /** The values around which parameters were changed; absent if none was set. */
  readonly parameters?: ParameterValues;
  /** Set if it was stopped before its end. */
  readonly cut?: Interruption["reason"];
  readonly seconds: number;
}
