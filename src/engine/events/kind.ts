import type { Address } from "viem";
import type { z } from "zod";

import type { Random } from "../../market/random.js";
import type { Token } from "../../protocols/token.js";
import type { Draw } from "../../scenario/draw.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { CallEffect } from "../reproduction/effect.js";
import type { BlockSpace } from "../run/block-building/block-space.js";
import type { BuilderAct } from "../run/block-building/builder.js";
import type { AgentIntent } from "../run/intent.js";
import type { Moment } from "../run/moment.js";
import type { OracleDesk } from "../run/oracle-desk.js";
import type { World } from "../world/world.js";
import type { EventData, EventGene, EventStep } from "./place.js";

/**
 * Everything that the engine knows of one kind of event: how it is drawn, what it does in a block, how it reads in a file and
 * in a report, and how it is made smaller. One file a kind holds it; plans, runs, the search, the minimiser and the reports
 * go over the list in `kinds.ts`.
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
  /** Of events that are what they are before anything is executed. */
  readonly happens?: Happening<GeneT, StepT>;
  /** Of events that are transactions. */
  readonly submits?: Submission<GeneT, StepT>;
  readonly tells: Telling<StepT, DataT>;
  readonly shrinks: Shrinking<StepT>;
  /** What a step needs to be played in another world; events that name nothing of it are played as they are. */
  readonly moves?: Moving<StepT>;
}

/** What events are drawn from. */
export type DrawContext = Pick<World, "scenario" | "catalogue">;

/** The genes that are drawn before others of a run. */
export interface DrawnMove extends EventGene {
  readonly agent: string;
}

/** How the search draws events of a kind, and where a genome keeps them. */
export interface Genes<GeneT extends EventGene> {
  /** The field of a genome with them; without one, they are in its `events` under the kind's name. */
  readonly field?: string;
  /** Whether a genome has the field even where it is empty. */
  readonly always?: true;
  readonly schema: z.ZodTypeAny;
  /** Draws those of one run, ordered by block where that matters. */
  draw(context: DrawContext): Draw<readonly GeneT[]>;
  /** Puts them in their place among the run's free moves, which are drawn by then. */
  placed?(genes: readonly GeneT[], moves: readonly DrawnMove[], scenario: Scenario): readonly GeneT[];
  /** Lets them follow the moves that they went with, which a mutation changed. */
  follow?(
    genes: readonly GeneT[],
    moves: { readonly before: readonly DrawnMove[]; readonly after: readonly DrawnMove[] },
    random: Random,
  ): readonly GeneT[];
}

/** What events meet before a block is built, and change. */
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
  /** @returns the circumstances with it, or `undefined` where nothing comes of it */
  apply(step: StepT, now: Circumstances): Circumstances | undefined;
  /** The reorganisation that it is. */
  reorganisation?(event: GeneT | StepT): { readonly block: number; readonly depth: number } | undefined;
}

/** Called with every move that does not depend on others' transactions: the state after it, `undefined` if it does nothing. */
export type TriedGene<GeneT extends EventGene> = (gene: GeneT, view: Moment["view"] | undefined) => void;

/** What turns drawn events into transactions. */
export interface SubmissionContext<GeneT extends EventGene> {
  readonly world: World;
  readonly moment: Moment;
  /** Agents that do nothing. */
  readonly muted: ReadonlySet<string>;
  readonly tried: TriedGene<GeneT> | undefined;
}

/** What transactions events of a kind are. */
export interface Submission<GeneT extends EventGene, StepT extends EventStep> {
  /** What drawn events submit in a block. */
  ofGenes(genes: readonly GeneT[], context: SubmissionContext<GeneT>): Promise<readonly AgentIntent[]>;
  /** What a step submits. */
  ofStep(step: StepT, world: World): AgentIntent;
  /** Whether a step's sender watches the mempool. */
  watches?(step: StepT, scenario: Scenario): boolean;
}

/** What a description may use besides the step. */
export interface TellingContext {
  /** What an address is called. */
  readonly nameOf: (address: Address) => string;
  /** A token that is known. */
  readonly token: (address: Address) => Token | undefined;
  /** An account of the scenario. */
  readonly account: (name: string) => Address | undefined;
  /** What the transaction did. */
  readonly effect: CallEffect | undefined;
  /** The size nearest to the step's own that survives, as its kind counts sizes. */
  readonly threshold: { readonly survives: number } | undefined;
}

