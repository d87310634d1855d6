import type { Address } from "viem";

import type { JudgeContext } from "../../conditions/condition.js";
import type { ChainStatement } from "../../conditions/on-chain.js";
import type { ChainTerm } from "../../protocols/on-chain.js";
import type { ObservedView } from "../world/observed-view.js";
import type { World } from "../world/world.js";
import type { Violation } from "./outcome.js";
import type { RunState, RunWatcher } from "./state.js";

import { isUnjudged } from "../../conditions/unjudged.js";
import { worth } from "../world/observed-view.js";
import { ownedOnChain } from "../world/owned-on-chain.js";

import { startView } from "./views.js";

/** The first condition that is violated before anything happens. */
export function judgeStart(world: World): Violation | undefined {
  const start = startView(world);
  const state = { observation: world.start, interferences: [], favours: [] };
  return judge(world, { view: start, before: start, start }, state, new Map())[0];
}

/** The states that conditions compare: after a block, before it, and at the start. */
interface Views {
  readonly view: ObservedView;
  readonly before: ObservedView;
  readonly start: ObservedView;
}

/**
 * All violations after a block, in the order of the scenario's conditions.
 *
 * @param remembered - what conditions remember, by id; new memories are written into it
 * @param judged - called with every condition
 */
export function judge(
  world: World,
  { view, before, start: startView }: Views,
  { observation, interferences, favours }: Pick<RunState, "observation" | "interferences" | "favours">,
  remembered: Map<string, unknown>,
  judged: RunWatcher["judged"] = () => undefined,
): readonly Violation[] {
  const { blockTime } = world.scenario;
  const pausedSince = (earlier: ObservedView): number =>
    view.timestamp - earlier.timestamp - (view.block - earlier.block) * blockTime;
  const paused = { before: pausedSince(before), inAll: pausedSince(startView) };
  const held = { start: startView, before, now: view };
  return world.conditions.flatMap(({ bound, part }) => {
    const context: JudgeContext<unknown> = {
      reading: observation.get(part),
      start: world.start.get(part),
      view,
      startView,
      target: world.target,
      paused,
      interferences,
      favours,
      worth: (account, holdings, prices = "now") => {
        const priced = prices === "start" ? startView : view;
        return worth(world.frame, held[holdings], account, (asset) => priced.price(asset));
      },
      memory: remembered.get(bound.id),
      remember: (memory) => void remembered.set(bound.id, memory),
    };
    const verdict = bound.judge(context);
    if (isUnjudged(verdict)) {
      judged(bound.id, { unjudged: verdict, margin: undefined });
      return [];
    }
    if (verdict.length === 0) judged(bound.id, { unjudged: undefined, margin: bound.margin(context) });
    else {
      const owned = (account: Address): readonly ChainTerm[] | undefined => ownedOnChain(world.frame, view, account);
      const onChain = (): ChainStatement | undefined => bound.onChain({ ...context, owned });
      judged(bound.id, { unjudged: undefined, margin: 0, onChain });
    }
    return verdict.map(({ cause, evidence }) => ({
      condition: bound.id,
      target: world.target.name,
      block: view.block,
      cause,
      evidence,
    }));
  });
}
