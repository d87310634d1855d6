import type { MarketStep, Trace } from "../../engine/events/trace.js";
import type { Violation } from "../../engine/run/outcome.js";
import type { CampaignEnvironment } from "../../engine/world/campaign-environment.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";

import { Player } from "../../engine/run/player.js";
import { openWorld } from "../../engine/world/world.js";
import { PPM } from "../../quantity/ppm.js";

/** What is played again. */
interface Broken {
  readonly trace: Trace;
  readonly violation: Pick<Violation, "cause" | "block">;
  /** For how many blocks all agents rest. */
  readonly rest: number;
}

/**
 * Whether a violation lasts: the minimal run is played again up to it, then all prices return to those of the start, feeds publish
 * them, and no agent acts for some blocks. What does not hold then either is lost.
 *
 * @returns `undefined` if the run does not break here in the first place, so that nothing is known
 * @throws SiegeError a fault of the chain
 */
export async function isLasting(
  environment: CampaignEnvironment,
  target: ResolvedTarget,
  scenario: Scenario,
  { trace, violation, rest }: Broken,
): Promise<boolean | undefined> {
  const { block: last, cause } = violation;
  const world = await openWorld(environment, target, resting(scenario, last));
  try {
    const seen = { block: 0, broke: false, lasts: false };
    const watcher = {
      mined: async (mined: { readonly block: number }): Promise<void> => {
        seen.block = mined.block;
      },
      broken: (violations: readonly Violation[]): void => {
        seen.lasts = violations.some((one) => one.cause === cause);
        if (seen.block === last) seen.broke = seen.lasts;
      },
    };
    await new Player(world, () => undefined).trace(returning(trace, last, rest), watcher, { toTheEnd: true });
    return seen.broke ? seen.lasts : undefined;
  } finally {
    // the first fault is the one to report
    await world.close().catch(() => undefined);
  }
}

/** The scenario with agents who do nothing after a block. */
function resting(scenario: Scenario, last: number): Scenario {
  const agents = [...scenario.agents].map(([name, agent]) => {
    const { act } = agent;
    if (act === undefined) return [name, agent] as const;
    const until: typeof act = (context) => {
      if (context.view.block <= last) act(context);
    };
    return [name, { ...agent, act: until }] as const;
  });
  return { ...scenario, agents: new Map(agents) };
}

/** The trace up to a block, and after it all prices as they were. */
function returning(trace: Trace, last: number, rest: number): Trace {
  const steps = trace.steps.filter(({ block }) => block <= last);
  const factors = new Map<string, number>();
  for (const step of steps) {
    if (step.kind !== "market") continue;
    factors.set(step.asset, ((factors.get(step.asset) ?? 1) * (PPM + step.change)) / PPM);
  }
  const back = [...factors].map(([asset, factor]): MarketStep => ({
    kind: "market",
    block: last + 1,
    asset,
    change: Math.round((1 / factor - 1) * PPM),
  }));
  return { ...trace, steps: [...steps, ...back], blocks: last + rest };
}
