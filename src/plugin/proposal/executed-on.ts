import type { CampaignEnvironment } from "../../engine/world/campaign-environment.js";
import type { ProposalOptions } from "../../risk/proposal/proposal-options.js";
import type { ProposalAction } from "../../risk/proposal/proposal-result.js";
import type { Proposal } from "../../risk/proposal/proposal.js";
import type { TimedCall } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { ProjectArtifacts } from "../target/project-artifacts.js";
import type { Executable } from "./executable-proposal.js";

import { Borrowed } from "../../engine/chain/borrowed-connection.js";
import { Chain } from "../../engine/chain/chain.js";
import { LensReader } from "../../engine/chain/lens-reader.js";

import { executableProposal, executedAsPassed } from "./executable-proposal.js";
import { namedChanges } from "./slot-names.js";
import { passProposals } from "./vote/pass-proposals.js";
import { votableOf } from "./vote/votable.js";

/** Proposals as they are executed, and the steps by which those that are voted on pass beforehand. */
interface Executed {
  readonly executables: readonly Executable[];
  readonly sequence: readonly TimedCall[];
}

/** The same proposal, in the governor that the user named for those without one. */
export function inGovernor({ governor }: ProposalOptions): (proposal: Proposal) => Proposal {
  return (proposal) =>
    governor === undefined || proposal.governor !== undefined ? proposal : { ...proposal, governor };
}

/** Where they are executed. */
interface Place {
  readonly environment: CampaignEnvironment;
  readonly target: ResolvedTarget;
  readonly artifacts: ProjectArtifacts;
}

/** Finds out on a chain how proposals are executed, and holds their votes. The chain is left as it was. */
export async function executedOn(
  { environment, target, artifacts }: Place,
  proposals: readonly Proposal[],
  { executor, voters }: ProposalOptions,
): Promise<Executed> {
  const { provider, upstream, patience } = environment;
  const chain = new Chain(provider, upstream, patience);
  const request = (method: string, params: unknown[]): Promise<unknown> => provider.request({ method, params });
  const tracing = ({ method, params }: { method: string; params: readonly unknown[] }): Promise<unknown> =>
    request(method, [...params]);
  const chainId = await chain.chainId();
  const executables: Executable[] = [];
  for (const one of proposals) {
    const { actions, ...rest } = await executableProposal(one, executor, { chain, chainId, request: tracing });
    const named: ProposalAction[] = [];
    for (const [index, action] of actions.entries()) {
      const args = [...(one.calls[index]?.call.args ?? []), rest.executor];
      const { changes } = action;
      named.push(
        changes === undefined
          ? action
          : { ...action, changes: await namedChanges(changes, args, { chain, artifacts }) },
      );
    }
    executables.push({ ...rest, actions: named });
  }
  if (executor !== undefined || proposals.every(({ governor }) => governor === undefined)) {
    return { executables, sequence: [] };
  }
  const reader = new LensReader(chain);
  const { number: latest } = await chain.latest();
  const looked: Awaited<ReturnType<typeof votableOf>>[] = [];
  for (const one of proposals) looked.push(await votableOf(one, { reader, latest, request, voters }));
  const borrowed = await Borrowed.from(chain, environment);
  try {
    const votables = looked.map((one) => (one === undefined || "unvoted" in one ? undefined : one));
    const { sequence, proposals: passed } = await passProposals(votables, { chain, borrowed, target });
    return {
      sequence,
      executables: executables.map((one, index) => {
        const look = looked[index];
        return executedAsPassed(one, look !== undefined && "unvoted" in look ? look : passed[index]);
      }),
    };
  } finally {
    await borrowed.giveBack();
  }
}

/** As much time as votes and executions take, without them; `undefined` where nobody votes. */
export function timeOf(sequence: readonly TimedCall[], executions: number): TimedCall | undefined {
  const [first] = sequence;
  if (first === undefined || executions === 0) return undefined;
  const blocks = sequence.reduce((sum, { after, made }) => sum + after + (made === undefined ? 0 : 1), executions);
  return { after: blocks, interval: first.interval };
}
