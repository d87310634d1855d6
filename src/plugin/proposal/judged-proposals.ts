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
import { Chain } from "../../engine/chain/chain.js";
import { playDiff } from "../../engine/diff/play-diff.js";
import { playSide } from "../../engine/diff/play-side.js";
import { SiegeError } from "../../errors.js";
import { requireKnown, shown } from "../../options.js";
import { selectorOf } from "../../protocols/call.js";
import { functionOf } from "../../risk/proposal/decode-call.js";
import { judgeProposals } from "../../risk/proposal/judge-proposals.js";
import { MOST_PROPOSALS, PROPOSAL_OPTIONS } from "../../risk/proposal/proposal-options.js";
import { readProposal } from "../../risk/proposal/read-proposal.js";
import { estimateRuin } from "../../risk/ruin/estimate-ruin.js";
import { resolveDiffOptions, resolveOptions, resolveRuinOptions } from "../config.js";
import { ProjectArtifacts } from "../target/project-artifacts.js";
import { knownFunctions } from "../target/recovered-abi.js";

import { afterProposals, executableProposal } from "./executable-proposal.js";

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
  const { executor, signatures = [], parameters, seed = config.seed, timeLimit, signal } = options;
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
  const known = new Map(await knownFunctions(new ProjectArtifacts(artifacts)));
  for (const signature of signatures) known.set(selectorOf(functionOf(signature)), functionOf(signature));
  const before = parameters === undefined ? scenario : scenario.at(parameters);
  const read = proposals.map((one, index) => readProposal(one, known, `proposal ${index + 1}`));
  const executables = await on(before, async ({ provider }) => {
    const request = provider.request.bind(provider) as Parameters<typeof executableProposal>[2]["request"];
    const chainId = Number(await request({ method: "eth_chainId", params: [] }));
    const chain = new Chain(provider);
    const made: Executable[] = [];
    for (const one of read) made.push(await executableProposal(one, executor, { chain, chainId, request }));
    return made;
  });
  const after = (order: readonly number[]): Scenario =>
    afterProposals(
      before,
      order.flatMap(
        (index) => executables[index]?.settings(executables.length === 1 ? "proposal" : `proposal ${index + 1}`) ?? [],
      ),
    );
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
    proposals: executables.map(({ name, executor: as, actions }) => ({ name, executor: as, actions })),
    orders,
    verdict,
    seed,
    ...(cut === undefined ? {} : { cut }),
    seconds: (clock() - startedAt) / 1000,
  };
}
