import type { Address } from "viem";

import type { Trace } from "../events/trace.js";
import type { Aim } from "../run/aim.js";
import type { Verdict } from "../run/outcome.js";
import type { Player } from "../run/player.js";
import type { MinedBlock, RunWatcher } from "../run/state.js";
import type { World } from "../world/world.js";

import { revertReason } from "../../conditions/revert-reason.js";
import { addressKey, isSameAddress } from "../../quantity/address.js";
import { callStep } from "../events/call.js";
import { describeSteps } from "../explain/describe.js";
import { toJson } from "../json.js";
import { effectOf } from "../reproduction/effect.js";

/** A call of a run, as two sides compare it. */
export interface LoggedCall {
  readonly of: string;
  /** The same on both sides if the call and what became of it are. */
  readonly key: string;
  /** In words. */
  readonly text: () => string;
}

/** A block of a run. */
export interface LoggedBlock {
  readonly block: number;
  readonly calls: readonly LoggedCall[];
  /** How far each condition is from broken, 0 to 1; `undefined` if it tells none. */
  readonly margins: Map<string, number | undefined>;
}

/** A run on one side. */
export interface RunLog {
  readonly verdict: Verdict;
  readonly blocks: readonly LoggedBlock[];
}

/** Plays a run, and writes down its calls and the margins of its conditions. */
export async function playLogged(
  player: Player,
  play: (watcher: RunWatcher, aim: Aim) => Promise<Verdict>,
  aim: Aim = {},
): Promise<RunLog> {
  const blocks: LoggedBlock[] = [];
  const watcher: RunWatcher = {
    mined: async (mined) => {
      blocks.push({ block: mined.block, calls: await callsOf(player.world, mined), margins: new Map() });
    },
    judged: (condition, { margin }) => void blocks.at(-1)?.margins.set(condition, margin),
  };
  return { verdict: await play(watcher, aim), blocks };
}

async function callsOf(
  world: World,
  { block, calls, intents, inclusions }: MinedBlock,
): Promise<readonly LoggedCall[]> {
  const { executor, target, names } = world;
  if (calls.length === 0) return [];
  const receipts = await executor.receipts(inclusions);
  const results = new Map<number, string>();
  for (const [index, inclusion] of inclusions.entries()) {
    if (receipts[index]?.success !== false) continue;
    const [result] = await executor.results([inclusion]);
    results.set(index, result === undefined ? "reverts" : `reverts: ${revertReason(result.returned, target, names)}`);
  }
  return calls.map((placed, index): LoggedCall => {
    const { sender, call } = placed;
    const receipt = receipts[index];
    const end = results.get(index) ?? (receipt === undefined ? "is refused" : "succeeds");
    const intent = intents[index];
    const effect = receipt === undefined ? undefined : effectOf(receipt);
    return {
      of: sender,
      key: keyOf(world, [
        sender,
        call.to,
        call.function.name,
        call.args,
        call.value ?? 0n,
        call.inner,
        end,
        effect?.transfers,
      ]),
      text: () => {
        if (intent === undefined || intent.event !== undefined) return `${call.function.name}() ${end}`;
        const step = callStep(world, { block, again: false }, intent, placed);
        const trace: Trace = { steps: [step], blocks: block };
        const effects = new Map(effect === undefined ? [] : [[0, effect]]);
        const [described] = describeSteps(world, trace, effects, []);
        const { action = call.function.name, consequence } = described ?? {};
        return end === "succeeds"
          ? [action, ...(consequence === undefined ? [] : [consequence])].join(", ")
          : `${action} ${end}`;
      },
    };
  });
}

/** A value's text with names in place of addresses, as the two sides have different ones. */
function keyOf({ target, names }: Pick<World, "names" | "target">, value: unknown): string {
  const named = (part: unknown): unknown => {
    if (typeof part === "string" && /^0x[0-9a-fA-F]{40}$/.test(part)) {
      const address = part as Address;
      return isSameAddress(address, target.address) ? "target" : (names.get(addressKey(address)) ?? address);
    }
    if (Array.isArray(part)) return (part as readonly unknown[]).map(named);
    if (typeof part === "object" && part !== null) {
      return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, named(item)]));
    }
    return part;
  };
  return toJson(named(value));
}
