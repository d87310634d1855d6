import { fraction } from "../../quantity/share.js";

/** What an agent keeps of its native coin to pay for gas, wei: many calls, and one of the largest limit. */
const GAS_MONEY = 5n * 10n ** 17n;

/** Whoever has less than this, wei, keeps a part instead, parts per million: a tenth of an ether is to be worth something, too. */
const POOR = 10n ** 18n;
const KEPT_BY_POOR = 500_000;

/** The most of the rest that it sends along, parts per million. */
const MOST_SENT = 895_000;

/**
 * What an agent sends at most, wei, to two digits. Gas is paid for on the user's chain only, so whoever could send all along
 * would fail there for want of gas alone.
 *
 * @param balance - its native coin before it paid for gas, wei
 */
export function sendable(balance: bigint): bigint {
  const kept = balance < POOR ? fraction(KEPT_BY_POOR, balance) : GAS_MONEY;
  const most = fraction(MOST_SENT, balance - kept);
  const unit = 10n ** BigInt(Math.max(0, String(most).length - 2));
  return most - (most % unit);
}
