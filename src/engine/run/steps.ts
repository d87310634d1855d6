import type { ContractCall } from "../../protocols/call.js";
import type { InnerCall, TraceStep } from "../events/trace.js";
import type { PlacedCall } from "../world/executor/executor.js";
import type { World } from "../world/world.js";
import type { AgentIntent, BuilderAct, Place } from "./plan.js";

export function callStep(
  { scenario }: World,
  { block, again }: Place,
  { agent, intent, origin }: AgentIntent,
  { call, tip, gas }: PlacedCall,
): TraceStep {
  const reaction = origin === "policy" && scenario.agents.get(agent)?.honest === true;
  return {
    kind: "call",
    block,
    ...(again ? { again } : {}),
    ...(reaction ? { reaction } : {}),
    agent,
    to: call.to,
    function: call.function,
    args: call.args,
    ...(call.inner === undefined ? {} : { inner: call.inner.map(innerStep) }),
    value: call.value ?? 0n,
    tip,
    gas,
    note: intent.note,
  };
}

export function innerStep({ to, function: item, args, value = 0n }: ContractCall): InnerCall {
  return { to, function: item, args, value };
}

export function builderStep({ block, again }: Place, { act, sender, blocks }: BuilderAct): TraceStep {
  return { kind: "builder", block, ...(again ? { again } : {}), act, sender, blocks };
}
