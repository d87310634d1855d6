import type { Address } from "viem";

import type { ContractCall } from "../../../protocols/call.js";
import type { AmountPlace, OpenAmount, OpenCall } from "../../../protocols/open-amount.js";
import type { Inside } from "../free-move.js";

import { zeroAddress } from "viem";

import { PLAIN } from "../../../protocols/call.js";
import { placesOf } from "../../../protocols/open-amount.js";
import { calledBack, placeOfAmount, withAmountOf } from "../called-back.js";

/** A call that never fails and does nothing. */
export const NOTHING: ContractCall = {
  to: zeroAddress,
  function: { type: "function", name: PLAIN, inputs: [], outputs: [], stateMutability: "payable" },
  args: [],
};

/** Of a call that is refused without another inside it: how many of that one's ways are tried. */
const MOST_PAIRED = 2;

/** A call with one inside it. If both are open, they have the same amount. */
interface Pair {
  readonly call: OpenCall;
  readonly inner: OpenCall;
  /** Which of its ways the other one is. */
  readonly way: number;
}

/**
 * A call with others in its callback, which leaves open what they leave open.
 *
 * @param how - how those inside are made
 */
export function within(self: Address, outer: OpenCall, how: Inside | undefined, calls: readonly OpenCall[]): OpenCall {
  const all = [outer, ...calls];
  const [, ...inside] = all.map(marked);
  const { call } = calledBack(self, marked(outer), how, inside);
  const parts = all.flatMap(({ open }, place) => (open === undefined ? [] : [{ open, place }]));
  const [first] = parts;
  if (first === undefined) return call;
  const places = parts.flatMap(({ open, place }) =>
    placesOf(open).map(({ way }): AmountPlace => ({ inner: place, way })),
  );
  return { ...call, open: { ...first.open, places } };
}

/** Where contracts/Raider.sol looks for the word that is an error code: in a value that nobody has. */
const CODE_BIT = 248n;

function marked(call: OpenCall): ContractCall {
  const { code, value = 0n } = call;
  return code === undefined ? call : { ...call, value: value + (BigInt(code + 1) << CODE_BIT) };
}

/**
 * How a call is tried with another inside it: with the same amount, which pays back what was lent; and with an amount of its own.
 *
 * @param ways - to make the other
 */
export function pairsOf(outer: OpenCall | undefined, ways: readonly OpenCall[]): readonly Pair[] {
  if (outer === undefined) return [];
  return ways.slice(0, MOST_PAIRED).flatMap((its, way) => {
    const { open: _open, ...fixed } = outer;
    const { open: _its, ...inner } = its;
    const same = outer.open === undefined ? withAmountOf(fixed, inner) : sharing(outer.open, inner);
    return [...(same === undefined ? [] : [{ call: outer, inner: same, way }]), { call: fixed, inner: its, way }];
  });
}

/** The call with an amount that is open, as that of another call is. */
function sharing(open: OpenAmount, call: ContractCall): OpenCall | undefined {
  const way = placeOfAmount(call);
  return way === undefined ? undefined : { ...call, open: { ...open, way, isValue: false } };
}
