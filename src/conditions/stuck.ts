import type { Address } from "viem";

import type { ContractCall } from "../protocols/call.js";
import type { JudgeContext } from "./condition.js";
import type { Withdrawal } from "./withdrawals.js";

import { isSameAddress } from "../quantity/address.js";

/** Functions of ERC-4626 that move assets; the last address of each is whose shares they change. */
const MOVES = new Set(["deposit", "mint", "withdraw", "redeem"]);

/** Since when accounts have been unable to redeem, by name. */
export type Stuck = Readonly<Record<string, { readonly since: number; readonly shares: bigint }>>;

/**
 * Who is unable to redeem after a block, and since when. The count of an account begins with this block if it could redeem
 * after the one before; if its shares became fewer, for then it could redeem in between; and if it withdrew or deposited
 * itself, for a deposit of one's own begins one's own cooldown. A deposit that somebody else makes for it changes nothing:
 * a vault in which that prolongs the wait can be made to keep everybody's shares. It begins with this block, too, if time
 * passed before it: who could redeem meanwhile was not looked at.
 *
 * @param failed - those unable to redeem
 * @param before - what it returned after the block before
 */
export function stuckAfter(
  failed: readonly Withdrawal[],
  before: Stuck,
  { view, target, paused }: Pick<JudgeContext<unknown>, "view" | "target" | "paused">,
): Stuck {
  const moved = view.results.flatMap(({ agent, call, success }) => {
    const account = view.accounts.get(agent);
    return success && account !== undefined && movesOwn(call, account, target.address) ? [account] : [];
  });
  return Object.fromEntries(
    failed.map(({ name, address, shares }) => {
      const known = before[name];
      const isNew =
        known === undefined ||
        paused.before > 0 ||
        shares < known.shares ||
        moved.some((account) => isSameAddress(account, address));
      return [name, { since: isNew ? view.block : known.since, shares }];
    }),
  );
}

/** Whether a call, or one that it makes, deposits or withdraws something of the account's own. */
function movesOwn(
  { to, function: { name, inputs }, args, inner }: ContractCall,
  account: Address,
  vault: Address,
): boolean {
  if (inner?.some((one) => movesOwn(one, account, vault)) === true) return true;
  if (!isSameAddress(to, vault) || !MOVES.has(name)) return false;
  const [whose = account] = inputs
    .flatMap(({ type }, at) => (type === "address" ? [args[at] as Address] : []))
    .slice(-1);
  const amount = args[inputs.findIndex(({ type }) => type.startsWith("uint"))];
  // even a deposit of nothing may begin a cooldown, but a withdrawal of nothing succeeds anywhere
  return isSameAddress(whose, account) && (amount !== 0n || name === "deposit" || name === "mint");
}
