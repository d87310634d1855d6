import type { Agent } from "./agent.js";

import { requireKnown } from "../options.js";

import { defineAgent } from "./agent.js";

/** Options of {@link flashLoanAttacker}. */
export interface FlashLoanAttackerOptions {
  readonly name?: string;
  /** Whole tokens by asset, 0 to 1e15 each: what fees are paid with. Default: none. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Only these actions, the loans among them: `aave.flashLoan`, `target.*`. Default: everything there is. */
  readonly only?: readonly string[];
  /** Not these actions, named in the same way. */
  readonly except?: readonly string[];
}

/**
 * Somebody who looks for a flaw with other people's money. Half of its sequences are one transaction each: a flash loan of
 * any share of what a lender has, up to eight calls with it, and the loan with its fee paid back, or nothing has happened.
 * Each call is resolved against the state that those before it leave, as the author of an attack contract would do it.
 * Its account has the code of contracts/Raider.sol, as that of an owner who delegated it (EIP-7702) would.
 *
 * The loans are those of the scenario's protocols: Aave V3 (0.05 %), Uniswap V2 (0.3 %), Uniswap V3 (the pool's fee),
 * Morpho Blue (nothing).
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example `flashLoanAttacker({ capital: { USDC: 1_000 } })`
 */
export function flashLoanAttacker(options: FlashLoanAttackerOptions = {}): Agent {
  requireKnown("flashLoanAttacker", options, ["name", "capital", "only", "except"]);
  const { only, except, ...rest } = options;
  return defineAgent({
    role: "flash-loan attacker",
    ...rest,
    flashLoans: true,
    moves: { kind: "any", ...(only === undefined ? {} : { only }), ...(except === undefined ? {} : { except }) },
  });
}
