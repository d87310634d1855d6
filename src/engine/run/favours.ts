import type { Address } from "viem";

import type { Scenario } from "../../scenario/scenario.js";
import type { Favour } from "../../view/favour.js";
import type { Log } from "../chain/transaction.js";
import type { Inclusion, PlacedCall } from "../world/executor/executor.js";
import type { Observation } from "../world/observation.js";
import type { World } from "../world/world.js";

import { beneficiariesOf } from "../../protocols/beneficiary.js";
import { sentTo, statedGift } from "../../protocols/stated-gift.js";
import { isSameAddress } from "../../quantity/address.js";

import { partsIn } from "./call-tree.js";

/** A block's calls, and what was observed before and after it. */
interface Happened {
  readonly calls: readonly PlacedCall[];
  readonly inclusions: readonly Inclusion[];
  readonly before: Observation;
  readonly after: Observation;
}

/**
 * The favours of a block: successful calls that name another account of the scenario as beneficiary, or that send tokens to a
 * contract. They are rare, and only they are asked for their outcome, which costs a trace where calls are transactions.
 */
export async function favoursIn(world: World, happened: Happened): Promise<readonly Favour[]> {
  const { executor, frame, scenario, target } = world;
  if (!readsFavours(scenario)) return [];
  const accounts = [...frame.accounts.values()].filter((account) => !isSameAddress(account, target.address));
  const contracts = [target.address, ...frame.contracts.values()];
  const all = happened.calls.flatMap((placed, index) =>
    [placed.call, ...partsIn(placed.call.inner)].map((call) => ({
      placed: { ...placed, call },
      inclusion: happened.inclusions[index],
    })),
  );
  const named = all.flatMap(({ placed, inclusion }) => {
    const { from, call } = placed;
    const others = beneficiariesOf(call).filter((to) => !isSameAddress(to, from));
    const sent = sentTo(call);
    const to = [
      ...accounts.filter((account) => others.some((other) => isSameAddress(account, other))),
      ...contracts.filter((contract) => isSameAddress(contract, sent)).slice(0, 1),
    ];
    return inclusion === undefined || to.length === 0 ? [] : [{ inclusion, placed, to }];
  });
  if (named.length === 0) return [];
  const receipts = await executor.receipts(named.map(({ inclusion }) => inclusion));
  return named.flatMap(({ placed, to }, index) => {
    const receipt = receipts[index];
    if (receipt?.success !== true) return [];
    return to.map((one): Favour => ({
      from: placed.from,
      to: one,
      ...giftIn(world, placed, { to: one, logs: receipt.logs }, happened),
    }));
  });
}

function readsFavours({ conditions }: Scenario): boolean {
  return conditions.some(({ definition }) => definition.favours === true);
}

/**
 * What a call gives. Where the amount is not of the contract that is called, it is of the token of which the call moved as much
 * from the sender, or to the beneficiary; or else, of which one has so much less, or the other so much more, after the block.
 */
function giftIn(
  { frame }: World,
  { from, call }: PlacedCall,
  { to, logs }: { readonly to: Address; readonly logs: readonly Log[] },
  { before, after }: Happened,
): Pick<Favour, "gift"> {
  const stated = statedGift(call);
  if (stated === undefined) return {};
  const { amount, of } = stated;
  if (of === "called") return { gift: { token: call.to, amount } };
  const [account, sign] = of === "paid" ? [from, -1n] : [to, 1n];
  const sent = [...frame.tokens.values()].find(
    ({ address, asset }) => asset !== undefined && logs.some((log) => moves(log, address, account, sign, amount)),
  );
  if (sent !== undefined) return { gift: { token: sent.address, amount } };
  const moved = [...frame.tokens.values()]
    .map(({ address, asset }) => {
      const change =
        after.get(frame.balances).token(address, account) - before.get(frame.balances).token(address, account);
      return { address, change: asset === undefined ? 0n : sign * change };
    })
    .filter(({ change }) => change >= amount)
    // of several, the one of which least moved besides
    .reduce<{ readonly address: Address; readonly change: bigint } | undefined>(
      (least, token) => (least === undefined || token.change < least.change ? token : least),
      undefined,
    );
  return moved === undefined ? {} : { gift: { token: moved.address, amount } };
}

/** `Transfer(address,address,uint256)` */
export const TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

/** Whether a log says that this much of a token went from an account (-1), or to it (1). */
function moves(
  { address, topics, data }: Log,
  token: Address,
  account: Address,
  sign: bigint,
  amount: bigint,
): boolean {
  const party = topics[sign < 0n ? 1 : 2];
  return (
    topics[0] === TRANSFER &&
    isSameAddress(address, token) &&
    isParty(party, account) &&
    data.length === 66 &&
    BigInt(data) === amount
  );
}

/** Whether a topic of a transfer is an account. */
export function isParty(topic: string | undefined, account: string): boolean {
  return topic?.slice(-40).toLowerCase() === account.slice(2).toLowerCase();
}
