import type { Address, Hex } from "viem";

import type { InspectContext } from "../contexts.js";
import type { Token } from "../token.js";

import { encodeAbiParameters, keccak256, parseAbiParameters, zeroAddress } from "viem";

import { SiegeError } from "../../errors.js";
import { attempt, read } from "../read-plan.js";

import { morphoBlueAbi } from "./abi.js";

/** The parameters of a Morpho Blue market; their hash is the market's id. */
export interface MorphoBlueMarketParams {
  readonly loanToken: Address;
  readonly collateralToken: Address;
  /** Prices the collateral in the loan token. */
  readonly oracle: Address;
  /** The interest rate model; the zero address: no interest. */
  readonly irm: Address;
  /** Liquidation loan-to-value (LLTV), 18 decimals. */
  readonly lltv: bigint;
}

/** The facts of a market, read once. */
export interface MorphoBlueFacts {
  readonly morpho: Address;
  readonly id: Hex;
  readonly params: MorphoBlueMarketParams;
  readonly loan: Token;
  readonly collateral: Token;
  /** The feed of the loan token's price, with its decimals. `undefined`: the loan token counts as a dollar. */
  readonly loanFeed: { readonly address: Address; readonly decimals: number } | undefined;
  /** Accounts to observe besides the scenario's own. */
  readonly watch: readonly Address[];
}

/** The id of a market (MarketParamsLib.sol). */
export function morphoBlueId({ loanToken, collateralToken, oracle, irm, lltv }: MorphoBlueMarketParams): Hex {
  const types = parseAbiParameters("address, address, address, address, uint256");
  return keccak256(encodeAbiParameters(types, [loanToken, collateralToken, oracle, irm, lltv]));
}

/** The market with an id, or with parameters, as Morpho knows it. @throws SiegeError `UNSUPPORTED_PROTOCOL` */
export async function readMarketParams(
  { read: readPlan }: InspectContext,
  morpho: Address,
  market: MorphoBlueMarketParams | Hex,
): Promise<{ readonly id: Hex; readonly params: MorphoBlueMarketParams }> {
  const id = typeof market === "string" ? market : morphoBlueId(market);
  const known = await readPlan(
    attempt(read({ address: morpho, abi: morphoBlueAbi, functionName: "idToMarketParams", args: [id] })),
  );
  if (known === undefined) {
    throw new SiegeError("UNSUPPORTED_PROTOCOL", {
      message: `${morpho} is not Morpho Blue: idToMarketParams() returns no value.`,
      hint: "Give the address of the singleton, and the market as an option: morphoBlue(morpho, { market }).",
    });
  }
  const [loanToken, collateralToken, oracle, irm, lltv] = known;
  if (loanToken === zeroAddress) {
    throw new SiegeError("UNSUPPORTED_PROTOCOL", {
      message: `Morpho Blue has no market ${id} at the fork block.`,
      hint: "Check the id; if you pass parameters, all five must be those of the market.",
    });
  }
  return { id, params: { loanToken, collateralToken, oracle, irm, lltv } };
}
