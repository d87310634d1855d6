import type { Token } from "../protocols/token.js";
import type { Purse } from "./condition.js";

import { agentAddress } from "../view/accounts.js";

/** Whole units: more than any position, and less than what tokens with packed balances can hold. */
const FILL = 10n ** 9n;

/** Money in a token, of an account that only the simulated calls of conditions use. */
export function purseOf(token: Token): Purse {
  // agents' names have no colons
  return { account: agentAddress("condition: purse"), token, amount: FILL * 10n ** BigInt(token.decimals) };
}
