import type { CampaignEnvironment } from "../../engine/world/campaign-environment.js";
import type { ProposalOptions } from "../../risk/proposal/proposal-options.js";
import type { ProposalResult } from "../../risk/proposal/proposal-result.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { SiegeConfig } from "../config.js";
import type { Artifacts } from "../target/project-artifacts.js";
import type { Executable } from "./executable-proposal.js";

import path from "node:path";

import { runCampaign } from "../../engine/campaign/campaign.js";
import { playDiff } from "../../engine/diff/play-diff.js";
import { playSide } from "../../engine/diff/play-side.js";
import { SiegeError } from "../../errors.js";
import { requireAddress, requireKnown, shown } from "../../options.js";
import { selectorOf } from "../../protocols/call.js";
import { functionOf } from "../../risk/proposal/decode-call.js";
import { judgeProposals } from "../../risk/proposal/judge-proposals.js";
import { MOST_PROPOSALS, PROPOSAL_OPTIONS } from "../../risk/proposal/proposal-options.js";
import { readProposal } from "../../risk/proposal/read-proposal.js";
import { estimateRuin } from "../../risk/ruin/estimate-ruin.js";
import { resolveDiffOptions, resolveOptions, resolveRuinOptions } from "../config.js";
import { ProjectArtifacts } from "../target/project-artifacts.js";
import { knownFunctions } from "../target/recovered-abi.js";

import { afterProposals, sequenceOf } from "./executable-proposal.js";
import { executedOn, inGovernor, timeOf } from "./executed-on.js";

/** The folder of what is found, within that of the reproductions: it is not played before other campaigns. */
const FOLDER = "proposal";

/** What it needs of a connection and its project. */
interface Workplace {
  readonly config: SiegeConfig;
  readonly projectRoot: string;
  readonly artifacts: Artifacts;
  /** Works on the connection when it is its turn. */
  readonly on: <ResultT>(
    scenario: Scenario,
    work: (
      environment: CampaignEnvironment,
      besieged: { readonly target: ResolvedTarget; readonly scenario: Scenario },
    ) => Promise<ResultT>,
  ) => Promise<ResultT>;
}

/** Reads proposals, and judges every order of their execution. */
export async function judgedProposals(
  scenario: Scenario,
  proposals: readonly unknown[],
  options: ProposalOptions,
  { config, projectRoot, artifacts, on }: Workplace,
): Promise<ProposalResult> {
  requireKnown("proposal", options, PROPOSAL_OPTIONS);
  if (!Array.isArray(proposals) || proposals.length === 0 || proposals.length > MOST_PROPOSALS) {
    throw new SiegeError("INVALID_OPTION", {
      message: `proposal is given ${shown(proposals)} in place of proposals.`,
      hint: `Pass a list of 1 to ${MOST_PROPOSALS} of them, each as parsed JSON.`,
    });
  }
  const { signatures = [], parameters, seed = config.seed, timeLimit, signal } = options;
  requireVoting(options);
  const { paths = 200, runs = 20, attacks = 100, confidence = 0.95 } = options;
  const clock = (): number => performance.now();
  const startedAt = clock();
  const until = timeLimit === undefined ? undefined : startedAt + timeLimit * 1000;
  const shared = () => ({
    seed,
    ...(until === undefined ? {} : { timeLimit: Math.max(1e-3, until - clock()) / 1000 }),
    ...(signal === undefined ? {} : { signal }),
  });
  // checks them before anything is played
  const diffOptions = resolveDiffOptions({ runs, ...shared() }, config);
  resolveRuinOptions({ paths, confidence, ...shared() }, config);
  resolveOptions({ runs: attacks, ...shared() }, config);
  const projectArtifacts = new ProjectArtifacts(artifacts);
  const known = new Map(await knownFunctions(projectArtifacts));
  for (const signature of signatures) known.set(selectorOf(functionOf(signature)), functionOf(signature));
  const asked = parameters === undefined ? scenario : scenario.at(parameters);
  const read = proposals
    .map((one, index) => readProposal(one, known, `proposal ${index + 1}`))
    .map(inGovernor(options));
  const { executables, sequence } = await on(asked, (environment, { target }) =>
    executedOn({ environment, target, artifacts: projectArtifacts }, read, options),
  );
  // the same time passes without the proposals
  const voted = executables.filter(({ passed }) => passed !== undefined && "vote" in passed).length;
  const time = timeOf(sequence, voted);
  const before = afterProposals(asked, time === undefined ? [] : [sequenceOf("time of the votes", [time])]);
  const after = (order: readonly number[]): Scenario =>
    afterProposals(asked, [
      ...(time === undefined ? [] : [sequenceOf("votes", sequence)]),
      ...order.flatMap(
        (index) => executables[index]?.settings(executables.length === 1 ? "proposal" : `proposal ${index + 1}`) ?? [],
      ),
    ]);
  const reproductions = path.join(config.reproductions, FOLDER);
  const apart = { reproductions, playsSaved: false, explains: false };
  const judged = await judgeProposals(
    executables.map(({ name }) => name),
    {
      ruin: (order) => {
        const resolved = resolveRuinOptions({ paths, confidence, ...shared() }, config);
        return on(after(order), (environment, besieged) =>
          estimateRuin({ ...environment, ...apart }, besieged.target, besieged.scenario, resolved),
        );
      },
      campaign: (order) => {
        const resolved = resolveOptions({ runs: attacks, explain: false, ...shared() }, config);
        return on(after(order), (environment, besieged) =>
          runCampaign({ ...environment, ...apart }, besieged.target, besieged.scenario, resolved),
        );
      },
      diff: (order) =>
        playDiff(
          { clock, projectRoot, reproductions },
          { scenario: scenario.name, options: { ...diffOptions, ...shared() } },
          (plan) =>
            on(before, (environment, besieged) => playSide(environment, besieged.target, besieged.scenario, plan)),
          (plan) =>
            on(after(order), (environment, besieged) =>
              playSide(environment, besieged.target, besieged.scenario, plan),
            ),
        ),
    },
  );
  const { target, forkBlock, orders, verdict, cut } = judged;
  return {
    scenario: scenario.name,
    target,
    forkBlock,
    proposals: executables.map(({ name, executor: as, actions, passed }) => ({
      name,
      executor: as,
      ...voteOf(passed),
      actions,
    })),
    orders,
    verdict,
    seed,
    ...(cut === undefined ? {} : { cut }),
    seconds: (clock() - startedAt) / 1000,
  };
}

/** Its vote without what executes it. */
function voteOf(passed: Executable["passed"]): Pick<ProposalResult["proposals"][number], "vote" | "unvoted"> {
  if (passed === undefined) return {};
  return "vote" in passed ? { vote: passed.vote } : passed;
}

/** @throws SiegeError `INVALID_OPTION` */
function requireVoting({ governor, voters }: ProposalOptions): void {
  if (governor !== undefined) requireAddress("proposal", "governor", governor);
  if (voters === undefined) return;
  if (!Array.isArray(voters) || voters.length === 0) {
    throw new SiegeError("INVALID_OPTION", {
      message: `proposal: the option "voters" is ${shown(voters)}.`,
      hint: "Pass the addresses of holders or delegates, or leave it out.",
    });
  }
  for (const voter of voters) requireAddress("proposal", "voters", voter);
}
