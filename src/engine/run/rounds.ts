import type { OracleFaultKind } from "../../oracles/faults.js";
import type { Inclusion, PlacedCall } from "../world/executor/executor.js";
import type { World } from "../world/world.js";

/** Tolerance for the rounding of a price to a feed's decimals, relative and in dollars. */
const ROUNDING = 1e-6;

/**
 * What became of a round that a feed wanted to publish:
 *
 * - `published`: the feed shows its price;
 * - `changed`: there is a new round, but the feed shows another price, because it clamps prices, say;
 * - `refused`: there is no new round: the contract reverted, and shows what it showed before.
 */
export type RoundOutcome = "published" | "changed" | "refused";

/** A round of a feed, for reports. It follows from the schedule of the feed, so it is no step. */
export interface Round {
  /** The feed's name. */
  readonly feed: string;
  readonly outcome: RoundOutcome;
  /** The price that was to be published, US dollars. */
  readonly offered: number;
  /** The price that the feed showed before the block, US dollars. */
  readonly before: number;
  /** The price that the feed shows after the block, US dollars. */
  readonly shown: number;
  /** The fair price, US dollars. */
  readonly fair: number;
  /** The fault that decides on it; absent for an ordinary round. */
  readonly fault?: OracleFaultKind;
}

/** What is known of a round after its block. */
interface Settled extends Pick<Round, "offered" | "before" | "shown"> {
  /** Whether the feed has a new round; `undefined` if it does not count them. */
  readonly advanced: boolean | undefined;
  /** Whether the calls that publish it succeeded. */
  readonly accepted: boolean;
}

/** How a round ended. */
export function roundOutcome({ offered, shown, advanced, accepted }: Settled): RoundOutcome {
  if (!(advanced ?? accepted)) return "refused";
  return isClose(shown, offered) ? "published" : "changed";
}

/** Whether a price is another, up to the rounding of a feed's decimals. */
export function isClose(price: number, other: number): boolean {
  return Math.abs(price - other) <= Math.abs(other) * ROUNDING + ROUNDING;
}

/**
 * The senders of a block's rounds of which a call reverted or was not included.
 *
 * @param calls - of the block, with the outcome of each
 * @param isRound - whether a call, by index, is a feed's
 */
export async function refusedIn(
  { executor }: Pick<World, "executor">,
  { calls, inclusions, isRound }: RoundsOfBlock,
): Promise<ReadonlySet<string>> {
  const sent = calls.flatMap(({ sender }, index) => {
    const inclusion = inclusions[index];
    return isRound(index) && inclusion !== undefined ? [{ sender, inclusion }] : [];
  });
  const receipts = await executor.receipts(sent.map(({ inclusion }) => inclusion));
  return new Set(sent.flatMap(({ sender }, index) => (receipts[index]?.success === true ? [] : [sender])));
}

/** The calls of a block. */
interface RoundsOfBlock {
  readonly calls: readonly PlacedCall[];
  readonly inclusions: readonly Inclusion[];
  readonly isRound: (index: number) => boolean;
}
