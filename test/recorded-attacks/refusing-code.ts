import type { Hex } from "viem";

import { bytesToHex, concatHex, hexToBytes, keccak256, numberToHex, pad, stringToHex, toFunctionSelector } from "viem";

/** What a slot that was not recorded holds on the fork. {@link refusing} code never goes on with it. */
export const UNRECORDED: Hex = keccak256(stringToHex("a slot that was not recorded"));

/** The errors with which a call is refused, for a scenario's ABIs. */
export const REFUSALS = [
  "error UnrecordedSlot(address account, uint256 slot)",
  "error UnrecordedAccount(address account)",
] as const;

/** The code of an account that was not recorded: every call reverts with `UnrecordedAccount`. */
export const UNRECORDED_ACCOUNT: Hex = concatHex([
  "0x63",
  toFunctionSelector("UnrecordedAccount(address)"),
  // MSTORE(0, selector); MSTORE(32, ADDRESS); REVERT(28, 36)
  "0x5f52306020526024601cfd",
]);

const SLOAD = 0x54;
const JUMP = 0x56;
const PC = 0x58;
const JUMPDEST = 0x5b;
const PUSH1 = 0x60;
const PUSH32 = 0x7f;
const CREATE = 0xf0;
const CREATE2 = 0xf5;
const INVALID = 0xfe;

/** STOP, JUMP, RETURN, REVERT, INVALID, SELFDESTRUCT: what stands behind them is reached by jumps alone. */
const ENDS: ReadonlySet<number> = new Set([0x00, JUMP, 0xf3, 0xfd, INVALID, 0xff]);

interface Instruction {
  readonly at: number;
  readonly opcode: number;
  /** The instruction with its immediate. */
  readonly bytes: Uint8Array;
}

/** Instructions from a JUMPDEST (or the beginning) up to the next one, or to where the code goes on elsewhere. */
interface Stretch {
  readonly at: number;
  readonly instructions: readonly Instruction[];
  /** Where the code goes on behind it, if it does. */
  readonly next: number | undefined;
}

/** Bytes of a jump with a JUMPDEST before it. */
const LANDING = 5;

/**
 * The same code, with one difference: a SLOAD that returns {@link UNRECORDED} reverts with `UnrecordedSlot`. No jump is
 * rewritten, because places stay what they were: a stretch with a SLOAD moves behind the code's end, and its place holds a jump
 * to it. Where that does not fit, a jump with a one-byte place leads to another one, in the room that a stretch at the code's
 * beginning has left.
 *
 * @throws Error if there is no such room, or if it creates contracts and nobody can tell where their code within it begins: that
 * stays what it was
 */
export function refusing(code: Hex): Hex {
  const original = hexToBytes(code);
  const stretches = stretchesOf(original);
  const ends = endOf(code, stretches);
  const guarded = stretches.filter(
    ({ at, instructions }) => at < ends && instructions.some(({ opcode }) => opcode === SLOAD),
  );
  if (guarded.length === 0) return code;
  const rooms = roomsFor(stretches, guarded.filter(isShort).length);
  const moved = new Set([...guarded, ...rooms]);
  const places = rooms.flatMap(placesIn);
  const low = Uint8Array.from(original);
  // a PUSH that the end of the code cuts off takes in up to 32 of the bytes behind it
  const start = original.length + 32;
  const parts = [guardAt(start)];
  let end = start + parts[0]!.length;
  const landings: (readonly [at: number, to: number])[] = [];
  for (const stretch of moved) {
    // one-byte instructions, so that the JUMPDEST behind them stays one
    low.fill(INVALID, stretch.at, stretch.at + sizeOf(stretch));
    if (isShort(stretch)) {
      const landing = places.pop();
      if (landing === undefined) throw new Error(`There is no room for a jump to ${String(stretch.at)}.`);
      low.set([JUMPDEST, PUSH1, landing, JUMP], stretch.at);
      landings.push([landing, end]);
    } else low.set([...(stretch.at === 0 ? [] : [JUMPDEST]), ...jumpTo(end)], stretch.at);
    const body = bodyOf(stretch, end, start);
    parts.push(body);
    end += body.length;
  }
  for (const [at, to] of landings) low.set([JUMPDEST, ...jumpTo(to)], at);
  return concatHex([bytesToHex(low), pad("0x", { size: 32 }), ...parts.map((part) => bytesToHex(part))]);
}

