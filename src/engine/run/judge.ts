import type { Address } from "viem";

import type { JudgeContext } from "../../conditions/condition.js";
import type { Failure } from "../../conditions/failure.js";
import type { ChainStatement, NotOnChain } from "../../conditions/on-chain.js";
import type { ChainTerm, MissingOnChain } from "../../protocols/on-chain.js";
import type { ObservedView } from "../world/observed-view.js";
import type { World } from "../world/world.js";
import type { Violation } from "./outcome.js";
import type { RunState, RunWatcher } from "./state.js";

import { isUnjudged } from "../../conditions/unjudged.js";
import { SiegeError } from "../../errors.js";
import { worth } from "../world/observed-view.js";
import { missingOnChain, ownedOnChain } from "../world/owned-on-chain.js";

import { Clock } from "./clock.js";
import { startView } from "./views.js";

/**
 * The first condition that is violated before anything happens.
 *
 * @throws SiegeError `CONDITION_FAILED` if one has another answer when it is asked again
 */
export function judgeStart(world: World): Violation | undefined {
  const violations = judgedStart(world);
  requireSame(0, violations, judgedStart(world));
  return violations[0];
}

/**
 * Asks the conditions again about the start, where all of them held.
 *
 * @throws SiegeError `CONDITION_FAILED` if one no longer does
 */
export function requireStillHolding(world: World): void {
  requireSame(0, [], judgedStart(world));
}

function judgedStart(world: World): readonly Violation[] {
  const start = startView(world);
  const state = { observation: world.start, interferences: [], favours: [], clock: Clock.atStart(world) };
  return judge(world, { view: start, before: start, start }, state, new Map());
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
 * @throws SiegeError `CONDITION_FAILED` if one that is violated has another answer when it is asked again
 */
export function judge(
  world: World,
  { view, before, start: startView }: Views,
  { observation, interferences, favours, clock }: Pick<RunState, "observation" | "interferences" | "favours" | "clock">,
  remembered: Map<string, unknown>,
  judged: RunWatcher["judged"] = () => undefined,
): readonly Violation[] {
  const paused = { before: clock.paused(before.block, view.block), inAll: clock.paused(0, view.block) };
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
      const missing = (protocol: string): readonly MissingOnChain[] | undefined =>
        missingOnChain(world.frame, view, protocol);
      const onChain = (): ChainStatement | NotOnChain | undefined => bound.onChain({ ...context, owned, missing });
      judged(bound.id, { unjudged: undefined, margin: 0, onChain });
    }
    const violationsIn = (failures: readonly Failure[]): readonly Violation[] =>
      failures.map(({ cause, evidence }) => ({
        condition: bound.id,
        target: world.target.name,
        block: view.block,
        cause,
        evidence,
      }));
    const violations = violationsIn(verdict);
    if (violations.length > 0) {
      const again = bound.judge(context);
      requireSame(view.block, violations, isUnjudged(again) ? [] : violationsIn(again));
    }
    return violations;
  });
}

/** @throws SiegeError `CONDITION_FAILED` unless two judgements of one state are the same */
function requireSame(block: number, first: readonly Violation[], second: readonly Violation[]): void {
  const differs = (from: readonly Violation[]) => (one: Violation) => from.every(({ cause }) => cause !== one.cause);
  const other = first.find(differs(second)) ?? second.find(differs(first));
  if (other === undefined) return;
  const { condition, evidence } = other;
  throw new SiegeError("CONDITION_FAILED", {
    message: `judge() of "${condition}" is not a function of what it reads: asked twice about the same state, ${block === 0 ? "before the siege" : `after block ${block}`}, it answered once "${evidence.summary}", and once not.`,
    hint: "Let it depend on its reading, its start, its view and its memory alone: not on chance or a clock, nor on variables that it changes (remember() keeps what it needs).",
  });
}
