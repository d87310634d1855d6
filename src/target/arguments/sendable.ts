import { fraction } from "../../quantity/share.js";

/**
 * The most of its native coin that an agent sends along, parts per million: it has to pay for gas, too. Of round balances, this
 * has the same first two digits before and after some gas.
 */
const MOST_SENT = 895_000;

/** What an agent sends at most, wei, to two digits: gas is paid for on the user's chain only, and moves must not depend on it. */
export function sendable(balance: bigint): bigint {
  const most = fraction(MOST_SENT, balance);
  const unit = 10n ** BigInt(Math.max(0, String(most).length - 2));
  return most - (most % unit);
}
