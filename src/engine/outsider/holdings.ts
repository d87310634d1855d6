import type { Address } from "viem";

import type { Token } from "../../protocols/token.js";
import type { RunState } from "../run/state.js";
import type { BalanceSheet } from "../world/balance-sheet.js";
import type { ObservedView } from "../world/observed-view.js";
import type { World } from "../world/world.js";

import { wholeUnits } from "../../quantity/amount.js";
import { LensReader } from "../chain/lens-reader.js";
import { startView, viewAfter } from "../run/views.js";
import { balanceSheet } from "../world/balance-sheet.js";
import { worth } from "../world/observed-view.js";

/** What an account has in hand: no position in a protocol, only what can be carried away. */
export async function holdingsOf({ chain, tokens }: World, account: Address): Promise<BalanceSheet> {
  return new LensReader(chain).read(balanceSheet(tokens.all(), [account]));
}

/** How an account's holdings changed. */
export interface Change {
  /** US dollars at fair prices, gas included. */
  readonly dollars: number;
  /** Tokens of which it has more, or less. */
  readonly gets: boolean;
  readonly pays: readonly Token[];
}

/**
 * The change from one moment to another.
 *
 * @param gas - what it paid for gas meanwhile, wei
 */
export function changeOf(
  { frame, tokens }: World,
  account: Address,
  { before, after, price, gas = 0n }: ChangeParameters,
): Change {
  const native = after.native(account) - before.native(account);
  let dollars = frame.nativeAsset === undefined ? 0 : wholeUnits(native, 18) * price(frame.nativeAsset);
  let gets = native + gas > 0n;
  const pays: Token[] = [];
  for (const token of tokens.all()) {
    const change = after.token(token.address, account) - before.token(token.address, account);
    if (token.asset !== undefined) dollars += wholeUnits(change, token.decimals) * price(token.asset);
    if (change > 0n) gets = true;
    if (change < 0n) pays.push(token);
  }
  return { dollars, gets, pays };
}

/** What the agents together would be worth more if they had what they had at the start, US dollars at present prices. */
export function lostBy(world: World, state: RunState): number {
  const { frame, scenario } = world;
  const view = viewAfter(world, state);
  const start = startView(world);
  const worthIn = (one: ObservedView, account: Address): number =>
    worth(frame, one, account, (asset) => view.price(asset));
  return [...scenario.agents.keys()].reduce((sum, name) => {
    const account = frame.accounts.get(name);
    return account === undefined ? sum : sum + worthIn(start, account) - worthIn(view, account);
  }, 0);
}

interface ChangeParameters {
  readonly before: BalanceSheet;
  readonly after: BalanceSheet;
  readonly price: (asset: string) => number;
  readonly gas?: bigint;
}
