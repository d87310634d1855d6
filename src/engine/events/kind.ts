import type { Address } from "viem";
import type { z } from "zod";

import type { Token } from "../../protocols/token.js";
import type { Draw } from "../../scenario/draw.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { CallEffect } from "../reproduction/effect.js";
import type { BlockSpace } from "../run/block-building/block-space.js";
import type { BuilderAct } from "../run/block-building/builder.js";
import type { Before } from "../run/free-move.js";
import type { AgentIntent } from "../run/intent.js";
import type { Moment } from "../run/moment.js";
import type { OracleDesk } from "../run/oracle-desk.js";
import type { World } from "../world/world.js";
import type { EventData, EventGene, EventStep } from "./place.js";

/**
 * Everything that the engine knows about one kind of event: how it is drawn, what it does in a block, how it reads in a file
 * and in a report, and how it shrinks. Each kind has its own file; plans, runs, the search, the minimiser and the reports
 * iterate over the list in `kinds.ts`.
 *
 * @typeParam GeneT - the event as the search draws it
 * @typeParam StepT - the event as it happened
 * @typeParam DataT - the event as it is described
 */
export interface EventKind<
  GeneT extends EventGene = EventGene,
  StepT extends EventStep = EventStep,
  DataT extends EventData = EventData,
> {
  /** `kind` of its steps. */
  readonly kind: StepT["kind"];
  readonly genes: Genes<GeneT>;
  /** Steps in files. */
  readonly schema: z.ZodTypeAny;
  /** For events that take effect before anything is executed. */
  readonly happens?: Happening<GeneT, StepT>;
  /** For events that are transactions. */
  readonly submits?: Submission<GeneT, StepT>;
  readonly tells: Telling<StepT, DataT>;
  readonly shrinks: Shrinking<StepT>;
  /** What a step needs to be played in another world; events that do not refer to the world are played unchanged. */
  readonly moves?: Moving<StepT>;
}

/** What events are drawn from. */
export interface DrawContext extends Pick<World, "scenario" | "catalogue"> {
  /** Seconds before each block of the run, where the scenario draws them. */
  readonly intervals?: readonly number[] | undefined;
}

/** The genes that are drawn before others of a run. */
export interface DrawnMove extends EventGene {
  readonly agent: string;
}

/** How the search draws events of a kind, and where a genome keeps them. */
export interface Genes<GeneT extends EventGene> {
  /** The genome's field that holds them; without one, they are in its `events` under the kind's name. */
  readonly field?: string;
  /** Set if a genome has the field even when it is empty. */
  readonly always?: true;
  readonly schema: z.ZodTypeAny;
  /** Draws the events of one run, ordered by block if that matters. */
  draw(context: DrawContext): Draw<readonly GeneT[]>;
  /** Whether what an event changes is something that agents react to: moves are more often made near it. */
  isMoment?(gene: GeneT): boolean;
  /** Places them among the run's free moves, which have been drawn by then. */
  placed?(genes: readonly GeneT[], moves: readonly DrawnMove[], scenario: Scenario): readonly GeneT[];
}

/** What events can change before a block is built. */
export interface Circumstances {
  /** Fair prices by asset. */
  readonly prices: ReadonlyMap<string, number>;
  /** What block space costs. */
  readonly space: BlockSpace;
  /** The oracles. */
  readonly desk: OracleDesk;
  /** What the builder does in this block. */
  readonly acts: readonly BuilderAct[];
}

/** What events of a kind do before a block is built. */
export interface Happening<GeneT extends EventGene, StepT extends EventStep> {
  step(gene: GeneT): StepT;
  /** @returns the changed circumstances, or `undefined` if it has no effect */
  apply(step: StepT, now: Circumstances): Circumstances | undefined;
  /** The time that passes before its block, in which nobody acts, seconds. */
  seconds?(step: StepT): number;
  /** How much later than usual its block comes, seconds; below 0 if it comes earlier. */
  late?(step: StepT): number;
  /** The reorganisation that it causes. */
  reorganisation?(event: GeneT | StepT): { readonly block: number; readonly depth: number } | undefined;
}

/** Called with every move that does not depend on other transactions, and whether it does anything. */
export type TriedGene<GeneT extends EventGene> = (gene: GeneT, works: boolean) => void;

/** What drawn events need to become transactions. */
export interface SubmissionContext<GeneT extends EventGene> {
  readonly world: World;
  readonly moment: Moment;
  /** Agents that take no part. */
  readonly muted: ReadonlySet<string>;
  readonly tried: TriedGene<GeneT> | undefined;
  /** What comes before them in the block, and which actions have succeeded least often. */
  readonly before: Before;
}

/** The transactions that events of a kind submit. */
export interface Submission<GeneT extends EventGene, StepT extends EventStep> {
  /** The transactions of drawn events in a block. */
  ofGenes(genes: readonly GeneT[], context: SubmissionContext<GeneT>): Promise<readonly AgentIntent[]>;
  /** The transaction of a step. */
  ofStep(step: StepT, world: World): AgentIntent;
  /** The agent that a gene or a step lets make calls in callbacks. */
  calledBack?(event: GeneT | StepT): string | undefined;
  /** Whether a step's sender watches the mempool. */
  watches?(step: StepT, scenario: Scenario): boolean;
}

