import type { ProposedSequence, ProposedStep, Proposer, ProposerBrief } from "../../agents/proposer.js";
import type { Finding } from "../../engine/campaign/finding.js";

import { defineProposer } from "../../agents/proposer.js";

/** What a proposer of known attacks sees on the way. */
export interface SeenBrief {
  brief: ProposerBrief | undefined;
}

/**
 * Proposes attacks that have worked with more, as they were and with amounts that are left to the state, around the moments of each
 * run. Calls of protocol adapters' actions are left to the search.
 */
export function knownAttacks(attacks: readonly Finding[], seen: SeenBrief): Proposer {
  return defineProposer({
    name: "known attacks",
    propose: (brief: ProposerBrief) => {
      seen.brief ??= brief;
      return brief.runs.map(({ run, moments }): ProposedSequence | null => {
        const finding = attacks[run % Math.max(1, attacks.length)];
        const [moment] = moments;
        const steps = finding === undefined ? [] : stepsOf(finding, brief, moment?.block, run % 4 >= 2);
        return steps.length === 0 ? null : { steps };
      });
    },
  });
}

function stepsOf(
  { trace }: Finding,
  { actions, agents, blocks }: ProposerBrief,
  moment: number | undefined,
  isOpen: boolean,
): readonly ProposedStep[] {
  const first = trace.steps.find(({ kind }) => kind === "market" || kind === "pause")?.block;
  const placed = (block: number): number => {
    if (moment === undefined || first === undefined) return block;
    const at = block >= first ? moment + block - first : Math.min(block, moment - 1);
    return Math.min(blocks, Math.max(1, at));
  };
  return trace.steps.flatMap((step): readonly ProposedStep[] => {
    if (step.kind !== "call" || !("function" in step) || step.reaction === true || step.inner !== undefined) return [];
    const { agent, args, value, function: called } = step;
    const action = actions.find(
      ({ name, inputs }) => name.endsWith(`.${called.name}`) && inputs?.length === called.inputs.length,
    );
    if (action === undefined || !agents.some(({ name, actions: own }) => name === agent && own.includes(action.name))) {
      return [];
    }
    const last = called.inputs.findLastIndex(({ type }) => type.startsWith("uint"));
    const own = args.map((one, at) => (isOpen && at === last ? "most" : one));
    const sent = value > 0n ? { value: String(value) } : {};
    return [{ block: placed(step.block), agent, action: action.name, args: own, ...sent }];
  });
}
