import type { Hex } from "viem";

/** An instruction of the EVM with the bytes that a PUSH carries. */
export interface Instruction {
  readonly opcode: number;
  /** The bytes that it pushes, as hex digits without `0x`; empty for all others. */
  readonly pushed: string;
}

export const SHL = 0x1b;
export const DELEGATECALL = 0xf4;
const CREATE = 0xf0;
const CREATE2 = 0xf5;

const PUSH1 = 0x60;
const PUSH32 = 0x7f;

/** The instructions of a contract, in order. Data behind the code (metadata, tables) is read as instructions, too. */
export function* instructionsOf(code: Hex): Generator<Instruction> {
  for (let at = 2; at < code.length;) {
    const opcode = Number.parseInt(code.slice(at, at + 2), 16);
    const bytes = opcode >= PUSH1 && opcode <= PUSH32 ? opcode - PUSH1 + 1 : 0;
    yield { opcode, pushed: code.slice(at + 2, at + 2 + 2 * bytes).toLowerCase() };
    at += 2 + 2 * bytes;
  }
}

/**
 * The code without the metadata that Solidity appends: a CBOR map, and its length in the last two bytes.
 *
 * @see https://docs.soliditylang.org/en/latest/metadata.html#encoding-of-the-metadata-hash-in-the-bytecode
 */
export function withoutMetadata(code: Hex): Hex {
  const from = code.length - 4 - 2 * Number.parseInt(code.slice(-4), 16);
  // a map of one to four entries
  return from > 2 && /^a[1-4]$/.test(code.slice(from, from + 2)) ? `0x${code.slice(2, from)}` : code;
}

/** Whether a contract can create others. Data behind its code may look as if it could. */
export function canCreate(code: Hex): boolean {
  for (const { opcode } of instructionsOf(withoutMetadata(code))) {
    if (opcode === CREATE || opcode === CREATE2) return true;
  }
  return false;
}

/** Whether a contract can pass calls on with its own storage: a proxy always does. */
export function canDelegate(code: Hex): boolean {
  for (const { opcode } of instructionsOf(code)) if (opcode === DELEGATECALL) return true;
  return false;
}
