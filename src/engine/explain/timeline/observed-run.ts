import type { Hex } from "viem";

import type { Chain } from "../../chain/chain.js";
import type { Accesses, CallFrame } from "../../chain/traces.js";
import type { Receipt, Transaction } from "../../chain/transaction.js";
import type { RecordedBlock, Recording, TransactionOrigin } from "../../reproduction/record.js";
import type { ScriptWatcher } from "../../reproduction/script.js";
import type { Player } from "../../run/player.js";
import type { CampaignEnvironment } from "../../world/campaign-environment.js";
import type { World } from "../../world/world.js";
import type { Frame } from "./timeline.js";

import { unpackReads } from "../../chain/lens.js";
import { recordingSource } from "../../chain/state-upstream/recording-source.js";
import { fromItsStart } from "../../reproduction/confirm.js";
import { replayScript } from "../../reproduction/hermetic-replay.js";
import { keepsResults } from "../../run/state.js";
import { startView } from "../../run/views.js";
import { Observation } from "../../world/observation.js";
import { ObservedView } from "../../world/observed-view.js";

/** The most transactions that are looked into; those after them are seen at the end of their block. */
const MOST_TRANSACTIONS = 150;

/** The most frames: a longer run is not told. */
const MOST_FRAMES = 400;

/** What a transaction did, as its traces tell. */
export interface ObservedTransaction {
  readonly transaction: Transaction;
  readonly receipt: Receipt;
  readonly calls: CallFrame;
  readonly accesses: Accesses;
}

/** A moment of a run, with all that is known of it. */
export interface ObservedFrame extends Pick<Frame, "block" | "seconds" | "kind" | "step"> {
  /** The feed whose round it is. */
  readonly feed?: string;
  readonly view: ObservedView;
  readonly observation: Observation;
  readonly did?: ObservedTransaction;
  /** How far conditions are from broken, after the last event of a block. */
  readonly margins?: ReadonlyMap<string, number>;
}

/**
 * Plays a recording once more on a fork of the world's base, and reads after every transaction what agents and conditions read
 * after every block.
 *
 * @returns `undefined` if it does something else there, or if it is too long to be told
 * @throws SiegeError for faults of the chain
 */
export async function observeRun(
  player: Player,
  recording: Recording,
  environment: Pick<CampaignEnvironment, "hardfork" | "openNetwork">,
): Promise<readonly ObservedFrame[] | undefined> {
  const { world } = player;
  const { script, outcome } = recording;
  const seen = new SeenTransactions(recording);
  const divergence = await fromItsStart(world, outcome.trace, async () =>
    replayScript({
      ...environment,
      script,
      state: await recordingSource(world.chain),
      watch: (chain) => seen.watcher(chain),
    }),
  );
  if (divergence !== undefined) return undefined;
  const frames = [...framesOf(world, recording.blocks, seen)];
  return frames.length > MOST_FRAMES ? undefined : frames;
}

/** What was seen of a script's transactions, by block and place. */
class SeenTransactions {
  readonly #recording: Recording;
  readonly #answers = new Map<string, Hex>();
  readonly #did = new Map<string, ObservedTransaction>();

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  watcher(chain: Chain): ScriptWatcher {
    const { script } = this.#recording;
    return {
      sent: async ({ block, transaction }) => {
        if (this.#answers.size >= MOST_TRANSACTIONS) return;
        this.#answers.set(`${block} ${transaction}`, await chain.read(script.read, "pending"));
      },
      mined: async (block, hashes) => {
        for (const [at, hash] of hashes.entries()) {
          if (!this.#answers.has(`${block} ${at}`)) return;
          const transaction = script.blocks[block]?.transactions[at];
          const receipt = await chain.receipt(hash);
          if (transaction === undefined || receipt === undefined) return;
          const [calls, accesses] = await Promise.all([chain.callTreeOf(hash), chain.accessesOf(hash)]);
          this.#did.set(`${block} ${at}`, { transaction, receipt, calls, accesses });
        }
      },
    };
  }

  observation({ plan }: World, block: number, transaction: number): Observation | undefined {
    const answer = this.#answers.get(`${block} ${transaction}`);
    return answer === undefined ? undefined : new Observation(unpackReads(plan, answer));
  }

  did(block: number, transaction: number): ObservedTransaction | undefined {
    return this.#did.get(`${block} ${transaction}`);
  }
}

function* framesOf(world: World, blocks: readonly RecordedBlock[], seen: SeenTransactions): Generator<ObservedFrame> {
  let last: ObservedFrame = {
    block: 0,
    seconds: 0,
    kind: "start",
    view: startView(world),
    observation: world.start,
  };
  yield last;
  let { prices } = world;
  for (const [index, { block, happened, origins, state, margins }] of blocks.entries()) {
    // the block at the end of a pause comes before one of the run
    const following = state ?? blocks.slice(index).find((one) => one.state !== undefined)?.state;
    if (following === undefined) return;
    const { clock, space } = following;
    const timestamp = clock.at(block);
    if (state !== undefined) ({ prices } = state);
    const now = { block, timestamp, prices, space, results: keepsResults(world.scenario) ? [] : undefined };
    const at = (
      observation: Observation,
      what: Pick<ObservedFrame, "kind" | "step" | "feed" | "did">,
      isLast: boolean,
    ): ObservedFrame => ({
      block,
      seconds: timestamp - world.base.timestamp,
      ...what,
      observation,
      view: new ObservedView(world.frame, observation, now),
      ...(isLast && state !== undefined ? { margins } : {}),
    });
    const events = happened.length + origins.length;
    for (const [place, step] of happened.entries()) {
      const isLast = place + 1 === events;
      last = at(isLast && state !== undefined ? state.observation : last.observation, { kind: "step", step }, isLast);
      yield last;
    }
    for (const [place, origin] of origins.entries()) {
      const isLast = happened.length + place + 1 === events;
      const atEnd = isLast ? state?.observation : undefined;
      const did = seen.did(index, place);
      const observation = atEnd ?? seen.observation(world, index, place) ?? last.observation;
      last = at(observation, { ...whatOf(origin), ...(did === undefined ? {} : { did }) }, isLast);
      yield last;
    }
    if (events > 0 || state === undefined) continue;
    last = at(state.observation, { kind: "block" }, true);
    yield last;
  }
}

function whatOf({ step, feed }: TransactionOrigin): Pick<ObservedFrame, "kind" | "step" | "feed"> {
  if (step !== undefined) return { kind: "step", step };
  return feed === undefined ? { kind: "transaction" } : { kind: "round", feed };
}
