import { fraction } from "../../quantity/share.js";

/** What an agent keeps of its native coin to pay for gas, wei: many calls, and one of the largest limit. */
const GAS_MONEY = 5n * 10n ** 17n;

/** The most of the rest that it sends along, parts per million. */
const MOST_SENT = 895_000;

/**
 * What an agent sends at most, wei, to two digits. Gas is paid for on the user's chain only, so whoever could send all along
 * would fail there for want of gas alone.
 *
 * @param balance - its native coin before it paid for gas, wei
 */
export function sendable(balance: bigint): bigint {
  if (balance <= GAS_MONEY) return 0n;
  const most = fraction(MOST_SENT, balance - GAS_MONEY);
  const unit = 10n ** BigInt(Math.max(0, String(most).length - 2));
  return most - (most % unit);
}
