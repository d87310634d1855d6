import type { Address } from "viem";

import { SiegeError } from "../errors.js";
import { requireInRange, requireKnown, requireText } from "../options.js";

/** A function's parameter, as an ABI has it. */
export interface ProposerParameter {
  readonly name: string;
  /** `uint256`, `address`, `tuple[]` */
  readonly type: string;
  /** Those of a tuple. */
  readonly components?: readonly ProposerParameter[];
}

/** Something that agents can do, and what earlier runs of the campaign have shown of it. */
export interface ProposerAction {
  /** `target.deposit`, `pool.swap` */
  readonly name: string;
  /** The parameters that `args` are for; absent for an action of a protocol adapter, which has none. */
  readonly inputs?: readonly ProposerParameter[];
  /** Whether native coin may be sent along. */
  readonly payable?: boolean;
  /** Of a protocol adapter's action: how many `shares` it takes. */
  readonly shares?: number;
  /** Whether it takes a flash loan, which the steps after it, of the same agent in the same block, use and repay. */
  readonly isLoan?: boolean;
  /** How often it has succeeded. */
  readonly succeeded: number;
  /** What its callers were seen to pay and get: assets by name, other tokens by address, and `native`. */
  readonly pays: readonly string[];
  readonly gets: readonly string[];
  /** What was done before it whenever it succeeded; `moment` stands for a price move or a pause. Absent while not enough is known. */
  readonly needs?: readonly string[];
  /** Whether it was seen to call its caller back. */
  readonly callsBack: boolean;
}

/** Something that happens in a run besides what agents do. */
export interface ProposerMoment {
  readonly block: number;
  /** `price`: an asset's fair price moves; `pause`: time passes before the block. */
  readonly what: "price" | "pause";
  readonly asset?: string;
  /** The relative change of the price: -0.4 is a fall of 40 %. */
  readonly change?: number;
  readonly seconds?: number;
}

/** A run that a sequence may be proposed for. Prices and pauses are the scenario's, and are drawn. */
export interface ProposerRun {
  /** Counted from 1, as in reports. */
  readonly run: number;
  /** For whatever is drawn: the same whenever the campaign is repeated. */
  readonly seed: number;
  readonly moments: readonly ProposerMoment[];
}

/** What became of a step. */
export interface ProposerOutcome {
  readonly action: string;
  /** `refused`: no call was made, as there was none that the state accepted. */
  readonly outcome: "succeeded" | "reverted" | "refused" | "not reached";
  /** Why it reverted, as far as that is known. */
  readonly reason?: string;
}

/** What became of an earlier proposal. */
export interface ProposerPlayed {
  readonly run: number;
  readonly steps: readonly ProposerOutcome[];
  /** `violated` is what a proposer is after; it is told only if the campaign goes on for further findings. */
  readonly outcome: "survived" | "violated";
  /** How close each condition came to broken, 0 to 1: 0 is broken. Conditions that do not tell are missing. */
  readonly margins: Readonly<Record<string, number>>;
}

/** What a proposer is told: plain data, a copy of its own. */
export interface ProposerBrief {
  readonly target: string;
  readonly scenario: string;
  /** The last block of a run; the first is 1. */
  readonly blocks: number;
  /** Seconds. */
  readonly blockTime: number;
  /** How often it was asked before. */
  readonly round: number;
  /** The runs that sequences are wanted for: the first sequence is played in the first of them, and so on. */
  readonly runs: readonly ProposerRun[];
  readonly agents: readonly {
    readonly name: string;
    readonly role: string;
    readonly address: Address;
    /** Whole tokens, by asset. */
    readonly capital: Readonly<Record<string, number>>;
    /** The names of its actions. */
    readonly actions: readonly string[];
    /** Whether its steps may be `inside` others. */
    readonly isCalledBack: boolean;
  }[];
  readonly actions: readonly ProposerAction[];
  readonly tokens: readonly {
    readonly asset: string;
    readonly address: Address;
    readonly decimals: number;
    /** US dollars. */
    readonly price: number;
  }[];
  /** Accounts and contracts that `"@name"` stands for among arguments. */
  readonly accounts: Readonly<Record<string, Address>>;
  /** Ids of the survival conditions. */
  readonly conditions: readonly string[];
  /** What became of its proposals since it was asked last. */
  readonly played: readonly ProposerPlayed[];
  /** What was refused of its proposals, in all. */
  readonly refused: readonly { readonly reason: string; readonly count: number; readonly example: string }[];
}

