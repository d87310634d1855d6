import type { Abi, Address, Hex } from "viem";

import { withoutMetadata } from "./bytecode.js";

/** A contract of the project, known by the code that it has once deployed. */
export interface KnownCode {
  readonly name: string;
  readonly abi: Abi;
  readonly code: CodePattern;
  /** Where it lives, if clones of it are what can be created. */
  readonly original?: Address;
}

/** Code with holes for what is only known at deployment. */
export interface CodePattern {
  readonly text: Hex;
  /** Immutables and library addresses, in bytes. */
  readonly holes: readonly Hole[];
}

interface Hole {
  readonly start: number;
  readonly length: number;
}

/** Whether code is that of a pattern, byte by byte. */
export function isExactly({ text, holes }: CodePattern, code: Hex): boolean {
  return text !== "0x" && text.length === code.length && blanked(text, holes) === blanked(code, holes);
}

/** The same without the metadata at the end, which depends on the compiler's input alone. */
export function isCodeOf(pattern: CodePattern, code: Hex): boolean {
  return isExactly({ ...pattern, text: withoutMetadata(pattern.text) }, withoutMetadata(code));
}

function blanked(code: string, holes: readonly Hole[]): string {
  return holes.reduce((text, { start, length }) => {
    const [from, to] = [2 + 2 * start, 2 + 2 * (start + length)];
    return text.slice(0, from) + "0".repeat(to - from) + text.slice(to);
  }, code.toLowerCase());
}
