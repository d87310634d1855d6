import type { Address } from "viem";

import type { ReadPlan } from "../../../protocols/read-plan.js";
import type { SourceBook, SourceCode } from "../../../target/code/source-code.js";
import type { TracedCall } from "../../chain/traces.js";
import type { Trace } from "../../events/trace.js";
import type { Aim } from "../../run/aim.js";
import type { Player } from "../../run/player.js";
import type { MinedBlock } from "../../run/state.js";
import type { World } from "../../world/world.js";

import { list } from "../../../protocols/read-plan.js";
import { addressKey } from "../../../quantity/address.js";
import { PUPPET_CODE } from "../../chain/engine-bytecode.js";
import { LENS_ADDRESS, packReads } from "../../chain/lens.js";
import { contractsOf } from "../../world/name-book.js";

import { walk } from "./code-walk.js";
import { ExecutionProfile } from "./execution-profile.js";

/** What takes more gas is not traced: a trace has about a hundred bytes for each unit, and more where a contract only computes. */
const MOST_GAS = 3_000_000n;

/** What a run executed. */
export interface Profiled {
  readonly profile: ExecutionProfile;
  /** What the violated condition's read executed after the last block. */
  readonly read: ExecutionProfile;
  /** The calls of its transactions. */
  readonly calls: readonly TracedCall[];
}

/** What a run is played for. */
export interface Sought {
  readonly aim: Aim;
  /** The violated condition's id. */
  readonly condition: string;
}

/**
 * Plays a trace and follows its transactions through the sources, and what the condition is judged by after its last block: its own
 * read, and those of the protocols, which it may look at. Feeds that the scenario itself writes are followed by nobody.
 */
export async function playProfile(
  player: Player,
  trace: Trace,
  { aim, condition }: Sought,
  sources: SourceBook,
): Promise<Profiled> {
  const { world } = player;
  const { chain } = world;
  const profile = new ExecutionProfile();
  const read = new ExecutionProfile();
  const calls: TracedCall[] = [];
  const feeds = [...world.oracles.values()].flatMap(({ bound }) => contractsOf(bound));
  const known = new Map<string, SourceCode | undefined>(feeds.map(([, address]) => [addressKey(address), undefined]));
  const lens = packReads(judgedBy(world, condition));
  const sourceAt = async (account: Address): Promise<SourceCode | undefined> => {
    const key = addressKey(account);
    if (!known.has(key)) known.set(key, await sources.of(await chain.code(account)));
    return known.get(key);
  };
  const mined = async ({ block, mined: transactions, rest }: MinedBlock): Promise<void> => {
    for (const { hash, transaction } of [...(rest?.feeds?.mined ?? []), ...transactions]) {
      if (transaction.to === undefined) continue;
      const made = await chain.callsOf(hash);
      calls.push(...made);
      // instructions take forty times as long as calls
      const found = await Promise.all(made.map(({ to }) => sourceAt(to)));
      if (found.every((source) => source === undefined)) continue;
      if (((await chain.receipt(hash))?.gasUsed ?? 0n) > MOST_GAS) continue;
      profile.add(await walk(await chain.opcodesOf(hash), transaction.to, sourceAt));
    }
    if (block !== trace.blocks) return;
    const snapshot = await chain.snapshot();
    try {
      for (const account of Object.keys(lens.overrides) as Address[]) {
        if (account !== LENS_ADDRESS) await chain.setCode(account, PUPPET_CODE);
      }
      if ((await chain.gasOfCall(lens)) > MOST_GAS) return;
      read.add(await walk(await chain.opcodesOfCall(lens), LENS_ADDRESS, sourceAt));
    } finally {
      await world.revert(snapshot);
    }
  };
  await player.trace(trace, { mined }, aim);
  return { profile, read, calls };
}

/** What a condition is judged by: what agents and the search read besides says nothing about it. */
function judgedBy({ conditions, frame }: World, condition: string): ReadPlan<unknown> {
  const own = conditions.filter(({ bound }) => bound.id === condition);
  return list([...own, ...frame.protocols.values()].map(({ part }) => part.plan));
}
