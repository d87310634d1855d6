import type { Address, Hex } from "viem";

import type { SourceCode, Statement } from "../../../target/code/source-code.js";
import type { Opcode } from "../../chain/opcodes.js";

import { numberToHex } from "viem";

import { addressKey, isSameAddress } from "../../../quantity/address.js";

/** What happened at an instruction of a statement. */
export type Happened =
  | { readonly kind: "executed" }
  /** `value` is what is read or written, `word` the account and the slot. */
  | { readonly kind: "read" | "wrote"; readonly word: string; readonly value: Hex }
  /** A branch: where it is in the code, and whether it was taken. */
  | { readonly kind: "branched"; readonly pc: number; readonly taken: boolean }
  | { readonly kind: "computed"; readonly pc: number; readonly value: Hex }
  /** It called a contract of which a call is under way, from another one. */
  | { readonly kind: "re-entered" };

/** An event of a statement. */
export interface StatementEvent {
  readonly statement: Statement;
  readonly happened: Happened;
  /** The frame of the call in which it happened. */
  readonly frame: Frame;
}

/** A call of an execution. */
export interface Frame {
  /** Whose storage it works on; `undefined` for a contract that is being created. */
  readonly account: Address | undefined;
  readonly code: SourceCode | undefined;
  readonly parent: Frame | undefined;
  /** Whether a call of the same account is under way, and another one has called it. */
  readonly isReentrant: boolean;
  /** The selector that the code has found to be called, eight hexadecimal digits. */
  selector: string | undefined;
  /** Set once it ends in a revert. */
  reverted: boolean;
}

const CALLS = new Set(["CALL", "CALLCODE", "DELEGATECALL", "STATICCALL"]);
const KEEPS_CONTEXT = new Set(["CALLCODE", "DELEGATECALL"]);
const COMPUTES = new Set([
  ...["ADD", "SUB", "MUL", "DIV", "SDIV", "MOD", "SMOD", "ADDMOD", "MULMOD", "EXP"],
  ...["LT", "GT", "SLT", "SGT", "EQ", "TIMESTAMP", "BALANCE", "SELFBALANCE", "CALLDATALOAD", "MLOAD"],
]);
const ENDS = new Set(["STOP", "RETURN", "SELFDESTRUCT"]);

/**
 * Follows an execution through the sources of the code that it runs.
 *
 * @param to - the account that is called first
 * @param sourceAt - the source of an account's code
 */
export async function walk(
  opcodes: readonly Opcode[],
  to: Address,
  sourceAt: (account: Address) => Promise<SourceCode | undefined>,
): Promise<readonly StatementEvent[]> {
  const events: StatementEvent[] = [];
  const outermost: Frame = {
    account: to,
    code: await sourceAt(to),
    parent: undefined,
    isReentrant: false,
    selector: undefined,
    reverted: false,
  };
  let frame = outermost;
  for (const [index, opcode] of opcodes.entries()) {
    const next = opcodes[index + 1];
    const { code, selector } = frame;
    const statement = code?.statementAt(opcode.pc);
    if (statement === undefined) {
      frame.selector ??= selectorAt(opcode, opcodes[index - 1]);
    } else if (selector === undefined || code?.isReachable(statement, selector) === true) {
      events.push({ statement, frame, happened: { kind: "executed" } });
      const happened = happenedAt(opcode, next, frame);
      if (happened !== undefined) events.push({ statement, frame, happened });
    }
    if (next === undefined || next.depth < opcode.depth) {
      frame.reverted = !ENDS.has(opcode.op);
      frame = frame.parent ?? outermost;
    } else if (next.depth > opcode.depth) {
      const caller = frame;
      frame = await entered(opcode, caller, sourceAt);
      if (frame.isReentrant && statement !== undefined) {
        events.push({ statement, frame: caller, happened: { kind: "re-entered" } });
      }
    }
  }
  return events;
}

/** Whether what happened in a frame was undone. */
export function isUndone(frame: Frame): boolean {
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) if (at.reverted) return true;
  return false;
}

async function entered(
  { op, stack }: Opcode,
  parent: Frame,
  sourceAt: (account: Address) => Promise<SourceCode | undefined>,
): Promise<Frame> {
  // a contract that is being created runs other code than it will have
  if (!CALLS.has(op)) {
    return {
      account: undefined,
      code: undefined,
      parent,
      isReentrant: false,
      selector: undefined,
      reverted: false,
    };
  }
  const called = toAddress(stack.at(-2) ?? "0x0");
  const account = KEEPS_CONTEXT.has(op) ? parent.account : called;
  return {
    account,
    code: await sourceAt(called),
    parent,
    isReentrant: isUnderWay(account, parent),
    selector: undefined,
    reverted: false,
  };
}

/** Whether an account that is called has called the caller, on the way by another one: a call of its own is none. */
function isUnderWay(account: Address | undefined, caller: Frame): boolean {
  let isElsewhere = false;
  for (let at: Frame | undefined = caller; at !== undefined; at = at.parent) {
    const isSame = isSameAddress(at.account, account);
    if (isSame && isElsewhere) return true;
    isElsewhere ||= !isSame;
  }
  return false;
}

/** The selector, if this is where the dispatcher of a contract has found it. */
function selectorAt({ op, stack }: Opcode, before: Opcode | undefined): string | undefined {
  if (op !== "EQ" || before?.op !== "PUSH4" || stack.at(-1) !== stack.at(-2)) return undefined;
  return stack.at(-1)?.slice(2).padStart(8, "0");
}

function happenedAt({ op, pc, stack, depth }: Opcode, next: Opcode | undefined, frame: Frame): Happened | undefined {
  const result = next?.depth === depth ? next.stack.at(-1) : undefined;
  const word = (): string => `${addressKey(frame.account ?? "0x")}:${stack.at(-1) ?? ""}`;
  if (op === "SSTORE" || op === "TSTORE") return { kind: "wrote", word: word(), value: stack.at(-2) ?? "0x0" };
  if (op === "SLOAD" || op === "TLOAD") {
    return result === undefined ? undefined : { kind: "read", word: word(), value: result };
  }
  // where a function of the same contract returns to: what it returns is on top
  if (op === "JUMPDEST" && stack.length > 0) return { kind: "computed", pc, value: stack.at(-1) ?? "0x0" };
  if (op === "JUMPI") return { kind: "branched", pc, taken: BigInt(stack.at(-2) ?? "0x0") !== 0n };
  if (COMPUTES.has(op) && result !== undefined) return { kind: "computed", pc, value: result };
  return undefined;
}

function toAddress(word: Hex): Address {
  return numberToHex(BigInt(word) & ((1n << 160n) - 1n), { size: 20 });
}
