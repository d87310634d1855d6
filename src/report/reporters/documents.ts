import type { DiffResult } from "../../engine/diff/diff-result.js";
import type { FlowFile } from "../../order-flow/data-set/flow-data-set.js";
import type { FlowCalibration, Toxicity } from "../../order-flow/index.js";
import type { ContagionResult } from "../../risk/contagion/contagion-result.js";
import type { GreeksResult } from "../../risk/greeks/greeks-result.js";
import type { SiegeMap } from "../../risk/map/map-result.js";
import type { ProposalResult } from "../../risk/proposal/proposal-result.js";
import type { RareRuinResult } from "../../risk/rare/rare-ruin.js";
import type { RuinResult } from "../../risk/ruin/ruin-result.js";
import type { SensitivityResult } from "../../risk/sensitivity/sensitivity-result.js";
import type { Policy } from "../../training/adversary/policy.js";
import type { TrainResult } from "../../training/adversary/train-result.js";
import type { BankruptResult } from "../../training/bankruptcy/bankrupt-result.js";
import type { TuneResult } from "../../training/tuning/tune-result.js";
import type { AssertionResult, FileReplay } from "../file-result.js";

/**
 * What the reporter `json`, `siege run --json` and `siege merge --json` write. In JSON, whole amounts are decimal strings, and an
 * error is its code, message and hint.
 */
export interface ResultsDocument {
  /** 2 since evidence and losses are numbers with units. Fields may be added without a new version. */
  readonly version: 2;
  /** One for each scenario file, assertion or reproduction, in the order in which they were played. */
  readonly results: readonly (AssertionResult | ReplayResult)[];
}

/** A reproduction that was replayed; what was recorded is in its file. */
export type ReplayResult = Omit<FileReplay, "reproduction">;

/** What `siege ruin --json` writes. */
export interface RuinDocument {
  readonly version: 1;
  /** The scenario file, as typed. */
  readonly file: string;
  readonly result: RuinResult;
}

/** What `siege rare --json` prints. */
export interface RareDocument {
  readonly version: 1;
  /** The scenario file, as typed. */
  readonly file: string;
  readonly rare: RareRuinResult;
}

/** What `siege map --json` prints. */
export interface MapDocument {
  readonly version: 1;
  /** The scenario file, as typed. */
  readonly file: string;
  readonly map: SiegeMap;
}

/** What `siege sensitivity --json` prints. */
export interface SensitivityDocument {
  readonly version: 1;
  /** The scenario file, as typed. */
  readonly file: string;
  readonly sensitivity: SensitivityResult;
}

/** What `siege proposal --json` prints. */
export interface ProposalDocument {
  readonly version: 1;
  /** The scenario file, as typed. */
  readonly file: string;
  readonly proposal: ProposalResult;
}

/** What `siege tune --json` prints. */
export interface TuningDocument {
  readonly version: 1;
  /** The scenario file, as typed. */
  readonly file: string;
  readonly tuning: TuneResult;
}

/** What `siege bankrupt --json` prints. */
export interface BankruptcyDocument {
  readonly version: 1;
  /** The scenario file, as typed. */
  readonly file: string;
  readonly bankruptcy: BankruptResult;
}

/** What `siege train --json` prints. */
export interface TrainingDocument {
  readonly version: 1;
  /** The scenario files, as typed. */
  readonly files: readonly string[];
  readonly training: TrainResult;
}

/** What `siege train` writes. */
export type PolicyDocument = Policy;

/** What `siege greeks --json` prints. */
export interface GreeksDocument {
  readonly version: 1;
  /** The scenario file, as typed. */
  readonly file: string;
  readonly greeks: GreeksResult;
}

/** What `siege contagion --json` prints. */
export interface ContagionDocument {
  readonly version: 1;
  /** The scenario file, as typed. */
  readonly file: string;
  readonly contagion: ContagionResult;
}

/** What `siege diff --json` prints. */
export interface DiffDocument {
  readonly version: 1;
  /** The scenario file of the first side, as typed. */
  readonly file: string;
  /** That of the second side. */
  readonly against: string;
  readonly diff: DiffResult;
}

/** What order flow is like. Plain data. */
export interface FlowReport {
  readonly calibration: FlowCalibration;
  /** Of each pool with enough trades. */
  readonly toxicity: readonly Toxicity[];
}

/** What `siege flow --json` prints. */
export interface FlowDocument {
  readonly version: 1;
  /** The data set, as typed. */
  readonly file: string;
  readonly flow: FlowReport;
}

/** What `siege ingest` writes. */
export type FlowDataSetDocument = FlowFile;
