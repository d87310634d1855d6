import type { ChainStatement } from "../../conditions/on-chain.js";
import type { OnChain } from "../../engine/reproduction/on-chain.js";
import type { Hermetic, Reproduction } from "../../engine/reproduction/reproduction.js";
import type { Scripted } from "./script-lines.js";

import { SiegeError } from "../../errors.js";
import { addressKey } from "../../quantity/address.js";
import { legible } from "../../quantity/legible.js";

import { publication } from "./script-lines.js";

/** The widest name in an error. */
const WIDTH = 100;

/** The longest reason of a condition. */
const REASON = 300;

/** Of its gas limit, what a transaction has used at least that ran out of gas: EVMs keep a 64th of what calls are given. */
const NEARLY_ALL = 98n;

/** What an export needs of a reproduction. */
export interface Exportable {
  readonly hermetic: Hermetic;
  readonly onChain: OnChain;
  readonly statement: ChainStatement;
}

/** The parts of a reproduction that an export needs. @throws SiegeError `EXPORT_UNAVAILABLE` if it does not have them */
export function exportable({ hermetic, onChain, finding: { violation }, target }: Reproduction): Exportable {
  const name = legible(target.name, WIDTH);
  if (hermetic === null) {
    throw unavailable(
      `The finding about ${name} was not confirmed, and its file holds no state.`,
      "Run the scenario again: it plays this finding first and finishes it.",
    );
  }
  if (onChain === undefined) {
    throw unavailable(
      `The reproduction of ${name} was saved by an earlier release, which did not keep what a contract can check.`,
      "Run the scenario again: the campaign plays the file and writes it anew.",
    );
  }
  const { statement } = onChain;
  if (statement === undefined) {
    throw unavailable(
      onChain.unavailable === undefined
        ? `What "${legible(violation.condition, WIDTH)}" judges of ${name} is in no number that a contract tells.`
        : `A contract cannot check what "${legible(violation.condition, WIDTH)}" judges of ${name}: ${legible(onChain.unavailable, REASON)}.`,
      "Replay the reproduction with siege replay; or give a condition of your own onChain(), which says what a contract can check.",
    );
  }
  return { hermetic, onChain, statement };
}

/** @throws SiegeError `EXPORT_INEXACT` if the steps would not do in forge what they did when they were recorded */
export function requireExact({ hermetic, onChain }: Exportable, blocks: readonly (readonly Scripted[])[]): void {
  const { names } = onChain;
  for (const [index, transactions] of blocks.entries()) {
    for (const [place, { transaction, receipt, step }] of transactions.entries()) {
      const { from, to, gas } = transaction;
      const which = `Transaction ${place + 1} of block ${index + 1}`;
      if (to === undefined) throw inexact(`${which} creates a contract, whose address forge would choose differently.`);
      if (!receipt.success && receipt.gasUsed * 100n >= gas * NEARLY_ALL) {
        throw inexact(`${which} ran out of gas, and forge does not count gas as a chain does.`);
      }
      const isNamed = [from, to].some((address) => names[addressKey(address)] !== undefined);
      if (step === undefined && publication(transaction) === undefined && !isNamed) {
        throw inexact(`${which} is recorded order flow, which depends on gas and nonces that forge does not count.`);
      }
    }
  }
  if (hermetic.script.blocks.some(({ transactions, receipts }) => transactions.length !== receipts.length)) {
    throw inexact("A transaction has no receipt.");
  }
}

function unavailable(message: string, hint: string): SiegeError {
  return new SiegeError("EXPORT_UNAVAILABLE", { message, hint });
}

function inexact(message: string): SiegeError {
  return new SiegeError("EXPORT_INEXACT", {
    message,
    hint: "Replay the reproduction with siege replay, which plays it exactly.",
  });
}
