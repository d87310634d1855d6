import type { Address } from "viem";

import type { ProtocolFactory } from "../protocol.js";
import type { PerpV2Facts } from "./inspect.js";
import type { PerpV2Account, PerpV2View } from "./view.js";

import { SiegeError } from "../../errors.js";
import { requireAddress, requireKnown } from "../../options.js";
import { addressKey, distinctAddresses } from "../../quantity/address.js";
import { wholeUnits } from "../../quantity/amount.js";
import { defineProtocol } from "../protocol.js";
import { marginMarket } from "../roles/margin-market.js";
import { plays } from "../roles/role.js";

import { perpV2Actions } from "./actions.js";
import { inspectPerpV2 } from "./inspect.js";
import { perpV2Market } from "./market.js";
import { perpV2Plan } from "./view.js";

/** Options of {@link perpV2}. */
export interface PerpV2Options {
  /** The market's virtual base token, for example vETH. */
  readonly baseToken: Address;
  /** The scenario's asset whose price the market follows. */
  readonly asset: string;
  /** Accounts to observe besides the scenario's own, by address. */
  readonly watch?: readonly Address[];
}

/**
 * A market of Perpetual Protocol V2 (Curie): leveraged positions on one asset, traded on a Uniswap V3 pool of virtual
 * tokens, valued at a mark price and backed by an insurance fund. Takes its `ClearingHouse`; name only one market of a
 * clearing house, because an account's value covers all its markets.
 *
 * Free moves: `deposit`, `withdraw`, `openPosition` (either side, any share of the buying power), `closePosition`,
 * `addLiquidity` and `removeLiquidity` (between half and double the price at the start), and, for attackers,
 * `liquidate` and `cancelOrders` of any observed account.
 *
 * @throws SiegeError `INVALID_OPTION`; when the scenario is bound, `UNSUPPORTED_PROTOCOL` if the address is not a clearing
 * house, or it has no such market
 * @example `perpV2(clearingHouse, { baseToken: vEth, asset: "ETH" })`
 */
export const perpV2: ProtocolFactory<PerpV2Options, PerpV2View> = defineProtocol<
  PerpV2Options,
  PerpV2Facts,
  PerpV2View
>({
  kind: "perpV2",
  validate: (options) => {
    requireKnown("perpV2", options, ["baseToken", "asset", "watch"]);
    requireAddress("perpV2", "baseToken", options.baseToken);
    for (const account of options.watch ?? []) requireAddress("perpV2", "watch", account);
    if (typeof options.asset === "string" && options.asset !== "") return;
    throw new SiegeError("INVALID_OPTION", {
      message: `perpV2: "asset" is ${options.asset}.`,
      hint: 'Name the scenario\'s asset whose price the market follows: asset: "ETH".',
    });
  },
  inspect: (context, address, { baseToken, asset, watch = [] }) =>
    inspectPerpV2(context, address, { baseToken, asset, watch }),
  tokens: ({ collateral }) => [collateral],
  contracts: ({ vault, pool, insuranceFund }) => ({ vault, pool, "insurance fund": insuranceFund }),
  approvals: ({ vault, collateral }) => [{ token: collateral.address, spender: vault }],
  observe: (facts, { accounts }) => {
    const watched = [...accounts.values(), ...facts.watch];
    return perpV2Plan(facts, distinctAddresses(watched));
  },
  actions: perpV2Actions,
  value: () => (view, address, price) => {
    const account = view.accounts.get(addressKey(address));
    return account === undefined ? 0 : fairValue(view, account, price);
  },
  shortfall: () => (view, price) => {
    const owed = [...view.accounts.values()].reduce(
      (sum, account) => sum + Math.max(0, -fairValue(view, account, price)),
      0,
    );
    return Math.max(0, owed - wholeUnits(view.insurance, view.collateral.decimals));
  },
  roles: [plays(marginMarket, perpV2Market)],
});

/** An account's value with its position at the asset's fair price instead of the mark price, US dollars. */
function fairValue(view: PerpV2View, account: PerpV2Account, price: (asset: string) => number): number {
  const { collateral, markPrice, asset } = view;
  const settled = wholeUnits(account.accountValue, collateral.decimals);
  const gained = (Number(account.size) / 1e18) * (price(asset) - Number(markPrice ?? 0n) / 1e18);
  return (settled + gained) * (collateral.asset === undefined ? 1 : price(collateral.asset));
}
