import type { Entry } from "../file-result.js";
import type {
  BankruptcyDocument,
  ContagionDocument,
  DiffDocument,
  FlowDocument,
  GreeksDocument,
  MapDocument,
  ProposalDocument,
  RareDocument,
  ResultsDocument,
  RuinDocument,
  SensitivityDocument,
  TrainingDocument,
  TuningDocument,
} from "./documents.js";

import { SiegeError } from "../../errors.js";

/**
 * All results as one JSON document: whole amounts, which may exceed a JSON number, as decimal strings, with their
 * units beside them; an error as its code, message and hint. Its schema is `hardhat-siege/schema/results.json`.
 */
export function json(entries: readonly Entry[]): string {
  return `${toText({ version: 2, results: entries.map(told) })}\n`;
}

/** One document in the same way. */
export function toText(
  document:
    | BankruptcyDocument
    | ContagionDocument
    | DiffDocument
    | FlowDocument
    | GreeksDocument
    | RareDocument
    | MapDocument
    | ProposalDocument
    | ResultsDocument
    | RuinDocument
    | SensitivityDocument
    | TrainingDocument
    | TuningDocument,
): string {
  return JSON.stringify(document, replaceValue, 2);
}

/** Of a replay, the outcome: the file of the reproduction is there already, with all its state. */
function told(entry: Entry): ResultsDocument["results"][number] {
  return "replay" in entry ? { file: entry.file, replay: entry.replay } : entry;
}

function replaceValue(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (SiegeError.isSiegeError(value)) return { code: value.code, message: value.summary, hint: value.hint };
  if (value instanceof Error) return { message: value.message };
  return value;
}
