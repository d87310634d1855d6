import type { Token } from "../token.js";

import { oneOf, SiegeError } from "../../errors.js";
import { addressKey } from "../../quantity/address.js";

/**
 * A token of the pool by name: an asset, a symbol or an address, in this order of preference.
 *
 * @throws SiegeError `UNKNOWN_ASSET` if the pool does not have it
 */
export function tokenNamed(tokens: readonly [Token, Token], what: string): Token {
  const found =
    tokens.find(({ asset }) => asset === what) ??
    tokens.find(({ symbol, address }) => symbol === what || addressKey(address) === what.toLowerCase());
  if (found !== undefined) return found;
  throw new SiegeError("UNKNOWN_ASSET", {
    message: `The pool of ${tokens[0].symbol} and ${tokens[1].symbol} does not have "${what}".`,
    hint: oneOf(
      tokens.map(({ asset, symbol }) => asset ?? symbol),
      "Name one of the pool's tokens.",
    ),
  });
}
