import type { Opening, ShardFinding, ShardResult, ShardResults, StrandResult } from "../../src/engine/shards/result.js";

import fc from "fast-check";

import { emptyTally } from "../../src/engine/activity/run-tally.js";
import { SHARD_VERSION } from "../../src/engine/shards/job.js";
import { SHARD_FORMAT } from "../../src/engine/shards/result.js";
import { dealtTo, strandsOf } from "../../src/engine/shards/strands.js";

import { finding, results } from "./results.js";

/** What there is to be found: the causes that each strand of a campaign shows, in order. */
export interface Shown {
  readonly runs: number;
  readonly findings: number | "all";
  /** Those of saved reproductions. */
  readonly saved: readonly string[];
  readonly strands: readonly (readonly string[])[];
}

/** Campaigns of two to sixteen strands, of which few show anything. */
export const campaigns: fc.Arbitrary<Shown> = fc
  .record({
    runs: fc.integer({ min: 65, max: 1_000 }),
    findings: fc.constantFrom<number | "all">(1, 1, 2, 3, "all"),
    saved: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, causes(2)),
  })
  .chain(({ runs, findings, saved }) => {
    const count = strandsOf(runs).length;
    const strand = fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, causes(3));
    return fc
      .array(strand, { minLength: count, maxLength: count })
      .map((strands) => ({ runs, findings, saved, strands }));
  });

function causes(most: number): fc.Arbitrary<readonly string[]> {
  return fc.uniqueArray(fc.constantFrom("solvent", "noBadDebt/alice", "withdrawable/bob"), { maxLength: most });
}

/** What one shard of such a campaign would show; with lanes and a chain, test/campaigns/tasks/shards.test.ts. */
export function played({ runs, findings, saved, strands }: Shown, index: number, count: number): ShardResults {
  const wanted = findings === "all" ? Infinity : findings;
  const closed = new Set<string>();
  const opening: Opening = {
    replayed: { violating: saved.map((cause) => `${slug(cause)}.json`), surviving: [], skipped: [] },
    findings: saved.slice(0, wanted).map((cause) => {
      closed.add(cause);
      return findingOf(cause, 0);
    }),
    spent: { runs: saved.length, blocks: saved.length, calls: 0 },
  };
  const known = [...closed];
  const mine: StrandResult[] = [];
  for (const strand of dealtTo({ index, count }, runs)) {
    if (closed.size >= wanted) break;
    const all = (strands[strand.index] ?? []).filter((cause) => !known.includes(cause)).slice(0, wanted - known.length);
    const searched = known.length + all.length >= wanted ? all.length : strand.runs;
    mine.push({
      index: strand.index,
      complete: true,
      runs: searched,
      searched: { blocks: 3 * searched, calls: 5 * searched, trials: searched },
      spent: { runs: 2, blocks: 6, calls: 7 },
      discarded: strand.index % 2,
      explored: { executor: "batched", because: undefined },
      tally: tallyOf(strand.index),
      changed: all.length === 0,
      met: all.map((cause) => {
        if (closed.has(cause)) return { cause };
        closed.add(cause);
        return { cause, finding: findingOf(cause, strand.first + 1) };
      }),
    });
  }
  return withShards([{ index, opening, strands: mine, seconds: 1.5 + index, searchSeconds: index }], {
    runs,
    findings,
    count,
  });
}

function withShards(
  shards: readonly ShardResult[],
  { runs, findings, count }: { readonly runs: number; readonly findings: number | "all"; readonly count: number },
): ShardResults {
  const digest = `0x${"ab".repeat(32)}`;
  return {
    format: SHARD_FORMAT,
    version: SHARD_VERSION,
    campaign: {
      file: "siege/crash.scenario.ts",
      seed: 1,
      runs,
      findings,
      executor: "batched",
      shards: count,
      release: "0.1.0",
      scenario: "flash crash",
      target: { name: "Vault", address: "0x00000000000000000000000000000000000000aa" },
      forkBlock: 7,
      blocks: 3,
      bytecode: digest,
      definition: digest,
      corpus: digest,
    },
    background: {
      source: results.survived.source,
      isFork: false,
      funding: [],
      facts: {
        target: "Vault",
        agents: [{ agent: "attacker", offered: ["target.deposit"] }],
        skipped: [],
        unasked: 0,
        conditions: ["solvent"],
        targets: ["0x00000000000000000000000000000000000000aa"],
        read: [],
        owners: ["target"],
        names: [],
        cheatcodes: [],
      },
    },
    shards,
  };
}

function tallyOf(strand: number): StrandResult["tally"] {
  const tally = emptyTally();
  tally.calls.attacker = {
    "target.deposit": { tried: 9, unsent: 0, included: 8, succeeded: 7 + strand, reverts: { paused: 1 } },
  };
  tally.conditions.solvent = { judged: 12, failed: 0, nothing: 0, stuck: 0, why: {} };
  tally.exercised.push("0x00000000000000000000000000000000000000aa");
  return tally;
}

function findingOf(cause: string, run: number): ShardFinding {
  const { original, also, trace, genome, certificate, thresholds, steps, coupling, losses, interferences } = finding;
  const violation = { ...finding.violation, cause };
  const record = { trace, genome, certificate, thresholds, steps, coupling, losses, interferences };
  return {
    name: `vault-${slug(cause)}-${run}`,
    run,
    reproduction: {
      format: "hardhat-siege reproduction",
      version: 2,
      status: "minimal",
      scenario: "flash crash",
      target: { name: "Vault", address: "0x00000000000000000000000000000000000000aa" },
      forkBlock: 7,
      seed: 1,
      run,
      finding: { ...record, violation, found: violation },
      // the state of a chain is none of what is merged
      hermetic: {} as never,
    },
    original,
    also,
    spent: { runs: 40, blocks: 80, calls: 90 },
  };
}

function slug(cause: string): string {
  return cause.replace("/", "-");
}
