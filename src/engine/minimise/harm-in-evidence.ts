import type { Evidence, Quantity } from "../../conditions/evidence.js";

/** Quantities of evidence that say how much harm was done, as conditions name them. */
const HARM = new Set(["bad debt", "shortfall", "loss", "profit", "fall", "deviation"]);

/** What depositors should get, and what they get: the difference is the harm. */
const OWED = "value of shares";
const PAID = "payout";

/** How much harm evidence shows: its first quantity that measures any, or what depositors miss; `undefined` if none does. */
export function harmIn(evidence: Evidence): number | undefined {
  const found = measureIn(evidence);
  if (found?.value !== undefined) return Number(found.value);
  const total = (of: string): number | undefined => {
    const values = evidence.quantities.flatMap(({ kind, value }) =>
      kind === of && value !== undefined ? [Number(value)] : [],
    );
    return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
  };
  const owed = total(OWED);
  return owed === undefined ? undefined : owed - (total(PAID) ?? 0);
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
