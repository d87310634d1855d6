import type { ShardFinding, ShardResults, StrandResult } from "./result.js";

/** What a campaign has found, and how far it counts. */
export interface Chosen {
  /** In the order in which a single machine finds them, each of another cause. */
  readonly findings: readonly ShardFinding[];
  /** Of later runs, which a single machine does not come to, and each of another cause. */
  readonly further: readonly ShardFinding[];
  /** The strands that a single machine plays, as far as they are there, in order. */
  readonly counted: readonly StrandResult[];
  /** The last of them: after it, there are as many findings as were asked for. -1: before the first. Absent: there are not. */
  readonly last?: number;
}

/** A cause that was met. */
interface Met {
  readonly cause: string;
  readonly finding: ShardFinding | undefined;
  /** -1 for the opening. */
  readonly strand: number;
}

/**
 * Chooses the findings of a campaign: the lowest run wins. A strand is played the same way wherever it is, so the first strands
 * that together show as many causes as were asked for are those that a single machine plays; what other shards played after them
 * does not count, but what they found is kept.
 */
export function choose({ campaign, shards }: ShardResults): Chosen {
  const wanted = campaign.findings === "all" ? Infinity : campaign.findings;
  const strands = shards.flatMap((shard) => shard.strands).sort((a, b) => a.index - b.index);
  const met: readonly Met[] = [
    // the same in every shard that was not stopped in it
    ...shards.flatMap(({ opening }) =>
      opening.findings.map((finding) => ({ cause: causeOf(finding), finding, strand: -1 })),
    ),
    ...strands.flatMap(({ index, met: ofStrand }) =>
      ofStrand.map(({ cause, finding }) => ({ cause, finding, strand: index })),
    ),
  ];
  const distinct = [...new Set(met.map(({ cause }) => cause))].map((cause) => firstOf(cause, met));
  const finished = distinct.filter(({ finding }) => isFinished(finding));
  const chosen = finished.slice(0, wanted);
  // one that is half done is part of the verdict as long as there is room
  if (chosen.length < wanted) chosen.push(...distinct.filter((one) => !finished.includes(one)).slice(0, 1));
  const last = finished[wanted - 1];
  return {
    findings: chosen.flatMap(({ finding }) => finding ?? []),
    further: distinct.filter((one) => !chosen.includes(one)).flatMap(({ finding }) => finding ?? []),
    counted: last === undefined ? strands : strands.filter(({ index }) => index <= last.strand),
    ...(last === undefined ? {} : { last: last.strand }),
  };
}

/** The first that met a cause; if it was stopped before it could keep it, with what a later one has kept. */
function firstOf(cause: string, met: readonly Met[]): Met {
  const same = met.filter((one) => one.cause === cause);
  const [first] = same;
  const kept = same.find(({ finding }) => isFinished(finding)) ?? same.find(({ finding }) => finding !== undefined);
  if (first === undefined) throw new Error(`nothing has met ${cause}`);
  return isFinished(first.finding) || kept === undefined ? first : { ...first, finding: kept.finding };
}

/** Whether a finding is minimal and confirmed. */
export function isFinished(finding: ShardFinding | undefined): boolean {
  return finding !== undefined && finding.reproduction.hermetic !== null;
}

function causeOf({ reproduction }: ShardFinding): string {
  return reproduction.finding.violation.cause;
}
