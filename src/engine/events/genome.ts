import type { AcceptedOperands } from "../run/free-move.js";
import type { GasGene } from "./block-space-demand.js";
import type { BuilderGene } from "./builder-act.js";
import type { MoveGene } from "./call.js";
import type { IntervalGene } from "./interval.js";
import type { EventKind } from "./kind.js";
import type { OracleGene } from "./oracle-fault.js";
import type { OwnGene } from "./own-event.js";
import type { PauseGene } from "./pause.js";
import type { EventGene } from "./place.js";
import type { MarketGene } from "./price-move.js";

export type { BuilderGene, GasGene, IntervalGene, MarketGene, MoveGene, OracleGene, OwnGene, PauseGene };

/** The plain JSON that, with a scenario and a world, fixes one run completely. */
export interface Genome {
  /** Seed of the policies' randomness. */
  readonly seed: number;
  /** The last block of the run. */
  readonly blocks: number;
  /** Agents that take no part in this run; the search leaves it empty, the minimiser fills it. */
  readonly muted: readonly string[];
  /**
   * Actions, those that had succeeded least often before this run first: what stands in for a refused move. Absent if nothing
   * had been counted.
   */
  readonly ranks?: readonly string[];
  /** Actions that were seen to call agents back before this run. Absent if there were none. */
  readonly callers?: readonly string[];
  /** Actions that only gave away what agents had. Absent if there were none. */
  readonly gifts?: readonly string[];
  /** Operands of calls that had succeeded before this run, by the name of the action. Absent if there were none. */
  readonly accepted?: AcceptedOperands;
  /** Set if refused moves are made as they were drawn: a contract was seen to tell a call that is tried from a transaction. */
  readonly asDrawn?: true;
  readonly market: readonly MarketGene[];
  readonly oracles: readonly OracleGene[];
  readonly moves: readonly MoveGene[];
  /** Absent if the scenario models no demand for block space. */
  readonly gas?: readonly GasGene[];
  /** Absent if builders are honest. */
  readonly builder?: readonly BuilderGene[];
  /** Absent if no time passes. */
  readonly pauses?: readonly PauseGene[];
  /** Absent if every block comes after the same time. */
  readonly intervals?: readonly IntervalGene[];
  /** Events of the scenario's own kinds, by kind; absent if there are none. */
  readonly events?: Readonly<Record<string, readonly OwnGene[]>>;
}

/** A gene with its kind. */
export interface KindGene {
  readonly kind: EventKind;
  readonly gene: EventGene;
}

/** The genes of a kind. */
export function genesOf(genome: Genome, { kind, genes: { field } }: EventKind): readonly EventGene[] {
  if (field === undefined) return genome.events?.[kind] ?? [];
  // the fields of a genome are those that its kinds name
  return (genome as unknown as Readonly<Record<string, readonly EventGene[] | undefined>>)[field] ?? [];
}

/** The blocks of a genome in which something changes that agents react to. */
export function momentsIn(genome: Genome, kinds: readonly EventKind[]): readonly number[] {
  return kinds.flatMap((kind) =>
    genesOf(genome, kind).flatMap((gene) => (kind.genes.isMoment?.(gene) === true ? [gene.block] : [])),
  );
}

/** The fields of a genome with these genes. Kinds without genes are left out. */
function fieldsOf(genes: readonly (readonly [EventKind, readonly EventGene[]])[]): Partial<Genome> {
  const fields: Record<string, readonly EventGene[]> = {};
  const events: Record<string, readonly EventGene[]> = {};
  for (const [{ kind, genes: place }, list] of genes) {
    if (list.length === 0 && place.always !== true) continue;
    if (place.field === undefined) events[kind] = list;
    else fields[place.field] = list;
  }
  return { ...fields, ...(Object.keys(events).length === 0 ? {} : { events }) } as Partial<Genome>;
}

/** The genome with all of its genes replaced. */
export function withGenes(
  { seed, blocks, muted, ranks, callers, gifts, accepted, asDrawn }: Omit<Genome, "market" | "oracles" | "moves">,
  genes: readonly (readonly [EventKind, readonly EventGene[]])[],
): Genome {
  const kept = {
    seed,
    blocks,
    muted,
    ...(ranks === undefined ? {} : { ranks }),
    ...(callers === undefined ? {} : { callers }),
    ...(gifts === undefined ? {} : { gifts }),
    ...(accepted === undefined ? {} : { accepted }),
    ...(asDrawn === undefined ? {} : { asDrawn }),
  };
  return { ...kept, market: [], oracles: [], moves: [], ...fieldsOf(genes) };
}