/** One step of a proposed sequence. */
export interface ProposedStep {
  /** 1 to the scenario's last. */
  readonly block: number;
  readonly agent: string;
  readonly action: string;
  /**
   * The arguments, of a function of a contract: integers as decimal strings or safe integers, `"most"`, `"least"` or `"99 %"` for
   * the largest amount that the state accepts, the least, and a share of the largest; addresses as such or as `"@name"`; bytes in
   * hexadecimal; tuples as objects or lists. Without them, the engine draws arguments and, should the state refuse the call,
   * another one in its place.
   */
  readonly args?: readonly unknown[];
  /** Wei that are sent along, a decimal string. Default: none. */
  readonly value?: string | number;
  /** Operands of a protocol adapter's action, 0 to 1 each. Default: drawn. */
  readonly shares?: readonly number[];
  /** Without `args`: whether the amount is to be as large as the state accepts. Default: drawn. */
  readonly amount?: "most" | "any";
  /** Before all other transactions of its block, or after them. Default `back`. */
  readonly position?: "front" | "back";
  /** Whether it is made in a callback of the step before it. Default false. */
  readonly inside?: boolean;
}

/** A proposed sequence. */
export interface ProposedSequence {
  readonly steps: readonly ProposedStep[];
}

/** Who proposes sequences. */
export interface ProposerDefinition {
  /** Its name in results and reports. */
  readonly name: string;
  /**
   * Called every few runs. What it returns is read as JSON, never executed: `{ sequences: [{ steps }] }` or a list of
   * {@link ProposedSequence}, `null` for a run that it has nothing for, as data or as text, or a promise of either. What is wrong with it is counted in the result and told
   * in the next brief; it never ends a campaign.
   */
  readonly propose: (brief: ProposerBrief) => unknown;
  /** Seconds that it may take each time, up to 3,600. Default 60. Whoever takes longer is not asked again in the campaign. */
  readonly timeLimit?: number;
}

/** Proposes sequences of calls for the runs of a campaign. Made by {@link defineProposer}. */
export interface Proposer {
  readonly name: string;
  /** What it proposes, see {@link ProposerDefinition.propose}. */
  readonly propose: (brief: ProposerBrief) => unknown;
  readonly timeLimit: number;
}

/**
 * Defines a proposer: a language model, a solver, a script. The engine plays what it proposes in every second run, confirms it,
 * minimises it and certifies it like what its own search finds; a reproduction holds all that it needs, so nothing that is replayed
 * asks the proposer again.
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example
 * ```ts
 * const model = defineProposer({
 *   name: "model",
 *   propose: async (brief) => (await fetch(url, { method: "POST", body: JSON.stringify(brief) })).text(),
 * });
 * await siege.run(vault, scenario, { proposers: [model] });
 * ```
 */
export function defineProposer(definition: ProposerDefinition): Proposer {
  requireKnown("proposer", definition, ["name", "propose", "timeLimit"]);
  const { name, propose, timeLimit = 60 } = definition;
  requireText("proposer", "name", name);
  requireInRange("proposer", "timeLimit", timeLimit, { min: 0.001, max: 3_600 });
  if (typeof (propose as unknown) !== "function") {
    throw new SiegeError("INVALID_OPTION", {
      message: `The proposer "${name}" has no function "propose".`,
      hint: "Give one that returns sequences: propose: (brief) => [{ steps: [{ block: 1, agent, action, args }] }].",
    });
  }
  return Object.freeze({ name, propose, timeLimit });
}

/** Whether it looks like what {@link defineProposer} makes. */
export function isProposer(value: unknown): value is Proposer {
  if (typeof value !== "object" || value === null) return false;
  const { name, propose, timeLimit } = value as Partial<Proposer>;
  return typeof name === "string" && typeof propose === "function" && typeof timeLimit === "number";
}
