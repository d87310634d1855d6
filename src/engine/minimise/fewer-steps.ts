import type { Pass } from "./pass.js";

import { reduce } from "./reduce.js";

/** Leaves out whole agents, feeds and assets: what takes most away is tried first. */
export const fewerActors: Pass = async (trace, trial) => {
  let current = trace;
  for (const actor of new Set(trace.steps.map(actorOf))) {
    const steps = current.steps.filter((step) => actorOf(step) !== actor);
    if (steps.length === current.steps.length) continue;
    current = (await trial.trace({ ...current, steps })) ?? current;
  }
  return current;
};

/** Leaves out chunks of steps, then single ones. */
export const fewerSteps: Pass = async (trace, trial) => {
  const steps = await reduce(trace.steps, async (kept) => (await trial.trace({ ...trace, steps: kept })) !== undefined);
  if (steps.length === trace.steps.length) return trace;
  return (await trial.trace({ ...trace, steps })) ?? trace;
};

function actorOf(step: Parameters<Pass>[0]["steps"][number]): string {
  switch (step.kind) {
    case "market":
      return `asset ${step.asset}`;
    case "oracle":
      return `feed ${step.oracle}`;
    case "call":
      return `agent ${step.agent}`;
  }
}
