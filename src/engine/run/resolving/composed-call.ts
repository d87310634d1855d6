import type { Address } from "viem";

import type { ContractCall } from "../../../protocols/call.js";
import type { AmountPlace, OpenAmount, OpenCall } from "../../../protocols/open-amount.js";
import type { TreeNode } from "../call-tree.js";
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

/** A call with one inside it. If both are open, they have the same amount. */
interface Pair {
  readonly call: OpenCall;
  readonly inner: OpenCall;
  /** Which of its ways the other one is. */
  readonly way: number;
}

/** A call that is made in a callback, and how. */
export interface InnerCall {
  readonly call: OpenCall;
  readonly how: Inside;
}

/** A call and what it leaves open. */
interface Composed {
  readonly call: ContractCall;
  readonly parts: readonly { readonly open: OpenAmount; readonly at: readonly number[] }[];
}

/**
 * A call with others in its callback, perhaps with others in theirs, which leaves open what they leave open. It returns 1 if one of
 * them was not made.
 *
 * @param how - how those in its own callback are made
 */
export function within(
  self: Address,
  outer: OpenCall,
  how: Inside | undefined,
  inside: readonly TreeNode<InnerCall>[],
): OpenCall {
  const { call, parts } = composed(self, outer, how, inside);
  const [first] = parts;
  if (first === undefined) return call;
  const places = parts.flatMap(({ open, at }) => placesOf(open).map(({ way }): AmountPlace => ({ inner: at, way })));
  return { ...call, open: { ...first.open, places } };
}

function composed(
  self: Address,
  outer: OpenCall,
  how: Inside | undefined,
  inside: readonly TreeNode<InnerCall>[],
): Composed {
  const [first, ...others] = [single(outer), ...inside.map((node) => innerOf(self, node))] as const;
  const { call } = calledBack(
    self,
    first.call,
    how,
    others.map((made) => made.call),
  );
  const parts = [first, ...others].flatMap((made, place) =>
    made.parts.map(({ open, at }) => ({ open, at: [place, ...at] })),
  );
  return { call, parts };
}

function innerOf(self: Address, { item, inside }: TreeNode<InnerCall>): Composed {
  if (inside.length === 0) return single(item.call);
  const made = composed(self, item.call, inside[0]?.item.how, inside);
  // what is missing in its callback is missing in the one around it
  return { ...made, call: marked({ ...made.call, code: 0 }) };
}

function single(call: OpenCall): Composed {
  return { call: marked(call), parts: call.open === undefined ? [] : [{ open: call.open, at: [] }] };
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
 * @param ways - to make the other, as many as are to be tried
 */
export function pairsOf(outer: OpenCall | undefined, ways: readonly OpenCall[]): readonly Pair[] {
  if (outer === undefined) return [];
  return ways.flatMap((its, way) => {
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