/** Where the code ends and that of contracts which it creates begins: with what solc begins every contract with. */
function endOf(code: Hex, stretches: readonly Stretch[]): number {
  const opcodes = stretches.flatMap(({ instructions }) => instructions.map(({ opcode }) => opcode));
  if (!opcodes.includes(CREATE) && !opcodes.includes(CREATE2)) return code.length / 2;
  const at = /(?:fe|00)60(?:80|60)604052/.exec(code.slice(12))?.index;
  if (at === undefined) throw new Error("The code creates contracts, and it is not clear with which code.");
  return (at + 12 - 2) / 2;
}

function sizeOf({ instructions }: Stretch): number {
  return instructions.reduce((total, { bytes }) => total + bytes.length, 0);
}

/** As long as `JUMPDEST SLOAD SWAP1 JUMP`. */
function isShort(stretch: Stretch): boolean {
  const size = sizeOf(stretch);
  if (size < 4) throw new Error(`The code has only ${String(size)} bytes with a SLOAD at ${String(stretch.at)}.`);
  return size < LANDING && stretch.at > 0;
}

/** Where landings fit behind the jump to where a stretch has moved. */
function placesIn(stretch: Stretch): readonly number[] {
  const count = Math.floor(sizeOf(stretch) / LANDING) - 1;
  return Array.from({ length: count }, (_, index) => stretch.at + (index + 1) * LANDING).filter((place) => place < 256);
}

function roomsFor(stretches: readonly Stretch[], landings: number): readonly Stretch[] {
  const rooms: Stretch[] = [];
  for (const stretch of stretches) {
    if (rooms.flatMap(placesIn).length >= landings) break;
    if (sizeOf(stretch) >= 2 * LANDING) rooms.push(stretch);
  }
  return rooms;
}

function stretchesOf(code: Uint8Array): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let current: Instruction[] = [];
  const close = (next: number | undefined): void => {
    const [first] = current;
    // what no jump reaches is never executed
    if (first !== undefined && (first.at === 0 || first.opcode === JUMPDEST)) {
      stretches.push({ at: first.at, instructions: current, next });
    }
    current = [];
  };
  for (let at = 0; at < code.length;) {
    const opcode = code[at]!;
    const size = opcode >= PUSH1 && opcode <= PUSH32 ? opcode - PUSH1 + 2 : 1;
    if (opcode === JUMPDEST) close(at);
    current.push({ at, opcode, bytes: code.slice(at, at + size) });
    at += size;
    if (ENDS.has(opcode)) close(undefined);
  }
  return stretches;
}

/** A stretch as it stands at its new place. */
function bodyOf({ instructions, next }: Stretch, at: number, guard: number): Uint8Array {
  const bytes: number[] = instructions[0]?.opcode === JUMPDEST ? [] : [JUMPDEST];
  for (const instruction of instructions) {
    if (instruction.opcode === PC) bytes.push(0x61, ...twoBytes(instruction.at));
    else if (instruction.opcode === SLOAD) {
      // DUP1 SLOAD PUSH2 back PUSH2 guard JUMP, back: JUMPDEST
      const back = at + bytes.length + 9;
      bytes.push(0x80, SLOAD, 0x61, ...twoBytes(back), ...jumpTo(guard), JUMPDEST);
    } else bytes.push(...instruction.bytes);
  }
  if (next !== undefined) bytes.push(...jumpTo(next));
  return Uint8Array.from(bytes);
}

/** Takes a slot, its value and a place from the stack, and goes on there with the value if it is a recorded one. */
function guardAt(at: number): Uint8Array {
  const check = [
    JUMPDEST,
    // DUP2 PUSH32 UNRECORDED EQ
    ...[0x81, PUSH32, ...hexToBytes(UNRECORDED), 0x14],
    // PUSH2 refuse JUMPI
    ...[0x61, ...twoBytes(at + 44), 0x57],
    // SWAP2 POP SWAP1 JUMP
    ...[0x91, 0x50, 0x90, JUMP],
  ];
  const refuse = [
    JUMPDEST,
    // POP POP; MSTORE(64, slot); MSTORE(32, ADDRESS); MSTORE(0, selector); REVERT(28, 68)
    ...[0x50, 0x50, 0x60, 64, 0x52, 0x30, 0x60, 32, 0x52],
    ...[0x63, ...hexToBytes(toFunctionSelector("UnrecordedSlot(address,uint256)")), 0x60, 0, 0x52],
    ...[0x60, 68, 0x60, 28, 0xfd],
  ];
  return Uint8Array.from([...check, ...refuse]);
}

function jumpTo(place: number): readonly number[] {
  return [0x61, ...twoBytes(place), JUMP];
}

function twoBytes(value: number): readonly number[] {
  return [...hexToBytes(numberToHex(value, { size: 2 }))];
}
