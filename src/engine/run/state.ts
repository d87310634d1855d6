import type { Hex } from "viem";

import type { ChainStatement, NotOnChain } from "../../conditions/on-chain.js";
import type { Unjudged } from "../../conditions/unjudged.js";
import type { Interference } from "../../order-flow/interference.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { Favour } from "../../view/favour.js";
import type { ActionResult } from "../../view/view.js";
import type { BlockEnvironment, EmptyBlocks } from "../chain/chain.js";
import type { TraceStep } from "../events/trace.js";
import type { ExecutedBlock, Inclusion, PlacedCall } from "../world/executor/executor.js";
import type { Seen } from "../world/known.js";
import type { Observation } from "../world/observation.js";
import type { World } from "../world/world.js";
import type { Pending } from "./block-building/mempool.js";
import type { Fees } from "./fees.js";
import type { AgentIntent } from "./intent.js";
import type { Violation } from "./outcome.js";
import type { Round } from "./rounds.js";

import { prevRandao } from "../chain/prev-randao.js";
import { NOTHING_SEEN } from "../world/known.js";

import { BlockSpace } from "./block-building/block-space.js";
import { Censorship } from "./block-building/builder.js";
import { Mempool } from "./block-building/mempool.js";
import { Clock } from "./clock.js";
import { CreatedContracts } from "./created-contracts.js";
import { GasNeeds } from "./gas-needs.js";
import { OracleDesk } from "./oracle-desk.js";

/** How a pause passed on the chain. */
export interface Rest {
  /** Absent if it is shorter than the time between blocks. */
  readonly empty?: EmptyBlocks;
  /** The block at its end with the rounds of the feeds; absent if none was due. */
  readonly feeds?: {
    readonly environment: BlockEnvironment;
    readonly mined: ExecutedBlock["mined"];
    readonly rounds: readonly Round[];
  };
}

/** One mined block of a run, for recorders. */
export interface MinedBlock {
  readonly block: number;
  readonly environment: BlockEnvironment;
  readonly calls: readonly PlacedCall[];
  /** The intent of each call; `undefined` for those of feeds. */
  readonly intents: readonly (AgentIntent | undefined)[];
  readonly inclusions: readonly Inclusion[];
  /** Calls that were tried to find out what the state accepts. */
  readonly trials: number;
  /** What agents submitted for this block or a later one, without what they had submitted before. */
  readonly submitted: readonly AgentIntent[];
  /** All transactions of the block, recorded ones included, in their order; empty if calls are batched. */
  readonly mined: ExecutedBlock["mined"];
  /** The pause before it; absent if there was none. */
  readonly rest?: Rest;
  /** What became of the rounds that feeds wanted to publish in it. */
  readonly rounds: readonly Round[];
  /** The state of the run after it. */
  readonly state: RunState;
}

/** What became of a condition after a block. */
export interface Judged {
  /** Why there is no verdict, if there is none. */
  readonly unjudged: Unjudged | undefined;
  /** How far it is from broken, 0 to 1: 0 where it is violated; `undefined` if it does not tell. */
  readonly margin: number | undefined;
  /** Tells what a contract can check of a condition that is violated; absent if it is not. */
  readonly onChain?: () => ChainStatement | NotOnChain | undefined;
}

/** Callbacks of a run. */
export interface RunWatcher {
  /** Called before every block; throws to stop the run (time limit, interruption). */
  checkpoint?(): void;
  /** Called after every block, before it is judged. */
  mined?(block: MinedBlock): Promise<void>;
  /** Called with every condition after every block, until one is violated. */
  judged?(condition: string, outcome: Judged): void;
  /** Called after every block with what does not hold after it, whatever is known of it already; an empty list if all holds. */
  broken?(violations: readonly Violation[]): void;
  /** Called after every block without a violation. */
  survived?(state: RunState): Promise<void>;
  /** Called when the blocks after this one are reorganised away. */
  reorganised?(block: number): Promise<void>;
}

/** The state of a run after a block, apart from the chain. Immutable: each block makes a new one. */
export interface RunState {
  /** 0 before the first block. */
  readonly block: number;
  /** The highest block so far: after a reorganisation, the blocks up to it are built again. */
  readonly highest: number;
  readonly clock: Clock;
  /** Fair prices by asset. */
  readonly prices: ReadonlyMap<string, number>;
  readonly desk: OracleDesk;
  readonly space: BlockSpace;
  readonly mempool: Mempool;
  readonly censorship: Censorship;
  /** The prevrandao of the block, from which the next is derived. */
  readonly randao: Hex;
  readonly observation: Observation;
  /** What events said so far. */
  readonly seen: Seen;
  /** What accounts have paid for gas so far. */
  readonly fees: Fees;
  /** The results of the block's calls; `undefined` if nothing in the scenario reads them. */
  readonly results: readonly ActionResult[] | undefined;
  /** What free moves were found to need. */
  readonly gas: GasNeeds;
  /** What contracts under siege have created. */
  readonly created: CreatedContracts;
  /** The public transactions of the block, which a reorganisation puts back into the mempool. */
  readonly included: readonly Pending[];
  /** What agents remember, by name. */
  readonly memories: ReadonlyMap<string, unknown>;
  /** What conditions remember, by id. */
  readonly remembered: ReadonlyMap<string, unknown>;
  /** What accounts did for others in the block; empty if no condition asks. */
  readonly favours: readonly Favour[];
  /** Recorded transactions that have a different outcome than without the agents, so far. */
  readonly interferences: readonly Interference[];
  /** The steps so far. */
  readonly steps: readonly TraceStep[];
  /** The first violation of each cause so far: not every violation ends a run. */
  readonly violations: readonly Violation[];
}

/** The state that every run starts from. */
export function startOf(world: World): RunState {
  return {
    block: 0,
    highest: 0,
    clock: Clock.atStart(world),
    prices: world.prices,
    desk: OracleDesk.atStart(world),
    space: BlockSpace.atStart(world),
    mempool: Mempool.empty(world.scenario.mempool.delay),
    censorship: Censorship.none(),
    randao: prevRandao(0),
    observation: world.start,
    seen: NOTHING_SEEN,
    fees: new Map(),
    results: keepsResults(world.scenario) ? [] : undefined,
    gas: GasNeeds.unknown(),
    created: CreatedContracts.none(world.creation),
    included: [],
    memories: new Map(),
    remembered: new Map(),
    favours: [],
    interferences: [],
    steps: [],
    violations: [],
  };
}

/** Whether any agent or condition reads the results of calls. */
export function keepsResults({ agents, conditions }: Scenario): boolean {
  return (
    [...agents.values()].some(({ results }) => results === true) ||
    conditions.some(({ definition }) => definition.results === true)
  );
}
