import type { Genome } from "../../engine/events/genome.js";
import type { Player } from "../../engine/run/player.js";
import type { Scenario } from "../../scenario/scenario.js";

import { reasonOf } from "../../engine/activity/reasons.js";
import { madeCalls } from "../../engine/run/called-back.js";

import { protocolOfEvent } from "./shock-events.js";

/**
 * The calls of shocks that revert in the first path, or return an error code, each shock alone, by protocol, with their reasons:
 * `liquidate(): "not the owner"`.
 *
 * @param variants - the protocols that fail in each variant
 * @param genome - of a run, counted from 0
 */
export async function refusedCalls(
  player: Player,
  scenario: Pick<Scenario, "shocks">,
  variants: readonly (readonly string[])[],
  genome: (run: number) => Genome,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const refused = new Map<string, readonly string[]>();
  for (const [run, protocols] of variants.entries()) {
    const [protocol] = protocols;
    if (protocol === undefined || protocols.length > 1 || scenario.shocks.get(protocol)?.calls.length === 0) continue;
    const reasons = await refusedIn(player, genome(run), (kind) => protocolOfEvent(kind, scenario) === protocol);
    if (reasons.length > 0) refused.set(protocol, reasons);
  }
  return refused;
}

async function refusedIn(
  player: Player,
  genome: Genome,
  isMeant: (kind: string) => boolean,
): Promise<readonly string[]> {
  const { executor, target } = player.world;
  const reasons: string[] = [];
  await player.genome(
    genome,
    {
      mined: async ({ intents, inclusions }) => {
        const receipts = await executor.receipts(inclusions);
        for (const [index, intent] of intents.entries()) {
          const inclusion = inclusions[index];
          if (intent?.event === undefined || inclusion === undefined || !isMeant(intent.event.kind)) continue;
          const { call } = intent.intent;
          const receipt = receipts[index];
          if (receipt?.success === true) {
            // Compound refuses calls without reverting
            const code = madeCalls(call, intent.from, receipt.logs).find((made) => made.call === call)?.code;
            if (code !== undefined) reasons.push(`${call.function.name}(): error code ${code}`);
            continue;
          }
          const [result] = await executor.results([inclusion]);
          const why = result === undefined ? "not included" : reasonOf(result.returned, target);
          reasons.push(`${call.function.name}(): ${why}`);
        }
      },
    },
    { toTheEnd: true },
  );
  return reasons;
}
