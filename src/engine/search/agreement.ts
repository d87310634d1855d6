import type { Genome } from "../events/genome.js";
import type { Aim } from "../run/aim.js";
import type { Player } from "../run/player.js";
import type { MinedBlock, RunWatcher } from "../run/state.js";
import type { Observation } from "../world/observation.js";
import type { World } from "../world/world.js";

import { textOf } from "../json.js";

/** Where a batched run and the faithful one differ first. */
export interface Disagreement {
  readonly kind: "disagreement";
  /** The run of the search in which they were compared, counted from 1. */
  readonly run: number;
  readonly block: number;
  /** The agent whose call differs; where only the state does, the one whose call came last. */
  readonly agent: string;
  /** The function that the agent calls. */
  readonly function: string;
  /** What becomes of the call in a transaction of its own. */
  readonly faithful: CallOutcome;
  /** What becomes of it in a batch. */
  readonly batched: CallOutcome;
}

/** What becomes of a call; `leaves another state`: it has the same outcome, but contracts return something else after the block. */
export type CallOutcome = "refused" | "reverts" | "succeeds" | "not submitted" | "leaves another state";

interface PlayedCall {
  readonly agent: string;
  readonly function: string;
  readonly key: string;
  readonly outcome: CallOutcome;
}

/** What a run is measured by, besides what becomes of its calls. */
export interface RunMeasure {
  readonly watcher: Pick<RunWatcher, "mined" | "judged">;
  /** What was measured in the run that is over. */
  readonly text: () => string;
}

interface PlayedRun {
  readonly blocks: readonly PlayedBlock[];
  readonly measured: string | undefined;
}

interface PlayedBlock {
  readonly calls: readonly PlayedCall[];
  /** What protocols and conditions read after it. */
  readonly state: string;
}

/**
 * Plays a genome as transactions and in batches, and compares the outcome of every call, and after every block what protocols
 * and conditions read. Contracts that look at `tx.origin`, at their caller's code or at what an earlier call left in transient
 * storage behave differently in the two; a campaign against one explores faithfully.
 *
 * @param run - of the search, counted from 1
 * @param aim - at which violations it ends
 * @param measure - what else has to be the same
 * @returns the first difference, or `undefined`
 */
export async function firstDisagreement(
  faithful: Player,
  batched: Player,
  genome: Genome,
  run: number,
  aim: Aim = {},
  measure?: (world: World) => RunMeasure,
): Promise<Disagreement | undefined> {
  const asTransactions = await played(faithful, genome, aim, measure);
  const inBatches = await played(batched, genome, aim, measure);
  // a run ends at its violation, which is not yet a difference
  for (const [index, other] of inBatches.blocks.entries()) {
    const block = asTransactions.blocks[index];
    if (block === undefined) break;
    const different = differenceOf(block, other);
    if (different !== undefined) return { kind: "disagreement", run, block: index + 1, ...different };
  }
  if (asTransactions.measured === inBatches.measured) return undefined;
  const last = asTransactions.blocks.at(-1) ?? NO_BLOCK;
  return { kind: "disagreement", run, block: asTransactions.blocks.length, ...otherStateAfter(last) };
}

function differenceOf(
  one: PlayedBlock,
  other: PlayedBlock,
): Pick<Disagreement, "agent" | "function" | "faithful" | "batched"> | undefined {
  for (let at = 0; at < Math.max(one.calls.length, other.calls.length); at++) {
    const mine = one.calls[at];
    const its = other.calls[at];
    if (mine !== undefined && mine.key === its?.key && mine.outcome === its.outcome) continue;
    const { agent, function: called } = mine ?? its ?? NO_CALL;
    return {
      agent,
      function: called,
      faithful: mine?.outcome ?? NOT_SUBMITTED,
      // another call in its place is none of it
      batched: mine === undefined || mine.key === its?.key ? (its?.outcome ?? NOT_SUBMITTED) : NOT_SUBMITTED,
    };
  }
  return one.state === other.state ? undefined : otherStateAfter(one);
}

function otherStateAfter({ calls }: PlayedBlock): Omit<Disagreement, "kind" | "run" | "block"> {
  const { agent, function: called } = calls.at(-1) ?? NO_CALL;
  return { agent, function: called, faithful: "succeeds", batched: "leaves another state" };
}

const NOT_SUBMITTED = "not submitted";

const NO_CALL = { agent: "", function: "" };

const NO_BLOCK: PlayedBlock = { calls: [], state: "" };

async function played(
  player: Player,
  genome: Genome,
  aim: Aim,
  measure: ((world: World) => RunMeasure) | undefined,
): Promise<PlayedRun> {
  const blocks: PlayedBlock[] = [];
  const own = measure?.(player.world);
  const mined = async (block: MinedBlock): Promise<void> => {
    await own?.watcher.mined?.(block);
    const { calls, inclusions, state } = block;
    const receipts = await player.world.executor.receipts(inclusions);
    blocks.push({
      calls: calls.map(({ sender, call }, index) => ({
        agent: sender,
        // of a call that the agent sends to itself, the first that it makes
        function: (call.inner?.[0] ?? call).function.name,
        key: `${sender} ${call.to} ${call.function.name} ${textOf(call.args)}`,
        outcome: receipts[index] === undefined ? "refused" : receipts[index].success ? "succeeds" : "reverts",
      })),
      state: readAfter(player.world, state.observation),
    });
  };
  const judged: RunWatcher["judged"] = (condition, outcome) => own?.watcher.judged?.(condition, outcome);
  await player.genome(genome, { mined, judged }, aim);
  return { blocks, measured: own?.text() };
}

/** Without balances: native coin pays for gas only where calls are transactions. */
function readAfter({ conditions, frame, oracles }: World, observation: Observation): string {
  const parts = [...conditions, ...frame.protocols.values(), ...oracles.values()].map(({ part }) => part);
  return parts.map((part) => observation.raw(part)).join();
}
