import type { AskedContract } from "../../target/dictionary.js";
import type { EnumCall } from "../../target/enum-calls.js";
import type { Chain } from "../chain/chain.js";
import type { CallFrame } from "../chain/traces.js";

import { enumCalls } from "../../target/enum-calls.js";

import { unlessMissing } from "./unless-missing.js";

/** The most members that are looked for; few enumerations have more. */
const MOST_MEMBERS = 32;

/** No member of any enumeration with fewer than 256. */
const NO_MEMBER = 255;

/** `Panic(0x21)`: a number that is converted to an enumeration which has no such member. https://docs.soliditylang.org/en/latest/control-structures.html#panic-via-assert-and-error-via-require */
const NO_SUCH_MEMBER = `0x4e487b71${"21".padStart(64, "0")}`;

/**
 * How many members the enumerations have that functions of contracts take. A number that is none is refused before anything else
 * happens, with nothing or with `Panic(0x21)`, so it takes exactly as much gas as any other that is none. Enumerations of which that
 * does not tell are missing.
 */
export async function enumMembers(
  chain: Chain,
  contracts: readonly AskedContract[],
): Promise<ReadonlyMap<string, number>> {
  const members = new Map<string, number>();
  for (const [name, calls] of enumCalls(contracts)) {
    const counts: number[] = [];
    for (const call of calls) counts.push((await unlessMissing(membersBy(chain, call))) ?? 0);
    // a function may refuse a member just as it refuses what is none
    const most = Math.max(...counts);
    if (most > 0) members.set(name, most);
  }
  return members;
}

async function membersBy(chain: Chain, { to, data }: EnumCall): Promise<number | undefined> {
  const none = await chain.tried(to, data(NO_MEMBER));
  if (!none.reverted || (none.output !== "0x" && none.output !== NO_SUCH_MEMBER)) return undefined;
  // zero costs less calldata, and is always a member
  for (let member = 1; member <= MOST_MEMBERS; member++) {
    if (isSame(await chain.tried(to, data(member)), none)) return member > 1 ? member : undefined;
  }
  return undefined;
}

type End = Pick<CallFrame, "gasUsed" | "output" | "reverted">;

function isSame(one: End, other: End): boolean {
  return one.reverted === other.reverted && one.output === other.output && one.gasUsed === other.gasUsed;
}
