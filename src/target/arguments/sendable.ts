import type { Address } from "viem";

import type { KnownValues } from "../../protocols/known-values.js";

import { fraction } from "../../quantity/share.js";

/**
 * What an agent keeps of its native coin to pay for gas, wei: many calls, and one of the largest limit at 300 gwei, which is
 * taken from it before the call begins.
 */
const GAS_MONEY = 5n * 10n ** 18n;

/** The most that it sends along at once, parts per million. */
const MOST_SENT = 895_000;

/**
 * What an agent keeps of its native coin to pay for gas, wei, however often it sends some along: gas is paid for on the user's
 * chain only, so whoever came to its last coin would fail there for want of gas alone.
 *
 * @param first - its native coin at the start, wei; a tenth of an ether is to be worth something, too
 */
export function gasMoney(first: bigint): bigint {
  const half = first / 2n;
  return half < GAS_MONEY ? half : GAS_MONEY;
}

/** What an agent sends at most, wei, to two digits. */
export function sendable(
  { native, gasMoney: keeps }: Pick<KnownValues, "native" | "gasMoney">,
  account: Address,
): bigint {
  const balance = native(account);
  const kept = keeps(account);
  if (balance <= kept) return 0n;
  const share = fraction(MOST_SENT, balance);
  const most = share < balance - kept ? share : balance - kept;
  const unit = 10n ** BigInt(Math.max(0, String(most).length - 2));
  return most - (most % unit);
}
