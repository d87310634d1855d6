import type { Address, Hex } from "viem";

import type { ProtocolFactory } from "../protocol.js";
import type { FlashLender } from "../roles/flash-lender.js";
import type { LendingMarket } from "../roles/lending-market.js";
import type { Token } from "../token.js";
import type { MorphoBlueFacts, MorphoBlueMarketParams } from "./inspect.js";
import type { MorphoBlueAccount, MorphoBlueView } from "./view.js";

import { isHex } from "viem";

import { SiegeError } from "../../errors.js";
import { requireAddress, requireKnown } from "../../options.js";
import { addressKey, distinctAddresses } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";
import { call } from "../call.js";
import { owedOnChain } from "../lending-on-chain.js";
import { feedAbi } from "../price-feed-abi.js";
import { defineProtocol } from "../protocol.js";
import { read } from "../read-plan.js";
import { flashLenders } from "../roles/flash-lender.js";
import { lendingMarket } from "../roles/lending-market.js";
import { plays } from "../roles/role.js";

import { flashLoanAbi } from "./abi.js";
import { morphoBlueActions } from "./actions.js";
import { readMarketParams } from "./inspect.js";
import { morphoBlueLiquidated } from "./liquidated.js";
import { morphoBlueMarket } from "./market.js";
import { morphoBlueOnChain } from "./on-chain.js";
import { morphoBluePlan } from "./view.js";

/** Options of {@link morphoBlue}. */
export interface MorphoBlueOptions {
  /** The market: its id (32 bytes), or its five parameters. */
  readonly market: Hex | MorphoBlueMarketParams;
  /** A Chainlink US dollar feed for the loan token. Default: the loan token counts as one dollar. */
  readonly loanFeed?: Address;
  /** Accounts to observe besides the scenario's own, by address. */
  readonly watch?: readonly Address[];
}

/**
 * One market of Morpho Blue (https://github.com/morpho-org/morpho-blue), by the address of the singleton.
 *
 * Free moves: `supply`, `withdraw`, `supplyCollateral`, `withdrawCollateral`, `borrow`, `repay`, and `liquidate` of any
 * observed account. Its flash loans are free of charge, and lend the combined holdings of all markets.
 *
 * Its shortfall is the debt of observed accounts beyond their collateral. Debt written off by a liquidation is not
 * part of it: the suppliers have already lost that, and it shows in the value of their shares.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_PROTOCOL` if the address is not Morpho
 * Blue, or has no such market
 * @example `morphoBlue("0xBBBBBbbBBb9cC5e90e3b3Af64bdAF62C37EEFFCb", { market: id, watch: [borrower] })`
 */
export const morphoBlue: ProtocolFactory<MorphoBlueOptions, MorphoBlueView> = defineProtocol<
  MorphoBlueOptions,
  MorphoBlueFacts,
  MorphoBlueView
>({
  kind: "morphoBlue",
  validate: (options) => {
    requireKnown("morphoBlue", options, ["market", "loanFeed", "watch"]);
    requireMarket(options.market);
    if (options.loanFeed !== undefined) requireAddress("morphoBlue", "loanFeed", options.loanFeed);
    for (const account of options.watch ?? []) requireAddress("morphoBlue", "watch", account);
  },
  inspect: async (context, morpho, { market, loanFeed, watch = [] }) => {
    const { id, params } = await readMarketParams(context, morpho, market);
    return {
      morpho,
      id,
      params,
      loan: await context.token(params.loanToken),
      collateral: await context.token(params.collateralToken),
      loanFeed:
        loanFeed === undefined
          ? undefined
          : {
              address: loanFeed,
              decimals: await context.read(read({ address: loanFeed, abi: feedAbi, functionName: "decimals" })),
            },
      watch,
    };
  },
  tokens: ({ loan, collateral }) => [loan, collateral],
  contracts: ({ params }) => ({ oracle: params.oracle }),
  approvals: ({ morpho, loan, collateral }) =>
    [loan, collateral].map((token) => ({ token: token.address, spender: morpho })),
  observe: (facts, { accounts }) => morphoBluePlan(facts, distinctAddresses([...accounts.values(), ...facts.watch])),
  actions: morphoBlueActions,
  value: (facts) => (view, account, price) => {
    const position = view.accounts.get(addressKey(account));
    return position === undefined ? 0 : lent(facts, position, price) + net(facts, position, price);
  },
  onChainValue: () => (view, account, price) =>
    (owedOnChain(morphoBlueMarket(view), account, price) ?? []).map((term) => ({ ...term, times: -term.times })),
  onChainShortfall: () => (view, price) => {
    // what is lent is no collateral
    const onChain = (account: Address): ReturnType<NonNullable<LendingMarket["onChain"]>> => {
      const { pledged, borrowed } = morphoBlueOnChain(view, account);
      return { supplied: [pledged], owed: [borrowed] };
    };
    return [...view.accounts.values()].map(({ address }) => ({
      of: address,
      terms: owedOnChain({ onChain }, address, price) ?? [],
    }));
  },
  shortfall: (facts) => (view, price) =>
    [...view.accounts.values()].reduce((total, position) => total + Math.max(0, -net(facts, position, price)), 0),
  liquidated: morphoBlueLiquidated,
  roles: [plays(lendingMarket, morphoBlueMarket), plays(flashLenders, lendersOf)],
});

type Price = (asset: string) => number;

/** An account's supply to be lent, US dollars. */
function lent({ loan }: MorphoBlueFacts, { supplied }: MorphoBlueAccount, price: Price): number {
  return worth(loan, supplied, price);
}

/** An account's collateral minus its debt, US dollars. */
function net({ loan, collateral }: MorphoBlueFacts, position: MorphoBlueAccount, price: Price): number {
  return worth(collateral, position.collateral, price) - worth(loan, position.owed, price);
}

function worth({ asset, decimals }: Token, amount: bigint, price: Price): number {
  return asset === undefined ? 0 : wholeUnits(amount, decimals) * price(asset);
}

function lendersOf({ morpho, loan, collateral, held }: MorphoBlueView): readonly FlashLender[] {
  return [
    { token: loan, available: held.loan },
    { token: collateral, available: held.collateral },
  ].map((lending) => ({
    lender: morpho,
    ...lending,
    fee: () => 0n,
    borrow: ({ amount, data }) =>
      call({
        address: morpho,
        abi: flashLoanAbi,
        functionName: "flashLoan",
        args: [lending.token.address, amount, data],
      }),
    repayment: "approve",
  }));
}

function requireMarket(market: unknown): void {
  if (typeof market === "string" && isHex(market) && market.length === 66) return;
  if (typeof market === "object" && market !== null) {
    const { loanToken, collateralToken, oracle, irm, lltv } = market as Readonly<Record<string, unknown>>;
    requireAddress("morphoBlue", "market.loanToken", loanToken);
    requireAddress("morphoBlue", "market.collateralToken", collateralToken);
    requireAddress("morphoBlue", "market.oracle", oracle);
    requireAddress("morphoBlue", "market.irm", irm);
    if (typeof lltv === "bigint" && lltv >= 0n && lltv < 10n ** 18n) return;
  }
  throw new SiegeError("INVALID_OPTION", {
    message: `morphoBlue: "market" is not a market of Morpho Blue.`,
    hint: "Give its id, 0x and 64 hexadecimal digits, or { loanToken, collateralToken, oracle, irm, lltv }, lltv a bigint with 18 decimals below 1.",
  });
}
