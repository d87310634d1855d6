import type { Address } from "viem";

import type { SourceBook, SourceCode } from "../../../target/code/source-code.js";
import type { TracedCall } from "../../chain/traces.js";
import type { Trace } from "../../events/trace.js";
import type { Aim } from "../../run/aim.js";
import type { Player } from "../../run/player.js";
import type { MinedBlock } from "../../run/state.js";

import { addressKey } from "../../../quantity/address.js";
import { PUPPET_CODE } from "../../chain/engine-bytecode.js";
import { LENS_ADDRESS } from "../../chain/lens.js";

import { walk } from "./code-walk.js";
import { ExecutionProfile } from "./execution-profile.js";

/** What takes more gas is not traced: a trace has about a hundred bytes for each unit, and more where a contract only computes. */
const MOST_GAS = 3_000_000n;

/** What a run executed. */
export interface Profiled {
  readonly profile: ExecutionProfile;
  /** What the conditions' reads executed after the last block. */
  readonly views: ExecutionProfile;
  /** The calls of its transactions. */
  readonly calls: readonly TracedCall[];
}

/** Plays a trace and follows its transactions through the sources, and what is read after its last block. */
export async function playProfile(player: Player, trace: Trace, aim: Aim, sources: SourceBook): Promise<Profiled> {
  const { world } = player;
  const { chain } = world;
  const profile = new ExecutionProfile();
  const views = new ExecutionProfile();
  const calls: TracedCall[] = [];
  const known = new Map<string, SourceCode | undefined>();
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
      for (const account of Object.keys(world.lens.overrides) as Address[]) {
        if (account !== LENS_ADDRESS) await chain.setCode(account, PUPPET_CODE);
      }
      if ((await chain.gasOfCall(world.lens)) > MOST_GAS) return;
      views.add(await walk(await chain.opcodesOfCall(world.lens), LENS_ADDRESS, sourceAt));
    } finally {
      await world.revert(snapshot);
    }
  };
  await player.trace(trace, { mined }, aim);
  return { profile, views, calls };
}
