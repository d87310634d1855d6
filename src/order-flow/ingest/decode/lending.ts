import type { Address } from "viem";

import type { FlowLending } from "../../data-set/flow-data-set.js";
import type { LendingEvent } from "../../data-set/flow-event.js";
import type { Decoder } from "./decoder.js";

import * as aave from "../../../protocols/aave-v3/abi.js";
import * as compound from "../../../protocols/compound-v2/abi.js";
import * as morpho from "../../../protocols/morpho-blue/abi.js";
import { addressKey } from "../../../quantity/address.js";

import { account, eventOf, integer } from "./decoder.js";

/** An event of a lending market: what it is, and the arguments that say whose it is and how much. */
type Reading = readonly [kind: LendingEvent["kind"], from: string, amount: string];

const AAVE: Readonly<Record<string, Reading>> = {
  Supply: ["supply", "onBehalfOf", "amount"],
  Withdraw: ["withdraw", "user", "amount"],
  Borrow: ["borrow", "onBehalfOf", "amount"],
  Repay: ["repay", "user", "amount"],
};

const COMPOUND: Readonly<Record<string, Reading>> = {
  Mint: ["supply", "minter", "mintAmount"],
  Redeem: ["withdraw", "redeemer", "redeemAmount"],
  Borrow: ["borrow", "borrower", "borrowAmount"],
  RepayBorrow: ["repay", "borrower", "repayAmount"],
};

const MORPHO: Readonly<Record<string, Reading>> = {
  Supply: ["supply", "onBehalf", "assets"],
  SupplyCollateral: ["supply", "onBehalf", "assets"],
  Withdraw: ["withdraw", "onBehalf", "assets"],
  WithdrawCollateral: ["withdraw", "onBehalf", "assets"],
  Borrow: ["borrow", "onBehalf", "assets"],
  Repay: ["repay", "onBehalf", "assets"],
};

const AAVE_EVENTS = [...aave.poolEventsAbi, ...aave.liquidationCallAbi];
const COMPOUND_EVENTS = [...compound.cTokenEventsAbi, ...compound.liquidateBorrowAbi];
const MORPHO_EVENTS = [...morpho.marketEventsAbi, ...morpho.liquidateAbi];

/** Reads the log of Aave V3's pool. */
export const decodeAaveV3: Decoder<FlowLending> = (log) => {
  const event = eventOf(AAVE_EVENTS, log);
  if (event === undefined) return "other";
  const reading = AAVE[event.name];
  if (reading !== undefined) {
    const [kind, from, amount] = reading;
    return { kind, from: account(event, from), token: account(event, "reserve"), amount: integer(event, amount) };
  }
  return {
    kind: "liquidation",
    from: account(event, "liquidator"),
    borrower: account(event, "user"),
    debt: account(event, "debtAsset"),
    repaid: integer(event, "debtToCover"),
    collateral: account(event, "collateralAsset"),
    seized: integer(event, "liquidatedCollateralAmount"),
  };
};

/** Reads the log of a cToken of Compound V2. */
export const decodeCompoundV2: Decoder<FlowLending> = (log, { token }) => {
  const event = eventOf(COMPOUND_EVENTS, log);
  if (event === undefined || token === undefined) return "other";
  const reading = COMPOUND[event.name];
  if (reading !== undefined) {
    const [kind, from, amount] = reading;
    return { kind, from: account(event, from), token: addressKey(token), amount: integer(event, amount) };
  }
  return {
    kind: "liquidation",
    from: account(event, "liquidator"),
    borrower: account(event, "borrower"),
    debt: addressKey(token),
    repaid: integer(event, "repayAmount"),
    collateral: account(event, "cTokenCollateral"),
    seized: integer(event, "seizeTokens"),
  };
};

/** Reads the log of Morpho Blue, in which all markets are one contract. */
export const decodeMorphoBlue: Decoder<FlowLending> = (log, { id, token, collateral }) => {
  const event = eventOf(MORPHO_EVENTS, log);
  if (event === undefined || token === undefined || collateral === undefined) return "other";
  if (event.args.id !== id?.toLowerCase()) return "unknown";
  const reading = MORPHO[event.name];
  if (reading !== undefined) {
    const [kind, from, amount] = reading;
    const moved: Address = event.name.endsWith("Collateral") ? collateral : token;
    return { kind, from: account(event, from), token: addressKey(moved), amount: integer(event, amount) };
  }
  return {
    kind: "liquidation",
    from: account(event, "caller"),
    borrower: account(event, "borrower"),
    debt: addressKey(token),
    repaid: integer(event, "repaidAssets"),
    collateral: addressKey(collateral),
    seized: integer(event, "seizedAssets"),
  };
};
