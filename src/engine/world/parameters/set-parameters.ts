import type { Address } from "viem";

import type { ContractCall } from "../../../protocols/call.js";
import type { CallSetter, SlotSetter } from "../../../scenario/parameters/setter.js";
import type { Scenario, Setting } from "../../../scenario/scenario.js";
import type { ResolvedTarget } from "../../../target/target.js";
import type { Borrowed } from "../../chain/borrowed-connection.js";
import type { Chain } from "../../chain/chain.js";
import type { ParameterValue } from "./parameter-value.js";

import { numberToHex, parseAbi, zeroAddress, zeroHash } from "viem";

import { argumentText, revertReason } from "../../../conditions/revert-reason.js";
import { SiegeError } from "../../../errors.js";
import { encodeCall } from "../../../protocols/call.js";
import { attempt, read } from "../../../protocols/read-plan.js";
import { withoutOwner } from "../../../scenario/parameters/without-owner.js";
import { LensReader } from "../../chain/lens-reader.js";
import { refusalsIn } from "../../run/refusals.js";
import { asked, askedNumber, isCall, nonsense } from "../user-code.js";

import { parameterText, valueOf } from "./parameter-value.js";

/** The most gas of a call that sets a parameter: a node grants no transaction more (EIP-7825). */
const MOST_GAS = 16_000_000n;

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
  const { chain, borrowed, scenario } = workplace;
  const user = userOf(setting);
  const made: unknown = asked(user, `calls(${setting.value})`, () => set.calls(setting.value));
  const calls: readonly unknown[] = Array.isArray(made) ? made : [made];
  for (const one of calls) {
    if (!isCall(one))
      throw nonsense(user, `calls(${setting.value})`, one, "call({ address, abi, functionName, args })");
    await requireCode(chain, setting, one.to);
    const from = set.as ?? (await ownerOf(workplace, setting, one.to));
    await borrowed.impersonate(from);
    const { timestamp, gasLimit } = await chain.latest();
    // no fees: an owner needs no ether, and keeps what it has
    await chain.prepareBlock({ timestamp: timestamp + scenario.blockTime, baseFee: 0n, prevRandao: zeroHash });
    await send(workplace, setting, { from, call: one, gas: gasLimit < MOST_GAS ? gasLimit : MOST_GAS });
  }
}

/** Sends a call in a block of its own, so that each sees what those before it did. */
async function send(
  { chain, target }: Workplace,
  setting: Setting,
  { from, call, gas }: { readonly from: Address; readonly call: ContractCall; readonly gas: bigint },
): Promise<void> {
  const value = call.value ?? 0n;
  const { balance } = await chain.account(from);
  if (BigInt(balance) < value) await chain.setBalance(from, value);
  const fees = { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n };
  let data;
  try {
    data = encodeCall(call);
  } catch (error) {
    throw refused(
      setting,
      { from, call },
      `its arguments do not fit (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  const sent = await chain.send({ from, to: call.to, data, value, gas, ...fees });
  if ("refused" in sent) throw refused(setting, { from, call }, `the node refuses it (${sent.refused})`);
  await chain.mine();
  const { success, returned } = await chain.result(sent.hash);
  if (!success) {
    throw refused(
      setting,
      { from, call },
      `it reverts (${revertReason(returned, { abi: target.abi, errors: target.errors ?? [] })})`,
    );
  }
  const receipt = await chain.receipt(sent.hash);
  const [refusal] = refusalsIn(receipt?.logs ?? []);
  if (refusal !== undefined) throw refused(setting, { from, call }, `it returns the error code ${refusal.code}`);
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
  { from, call }: { readonly from: Address; readonly call: ContractCall },
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