/** The sentences that describe an event. */
export interface EventWords {
  /** `ETH falls 12.5 %` */
  readonly action: string;
  /** What the transaction does in turn, a line each. */
  readonly inner?: readonly string[];
  /** `(12.4 % survives)`, `reverts`, `pays 1 WETH` */
  readonly consequence: string | undefined;
}

/** How events of a kind are described. */
export interface Telling<StepT extends EventStep, DataT extends EventData> {
  /** Who does it: `market`, the oracle's name, or the agent's name. */
  actor(step: StepT): string;
  data(step: StepT, context: TellingContext): DataT;
  /** The sentences, made of the data and of nothing else. */
  words(data: DataT): EventWords;
  /** What such an event is called among those that a failure needs together: `a price move`. */
  noun(data: readonly DataT[]): string;
}

/** A number in a call's arguments. */
export interface Amount {
  /** Which of the calls that the step makes; the step's own call is none of them. */
  readonly inner: number | undefined;
  /** The way into its arguments; an empty way is the value sent along. */
  readonly way: readonly (number | string)[];
  readonly amount: bigint;
  /** Of its type: an amount is below 2^bits. */
  readonly bits: number;
}

/** How events of a kind are made smaller. */
export interface Shrinking<StepT extends EventStep> {
  /** What all steps that can be left out together have in common: the agent, the feed, the asset. */
  group(step: StepT): string;
  readonly merge?: Merging<StepT>;
  readonly size?: Sizing<StepT>;
  readonly duration?: Lasting<StepT>;
  readonly amounts?: {
    of(step: StepT): readonly Amount[];
    /** The step with other amounts. */
    with(step: StepT, amounts: ReadonlyMap<Amount, bigint>): StepT;
  };
  readonly inner?: {
    count(step: StepT): number;
    /** The step with only some of its calls, by their places. */
    keeping(step: StepT, places: readonly number[]): StepT;
    /** Its calls as steps of their own. */
    unpacked(step: StepT): readonly StepT[];
  };
  /** The step with an ordinary fee, if it has another. */
  ordinary?(step: StepT): StepT | undefined;
  /** Whether steps of this kind, all those of a trace, can happen in the scenario. */
  possible?(steps: readonly StepT[], scenario: Pick<Scenario, "assets">): boolean;
}

/** When a pass of the minimiser takes a kind's turn. */
export type Turn = "early" | "late";

/** How one step stands for two. */
export interface Merging<StepT extends EventStep> {
  readonly turn: Turn;
  mergeable(step: StepT): boolean;
  /** Whether two steps may become one. */
  together(first: StepT, second: StepT): boolean;
  /** What may stand for both, the best first. */
  merged(first: StepT, second: StepT): readonly StepT[];
}

/** How large a step is, and from where its size is counted. */
export interface Sizing<StepT extends EventStep> {
  readonly turn: Turn;
  /** `undefined`: a step that has no size. */
  of(step: StepT): number | undefined;
  with(step: StepT, size: number): StepT;
  /** Where nothing happens. */
  readonly from: number;
  /** How finely the threshold is found. */
  readonly resolution: number;
  /** What a size counts: `ppm`, or what the value of a scenario's own event counts. */
  readonly unit: string;
  /** Of a size that is not a multiple of the resolution: whether the next larger one is tried first. */
  readonly rounding: "up" | "down";
  /** Whether there is such a size at all. */
  fits(size: number): boolean;
}

/** How long a step lasts. */
export interface Lasting<StepT extends EventStep> {
  of(step: StepT): number;
  with(step: StepT, block: number, blocks: number): StepT;
}

/** What a step needs to be played in another world than the one that it comes from. */
export interface Moving<StepT extends EventStep> {
  /** Whether the scenario still has whoever does it. */
  isThere(step: StepT, scenario: Scenario): boolean;
  /** The step with other addresses. */
  moved(step: StepT, address: (value: unknown) => unknown): StepT;
}
