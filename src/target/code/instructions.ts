import type { Hex } from "viem";

const PUSH1 = 0x60;
const PUSH32 = 0x7f;

/** Which instruction, counted from 0, begins at each byte of code: source maps count instructions, traces bytes. */
export function instructionsIn(code: Hex): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (let pc = 0; 2 + 2 * pc < code.length; pc++) {
    places.set(pc, places.size);
    const opcode = Number.parseInt(code.slice(2 + 2 * pc, 4 + 2 * pc), 16);
    // the data of a push is no instruction
    if (opcode >= PUSH1 && opcode <= PUSH32) pc += opcode - PUSH1 + 1;
  }
  return places;
}
