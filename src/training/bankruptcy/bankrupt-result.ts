import type { Interruption } from "../../engine/campaign/campaign-result.js";
import type { ParameterValues } from "../../scenario/parameters/setter.js";

/** What a campaign may use, as a share of what the scenario gives. */
export interface Allowance {
  /** Of the capital of those who attack, above 0 to 1. */
  readonly capital: number;
  /** Of every move of a fair price, 0 to 1. */
  readonly prices: number;
}

/** A way to break the target, minimal and confirmed. */
export interface Attack {
  /** The violated condition. */
  readonly condition: string;
  /** What is wrong, in words. */
  readonly summary: string;
  /** The most that the attackers had paid at any time more than they had got, US dollars at the prices of the start. */
  readonly capital: number;
  /** How far the price that moves most is from where it was, at most: 0.25 for a quarter, up or down. */
  readonly priceMove: number;
  /** Steps, every one of which is needed. */
  readonly steps: number;
  /** What the campaign that found it allowed. */
  readonly allowed: Allowance;
  /** The file of its reproduction, relative to the project's root. */
  readonly reproduction?: string;
}

/** The attack whose evidence shows most harm, with amounts that do as much as possible. */
export interface Costliest {
  readonly condition: string;
  /** The evidence with these amounts: the profit, the bad debt. */
  readonly summary: string;
  readonly reproduction?: string;
}

/** A campaign of the search for cheaper ways. */
export interface BankruptCampaign extends Allowance {
  readonly outcome: "broken" | "survived" | "undecided";
  readonly runs: number;
}

/** The cheapest ways to break a target. */
export interface BankruptResult {
  readonly scenario: string;
  readonly target: string;
  readonly seed: number;
  readonly forkBlock: number;
  readonly parameters?: ParameterValues;
  /** `survived`: nothing broke it within the runs, with all that the scenario gives. */
  readonly outcome: "broken" | "survived" | "undecided" | "incomplete";
  /** What attackers own at the start in all, US dollars. */
  readonly capital: number;
  /** The ways of which no other is cheaper in capital, price move and steps, by capital. */
  readonly front: readonly Attack[];
  readonly costliest?: Costliest;
  readonly campaigns: readonly BankruptCampaign[];
  readonly seconds: number;
  /** Why it stopped early; absent if it did not. */
  readonly cut?: Interruption["reason"];
}