/** What a description may use besides the step. */
export interface TellingContext {
  /** The name of an address. */
  readonly nameOf: (address: Address) => string;
  /** A known token. */
  readonly token: (address: Address) => Token | undefined;
  /** The known token that an ERC-4626 vault takes. */
  readonly assetOf: (vault: Address) => Token | undefined;
  /** An account of the scenario. */
  readonly account: (name: string) => Address | undefined;
  /** What the transaction did. */
  readonly effect: CallEffect | undefined;
  /** The nearest size that survives, in the unit of the step's kind. */
  readonly threshold: { readonly survives: number } | undefined;
}

/** The sentences that describe an event. */
export interface EventWords {
  /** `ETH falls 12.5 %` */
  readonly action: string;
  /** The calls that the transaction makes, one line each. */
  readonly inner?: readonly string[];
  /** `(12.4 % survives)`, `reverts`, `pays 1 WETH` */
  readonly consequence: string | undefined;
}

/** How events of a kind are described. */
export interface Telling<StepT extends EventStep, DataT extends EventData> {
  /** The actor: `market`, the oracle's name, or the agent's name. */
  actor(step: StepT): string;
  data(step: StepT, context: TellingContext): DataT;
  /** The sentences, made from the data alone. */
  words(data: DataT): EventWords;
  /** The noun for such events in the list of what a failure needs together: `a price move`. */
  noun(data: readonly DataT[]): string;
}

/** A number in a call's arguments. */
export interface CallAmount {
  /** Index of the call that the step makes; `undefined` for the step's own call. */
  readonly inner: number | undefined;
  /** The path into its arguments; an empty path is the value sent along. */
  readonly way: readonly (number | string)[];
  readonly amount: bigint;
  /** Bits of its type: an amount is below 2^bits. */
  readonly bits: number;
  /** Set if it seems to be the number of something, which other numbers may follow. */
  readonly isId?: true;
}

/** Lists in a call's arguments whose elements are left out together. */
export interface CallList {
  /** Index of the call that the step makes; `undefined` for the step's own call. */
  readonly inner: number | undefined;
  /** The paths into its arguments. */
  readonly ways: readonly (readonly (number | string)[])[];
  /** How many elements each has. */
  readonly length: number;
}

/** How events of a kind shrink. */
export interface Shrinking<StepT extends EventStep> {
  /** Names the group of steps that can be left out together: those of one agent, feed or asset. */
  group(step: StepT): string;
  /** Whether somebody else decided on the step: it can be left out, and is never changed. */
  isGiven?(step: StepT): boolean;
  readonly merge?: Merging<StepT>;
  readonly size?: Sizing<StepT>;
  readonly duration?: Lasting<StepT>;
  readonly amounts?: {
    of(step: StepT): readonly CallAmount[];
    /** The step with other amounts. */
    with(step: StepT, amounts: ReadonlyMap<CallAmount, bigint>): StepT;
  };
  readonly lists?: {
    of(step: StepT): readonly CallList[];
    /** The step with only some elements of the lists, by index. */
    keeping(step: StepT, list: CallList, places: readonly number[]): StepT;
  };
  readonly inner?: {
    count(step: StepT): number;
    /** The step with only some of its calls, by index. */
    keeping(step: StepT, places: readonly number[]): StepT;
    /** Its calls as steps of their own. */
    unpacked(step: StepT): readonly StepT[];
  };
  /** The step with an ordinary fee, if it has a different one. */
  ordinary?(step: StepT): StepT | undefined;
  /** Whether all of a trace's steps of this kind can happen in the scenario. */
  possible?(steps: readonly StepT[], scenario: Pick<Scenario, "assets">): boolean;
}

/** When a pass of the minimiser handles a kind. */
export type Turn = "early" | "late";

/** How two steps merge into one. */
export interface Merging<StepT extends EventStep> {
  readonly turn: Turn;
  mergeable(step: StepT): boolean;
  /** Whether these two steps may merge. */
  together(first: StepT, second: StepT): boolean;
  /** Candidates for the merged step, the best first. */
  merged(first: StepT, second: StepT): readonly StepT[];
}

/** The size of a step, and where it is counted from. */
export interface Sizing<StepT extends EventStep> {
  readonly turn: Turn;
  /** `undefined` if the step has no size. */
  of(step: StepT): number | undefined;
  with(step: StepT, size: number): StepT;
  /** The size at which nothing happens. */
  readonly from: number;
  /** How finely the threshold is found. */
  readonly resolution: number;
  /** What a size counts: `ppm`, or what the value of a scenario's own event counts. */
  readonly unit: string;
  /** For a size that is not a multiple of the resolution: whether the next larger multiple is tried first. */
  readonly rounding: "up" | "down";
  /** Whether the size is possible. */
  fits(size: number): boolean;
}

/** How long a step lasts. */
export interface Lasting<StepT extends EventStep> {
  of(step: StepT): number;
  with(step: StepT, block: number, blocks: number): StepT;
}

/** What a step needs to be played in a world other than its own. */
export interface Moving<StepT extends EventStep> {
  /** Whether the scenario still has its actor. */
  isThere(step: StepT, scenario: Scenario): boolean;
  /** The step with other addresses. */
  moved(step: StepT, address: (value: unknown) => unknown): StepT;
}
