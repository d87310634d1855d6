import type { Address } from "viem";

import type { ContractCall } from "../../../protocols/call.js";
import type { CallSetter, SlotSetter } from "../../../scenario/parameters/setter.js";
import type { Scenario, Setting, TimedCall } from "../../../scenario/scenario.js";
import type { ResolvedTarget } from "../../../target/target.js";
import type { Borrowed } from "../../chain/borrowed-connection.js";
import type { Chain } from "../../chain/chain.js";
import type { ParameterValue } from "./parameter-value.js";

import { numberToHex, parseAbi, zeroAddress } from "viem";

import { argumentText } from "../../../conditions/revert-reason.js";
import { SiegeError } from "../../../errors.js";
import { attempt, read } from "../../../protocols/read-plan.js";
import { withoutOwner } from "../../../scenario/parameters/without-owner.js";
import { LensReader } from "../../chain/lens-reader.js";
import { asked, askedNumber, isCall, nonsense } from "../user-code.js";

import { parameterText, valueOf } from "./parameter-value.js";
import { playTimedCall } from "./timed-call.js";

const ownableAbi = parseAbi(["function owner() view returns (address)"]);

/** What parameters are set with. */
interface Workplace {
  readonly chain: Chain;
  readonly borrowed: Borrowed;
  readonly target: ResolvedTarget;
  readonly scenario: Scenario;
}

/**
 * Sets those parameters of a scenario that are kept on the chain, before anything of it is read: it is the state that a world
 * begins with, for all executors alike.
 *
 * @throws SiegeError `PARAMETER_REFUSED` with the reason if a contract does not take a value, or not from that account;
 * `PARAMETER_WITHOUT_OWNER`; `PARAMETER_FAILED`; `NO_CODE`
 */
export async function setParameters(workplace: Workplace): Promise<readonly ParameterValue[]> {
  const values: ParameterValue[] = [];
  for (const setting of workplace.scenario.settings) values.push(await setParameter(workplace, setting));
  return values;
}

async function setParameter(workplace: Workplace, setting: Setting): Promise<ParameterValue> {
  if (setting.sequence !== undefined) {
    for (const step of setting.sequence) await play(workplace, setting, step);
    return valueOf(setting);
  }
  const { set, reads } = setting.parameter;
  const reader = new LensReader(workplace.chain);
  const user = userOf(setting);
  const present = async (): Promise<number | undefined> => {
    if (reads === undefined) return undefined;
    const answer = await reader.read(attempt(reads));
    if (answer === undefined) throw nonsense(user, "reads", answer, "the present value; the call reverts");
    return askedNumber(user, "reads", () => answer);
  };
  const was = await present();
  if (typeof set === "object") {
    if ("calls" in set) await setByCall(workplace, setting, set);
    else await setBySlot(workplace, setting, set);
    requireSet(setting, await present());
  }
  return valueOf(setting, was);
}

/** What was accepted may have been clamped, or be kept elsewhere. */
function requireSet({ name, value, parameter: { step } }: Setting, now: number | undefined): void {
  const tolerance = step === undefined ? 1e-9 * Math.abs(value) : step / 2;
  if (now === undefined || Math.abs(now - value) <= tolerance) return;
  throw new SiegeError("PARAMETER_REFUSED", {
    message: `The parameter "${name}" was set to ${value}, but reads ${now} afterwards.`,
    hint: "Its contract clamps it, or it is set in another place or unit than it is read; narrow the range, or correct set or reads.",
  });
}

async function setBySlot({ chain }: Workplace, setting: Setting, set: SlotSetter): Promise<void> {
  const { of, slot, offset = 0, bytes = 32 - offset } = set;
  const user = userOf(setting);
  const word: unknown = asked(user, `word(${setting.value})`, () => set.word(setting.value));
  const size = 1n << BigInt(8 * bytes);
  if (typeof word !== "bigint" || word < 0n || word >= size) {
    throw nonsense(user, `word(${setting.value})`, word, `a bigint from 0n that fits into ${bytes} bytes`);
  }
  await requireCode(chain, setting, of);
  const shift = BigInt(8 * offset);
  const place = numberToHex(BigInt(slot), { size: 32 });
  const kept = BigInt(await chain.storage(of, place)) & ~((size - 1n) << shift);
  await chain.setStorage(of, place, numberToHex(kept | (word << shift), { size: 32 }));
}

async function setByCall(workplace: Workplace, setting: Setting, set: CallSetter): Promise<void> {
  const { chain, scenario } = workplace;
  const user = userOf(setting);
  const made: unknown = asked(user, `calls(${setting.value})`, () => set.calls(setting.value));
  const calls: readonly unknown[] = Array.isArray(made) ? made : [made];
  for (const one of calls) {
    if (!isCall(one))
      throw nonsense(user, `calls(${setting.value})`, one, "call({ address, abi, functionName, args })");
    await requireCode(chain, setting, one.to);
    const as = set.as ?? (await ownerOf(workplace, setting, one.to));
    const step = { after: 0, interval: scenario.blockTime, made: { as, call: one } };
    await play(workplace, setting, step);
  }
}

async function play(workplace: Workplace, setting: Setting, step: TimedCall): Promise<void> {
  const done = await playTimedCall(workplace, step);
  if (step.made !== undefined && "why" in done) throw refused(setting, step.made, done.why);
}

async function ownerOf({ chain }: Workplace, { name }: Setting, address: Address): Promise<Address> {
  const owner = await new LensReader(chain).read(attempt(read({ address, abi: ownableAbi, functionName: "owner" })));
  if (owner !== undefined && owner !== zeroAddress) return owner;
  throw withoutOwner(name, address, owner !== undefined);
}

async function requireCode(chain: Chain, { name }: Setting, address: Address): Promise<void> {
  // a call of an account without code succeeds, and sets nothing
  if ((await chain.code(address)) !== "0x") return;
  throw new SiegeError("NO_CODE", {
    message: `The parameter "${name}" is set at ${address}, where there is no contract.`,
    hint: "Deploy it on this connection first, or fork a block at which it exists.",
  });
}

function refused(
  setting: Setting,
  { as: from, call }: { readonly as: Address; readonly call: ContractCall },
  why: string,
): SiegeError {
  return new SiegeError("PARAMETER_REFUSED", {
    message: `The parameter ${parameterText(valueOf(setting))} cannot be set by ${call.function.name}(${call.args.map((argument) => argumentText(argument)).join(", ")}) of ${call.to} as ${from}: ${why}.`,
    hint: "If it is the value, narrow the parameter's range; if it is the account, say who may make the call: set: { calls, as: admin }.",
  });
}

function userOf({ name }: Setting): { readonly code: "PARAMETER_FAILED"; readonly name: string } {
  return { code: "PARAMETER_FAILED", name: `The parameter "${name}"` };
}
