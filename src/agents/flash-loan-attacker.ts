import type { Address } from "viem";

import type { Agent } from "./agent.js";

import { requireKnown } from "../options.js";

import { defineAgent } from "./agent.js";

/** Options of {@link flashLoanAttacker}. */
export interface FlashLoanAttackerOptions {
  readonly name?: string;
  /** An existing account that it is, see {@link Agent.at}. Default: an account of its own. */
  readonly at?: Address;
  /** Whole tokens by asset, 0 to 1e15 each: pays the fees of the loans. Default: none. */
  readonly capital?: Readonly<Record<string, number>>;
  /** Native coin, whole units, 0 to 1e12. Default 100. */
  readonly native?: number;
  /** Only these actions, flash loans included: `aave.flashLoan`, `target.*`. Default: every action. */
  readonly only?: readonly string[];
  /** All but these actions, named in the same way. */
  readonly except?: readonly string[];
  /** Whether it makes moves while a contract calls it back, see {@link Agent.callbacks}. Default true. */
  readonly callbacks?: boolean;
}

/**
 * An attacker with borrowed capital. Half of its sequences are a single transaction: a flash loan of any share of a lender's
 * liquidity, up to eight calls with it, and the repayment with its fee; if it cannot be repaid, the whole transaction reverts.
 * Each call is built against the state left by the ones before it, as the author of an attack contract would do. Its account
 * has the code of contracts/Raider.sol, as an EOA that delegated to it (EIP-7702) would.
 *
 * The loans are those of the scenario's protocols: Aave V3 (0.05 %), Uniswap V2 (0.3 %), Uniswap V3 (the pool's fee), Morpho
 * Blue (no fee).
 *
 * @throws SiegeError `INVALID_OPTION`
 * @example `flashLoanAttacker({ capital: { USDC: 1_000 } })`
 */
export function flashLoanAttacker(options: FlashLoanAttackerOptions = {}): Agent {
  requireKnown("flashLoanAttacker", options, ["name", "at", "capital", "native", "only", "except", "callbacks"]);
  const { only, except, ...rest } = options;
  return defineAgent({
    role: "flash-loan attacker",
    ...rest,
    flashLoans: true,
    moves: { kind: "any", ...(only === undefined ? {} : { only }), ...(except === undefined ? {} : { except }) },
  });
}
