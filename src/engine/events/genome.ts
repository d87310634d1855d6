import type { OracleFault, OracleFaultKind } from "../../oracles/faults.js";
import type { BuilderAct } from "../run/plan.js";

/** A sampled price move. */
export interface MarketGene {
  readonly block: number;
  readonly asset: string;
  /** Parts per million. */
  readonly change: number;
}

/** A fault of an oracle. */
export interface OracleGene extends Omit<OracleFault, "fault"> {
  readonly block: number;
  /** Default `silent`: genomes of scenarios with no other fault do not name it. */
  readonly fault?: OracleFaultKind;
}

/** A free move: an action of the catalogue, its operands resolved against the state of the moment. */
export interface MoveGene {
  readonly block: number;
  readonly agent: string;
  /** Name in the catalogue: `pool.swap`, `target.borrow`. */
  readonly action: string;
  /** Parts per million, 0 to 1,000,000 each. */
  readonly operands: readonly number[];
  /** Where it wants to stand in its block: before or after everybody else's transactions. */
  readonly position: "front" | "back";
  /** In the block that replaces one of this height after a reorganisation. */
  readonly again?: true;
}

/** The others' demand for block space changes. */
export interface GasGene {
  readonly block: number;
  /** Parts per million. */
  readonly change: number;
}

/** What an adversarial builder does. */
export interface BuilderGene extends BuilderAct {
  readonly block: number;
  /** In the block that replaces one of this height after a reorganisation. */
  readonly again?: true;
}

/** The plain JSON that, with a scenario and a world, fixes one run completely. */
export interface Genome {
  /** Seed of the policies' randomness. */
  readonly seed: number;
  /** The last block of the run. */
  readonly blocks: number;
  /** Agents that do nothing in this run; the search leaves it empty, the minimiser fills it. */
  readonly muted: readonly string[];
  readonly market: readonly MarketGene[];
  readonly oracles: readonly OracleGene[];
  readonly moves: readonly MoveGene[];
  /** Left out where the scenario has no demand for block space. */
  readonly gas?: readonly GasGene[];
  /** Left out where builders are honest. */
  readonly builder?: readonly BuilderGene[];
}
