import type { PlacedCall } from "../../world/executor/executor.js";
import type { AgentIntent } from "../intent.js";
import type { BlockSpace } from "./block-space.js";
import type { BuilderAct, Censorship } from "./builder.js";
import type { Mempool, Pending } from "./mempool.js";

import { bidsForItsPlace, DEFAULT_GAS, DEFAULT_TIP } from "../intent.js";

import { rearranged } from "./builder.js";

/** What a builder has to work with. */
interface BlockParts {
  readonly block: number;
  /** The feeds' rounds. */
  readonly publications: readonly PlacedCall[];
  readonly mempool: Mempool;
  readonly space: BlockSpace;
  /** Whether a sender cannot reach the builder. */
  readonly isOut: (sender: string) => boolean;
  readonly censorship: Censorship;
  readonly acts: readonly BuilderAct[];
}

/** A block, ready to be mined. */
interface BuiltBlock {
  readonly calls: readonly PlacedCall[];
  /** The intent of each call; `undefined` for publications. */
  readonly intents: readonly (AgentIntent | undefined)[];
  readonly included: ReadonlySet<Pending>;
}

interface Candidate extends PlacedCall {
  readonly pending: Pending | undefined;
}

/**
 * Builds a block as a fee-maximising builder does: the highest tip first, at equal tips the earliest; transactions that are
 * outbid stay out. An adversarial builder then rearranges it.
 */
export function buildBlock(parts: BlockParts): BuiltBlock {
  const { block, publications, mempool, space, isOut, censorship, acts } = parts;
  const rounds = publications.map((call): Candidate => {
    const share = space.gasLimit / BigInt(publications.length);
    return { ...call, gas: call.gas < share ? call.gas : share, pending: undefined };
  });
  const candidates = [
    ...rounds,
    ...mempool.waiting.flatMap((pending) =>
      pending.from > block || isOut(pending.intent.agent) ? [] : [placed(pending, space)],
    ),
  ]
    .filter(({ sender, pending }) => !paysForItsPlace(pending) || !censorship.keepsOut(sender, block))
    .sort((a, b) => (a.tip === b.tip ? 0 : a.tip > b.tip ? -1 : 1));
  let gas = 0n;
  // nobody outbids a feed: what pays more than a round comes before it, and leaves room for it
  let reserved = rounds.reduce((sum, call) => sum + call.gas, 0n);
  const affordable = candidates.filter((candidate) => {
    if (candidate.pending === undefined) reserved -= candidate.gas;
    const after = gas + candidate.gas;
    if (after > roomFor(candidate, space) || after + reserved > space.gasLimit) return false;
    gas = after;
    return true;
  });
  const ordered = rearranged(affordable, acts);
  return {
    calls: ordered.map(({ pending: _pending, ...call }) => call),
    intents: ordered.map(({ pending }) => pending?.intent),
    included: new Set(ordered.flatMap(({ pending }) => (pending === undefined ? [] : [pending]))),
  };
}

function placed(pending: Pending, { baseFee }: BlockSpace): Candidate {
  const { agent, from, intent } = pending.intent;
  const { call, tip = DEFAULT_TIP, gas = DEFAULT_GAS, maxFee } = intent;
  // what remains of its maximum fee after the base fee; below 0 it cannot be included
  const left = maxFee === undefined ? tip : maxFee - baseFee;
  return { sender: agent, from, call, tip: tip < left ? tip : left, gas, pending };
}

/** Feeds pay whatever it takes, and transactions of events and traces are always included. */
function paysForItsPlace(pending: Pending | undefined): boolean {
  return pending !== undefined && bidsForItsPlace(pending.intent);
}

function roomFor({ tip, pending }: Candidate, space: BlockSpace): bigint {
  return paysForItsPlace(pending) ? space.room(space.baseFee + tip) : space.gasLimit;
}
