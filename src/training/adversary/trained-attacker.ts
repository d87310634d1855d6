import type { Proposer, ProposerBrief, ProposerPlayed } from "../../agents/proposer.js";
import type { AttackShape } from "./attack-shape.js";
import type { Policy, PolicyTables } from "./policy.js";

import { defineProposer } from "../../agents/proposer.js";
import { SiegeError } from "../../errors.js";
import { createRandom, mixSeeds } from "../../market/random.js";
import { requireKnown, shown } from "../../options.js";

import { drawAttack } from "./draw-attack.js";
import { readPolicy } from "./policy-file.js";
import { LONGEST, parsePolicy } from "./policy.js";

/** Keeps what a policy draws apart from what else follows from a run's seed. */
const ATTACKS = 0x74726e64;

/** Attacks of a run: one that fails leaves room for another. */
const PER_RUN = 2;

/** Options of {@link trainedAttacker}. */
export interface TrainedAttackerOptions {
  /** The path of a file that `siege train` wrote, relative to the working directory, or its parsed content. */
  readonly policy: string | Policy;
}

/**
 * An adversary that has learnt from other targets, for the `proposers` of a campaign. It knows calls by what they do for their
 * caller, not by their names, and begins once the first runs of a campaign have shown that.
 *
 * @throws SiegeError `POLICY_NOT_FOUND`, `POLICY_INVALID`, `POLICY_VERSION`, `INVALID_OPTION`
 * @example
 * ```ts
 * await siege.run(vault, scenario, { proposers: [trainedAttacker({ policy: "siege/policy.json" })] });
 * ```
 */
export function trainedAttacker(options: TrainedAttackerOptions): Proposer {
  requireKnown("trainedAttacker", options, ["policy"]);
  const given: unknown = options.policy;
  if (typeof given !== "string" && (typeof given !== "object" || given === null)) {
    throw new SiegeError("INVALID_OPTION", {
      message: `trainedAttacker: "policy" is ${shown(given)}.`,
      hint: 'Give the path of a policy, or its content: trainedAttacker({ policy: "siege/policy.json" }).',
    });
  }
  const { tables } = typeof given === "string" ? readPolicy(given) : parsePolicy(given, "The given policy");
  return attackerOf(tables);
}

/** What training looks at. */
export interface Watched {
  /** The features of the attacks that were proposed for a run. */
  readonly shapes: Map<number, readonly AttackShape[]>;
  readonly played: ProposerPlayed[];
}

/** A proposer with these tables. @param watched - filled with what is proposed, and what became of it */
export function attackerOf(
  tables: PolicyTables,
  { longest = LONGEST, watched }: { readonly longest?: number; readonly watched?: Watched } = {},
): Proposer {
  return defineProposer({
    name: "trained attacker",
    propose: (brief: ProposerBrief) => {
      watched?.played.push(...brief.played);
      return brief.runs.map((run) => {
        const random = createRandom(mixSeeds(run.seed, ATTACKS));
        const attacks = Array.from({ length: PER_RUN }, () => drawAttack(tables, brief, run, longest, random)).filter(
          (attack) => attack !== undefined,
        );
        watched?.shapes.set(
          run.run,
          attacks.map(({ shape }) => shape),
        );
        const steps = attacks.flatMap((attack) => attack.steps);
        return steps.length === 0 ? null : { steps };
      });
    },
  });
}
