import type { Evidence, Quantity } from "../../conditions/evidence.js";
import type { Amount } from "../../quantity/amount.js";

/** Quantities of evidence that say how much harm was done, as conditions name them. */
const HARM = new Set(["bad debt", "shortfall", "loss", "profit", "fall", "deviation"]);

/** What depositors should get, and what they get: the difference is the harm. */
const OWED = "value of shares";
const PAID = "payout";

/** Harm as evidence measures it. */
export interface MeasuredHarm {
  /** What is counted: `bad debt`. */
  readonly kind: string;
  /** Whose; absent where it is all there is. */
  readonly of?: string;
  /** Amounts of a token in base units. */
  readonly value: number;
  readonly unit: Amount["unit"];
}

/** How much harm evidence shows: its first quantity that measures any, or what depositors miss; `undefined` if none does. */
export function harmIn(evidence: Evidence): number | undefined {
  return measuredHarm(evidence)?.value;
}

/** The same with what is counted. */
export function measuredHarm(evidence: Evidence): MeasuredHarm | undefined {
  const found = measureIn(evidence);
  if (found?.value !== undefined) {
    const { kind, of, value, unit } = found;
    return { kind, ...(of === undefined ? {} : { of }), value: Number(value), unit };
  }
  const owed = evidence.quantities.find(({ kind, value }) => kind === OWED && value !== undefined);
  if (owed?.value === undefined) return undefined;
  const total = (of: string): number =>
    evidence.quantities.reduce((sum, { kind, value }) => (kind === of ? sum + Number(value ?? 0) : sum), 0);
  return { kind: "missing payout", value: total(OWED) - total(PAID), unit: owed.unit };
}

/**
 * The harm in a few words, for those who have read the whole sentence already: `bad debt $29,600.00`; of depositors the first:
 * `shares of alice worth 400 USDC, payout 300 USDC`.
 */
export function harmText(evidence: Evidence): string {
  const found = measureIn(evidence);
  if (found !== undefined) return `${found.label} ${found.text}`;
  const owed = evidence.quantities.find(({ kind }) => kind === OWED);
  if (owed === undefined) return evidence.summary;
  const paid = evidence.quantities.find(({ kind, of }) => kind === PAID && of === owed.of);
  return `shares of ${owed.of ?? "depositors"} worth ${owed.text}, ${paid === undefined ? "no payout" : `payout ${paid.text}`}`;
}

function measureIn({ quantities }: Evidence): Quantity | undefined {
  return quantities.find(({ kind, value }) => HARM.has(kind) && value !== undefined);
}
