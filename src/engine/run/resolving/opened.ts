import type { ActionContext } from "../../../protocols/action.js";
import type { OpenCall } from "../../../protocols/open-amount.js";
import type { Token } from "../../../protocols/token.js";

import { NOTHING_KNOWN } from "../../../protocols/known-values.js";
import { withAmount } from "../../../protocols/open-amount.js";
import { amountsToTry } from "../../../target/arguments/amounts.js";
import { shareOf } from "../../../target/arguments/integer.js";
import { Operands } from "../../../target/arguments/operands.js";
import { NO_THINGS } from "../../../target/arguments/things.js";
import { amountsOfCall } from "../../events/call-amounts.js";

/** What becomes of the amount that an adapter chose: mostly what it says, else a limit or next to nothing. */
const KINDS = { said: 60, most: 16, least: 6, small: 18 };

const SMALL = [1n, 2n, 10n, 1_000n, 1_000_000n];

/** Bisections. */
const STEPS = 20;

/**
 * The call of an adapter's action, its last amount perhaps left to the state of the moment: adapters choose shares of what an
 * account holds, and limits and dust are as much worth trying.
 *
 * @param luck - decides
 */
export function opened(
  call: OpenCall,
  luck: number,
  tokens: readonly Token[],
  context: ActionContext<unknown>,
): OpenCall {
  if (call.open !== undefined || call.inner !== undefined) return call;
  const operands = Operands.from(luck % 1_000_000);
  const kind = context.extent ?? operands.kind(KINDS);
  const { function: item, args } = call;
  const amount = amountsOfCall({ function: item, args, value: 0n }).at(-1);
  if (kind === "said" || amount === undefined) return call;
  const { way, bits } = amount;
  if (kind === "small") return withAmount(call, way, operands.pick(SMALL) ?? 1n);
  const surroundings = {
    target: call.to,
    tokens,
    things: NO_THINGS,
    functions: [],
    context: { ...context, known: context.known ?? NOTHING_KNOWN },
    inner: [],
    open: [],
  };
  const share = kind === "most" && context.extent === undefined ? shareOf(operands.next()) : 1_000_000;
  const amounts = amountsToTry(kind, surroundings, 2n ** BigInt(bits) - 1n, operands);
  return { ...call, open: { way, isValue: false, seeks: kind, share, amounts, steps: STEPS } };
}
