import type { View } from "../view/view.js";
import type {
  ChainContext,
  Condition,
  ConditionDefinition,
  ConditionInspectContext,
  JudgeContext,
} from "./condition.js";
import type { GivenEvidence } from "./evidence.js";
import type { Unjudged } from "./unjudged.js";

import { erc20Abi, erc4626Abi, isAddressEqual } from "viem";

import { all, attempt, list, read } from "../protocols/read-plan.js";

import { defineCondition } from "./condition.js";
import { failuresOf } from "./failure.js";
import { fairShare } from "./fair-share.js";
import { noShortfall } from "./no-shortfall.js";
import { isUnjudged, nothingToJudge } from "./unjudged.js";
import { withdrawable } from "./withdrawable.js";

const ID = "sound";

/** The functions that identify an ERC-4626 vault. */
const VAULT = ["asset", "convertToAssets", "redeem", "totalSupply"];

/** A request for a withdrawal (https://eips.ethereum.org/EIPS/eip-7540). */
const REQUEST = "requestRedeem";

const ASKS = "uint256,address,address";

/** All, but for rounding. */
const WHOLE = 0.999;

interface Part {
  readonly definition: ConditionDefinition<unknown, unknown>;
  readonly facts: unknown;
}

interface Promises {
  readonly parts: readonly Part[];
  readonly isVault: boolean;
  /** The scenario's protocols of which the target is a contract. */
  readonly own: ReadonlySet<string>;
}

/**
 * The target keeps the promises of its kind: every depositor of an ERC-4626 vault can redeem everything, but for the exit fee
 * that `previewRedeem` tells at the start, or ask for it, where it has `requestRedeem` of ERC-7540 ({@link withdrawable}); of a
 * vault that holds its asset itself, nobody who does nothing loses a part of what is theirs ({@link fairShare}); and no protocol
 * of the scenario becomes short of what it owes ({@link noShortfall}). The default condition of presets. A target that is no vault,
 * and no contract of a protocol that reports a shortfall, promises nothing that is known: a shortfall of others is a violation, but
 * while there is none, nothing was judged.
 *
 * @example `sound()`
 */
export function sound(): Condition {
  return defineCondition<Promises, readonly unknown[], readonly unknown[]>({
    id: ID,
    // of fairShare
    results: true,
    inspect: async (context) => {
      const parts: Part[] = [];
      const isVault = isVaultLike(context);
      for (const { definition } of isVault ? await promisesOfVault(context) : [noShortfall()]) {
        // facts and readings are private to the definition that made them, and are only passed back to it
        const own = definition as unknown as ConditionDefinition<unknown, unknown>;
        parts.push({ definition: own, facts: await own.inspect?.(context) });
      }
      const own = [...context.protocols].flatMap(([name, addresses]) =>
        addresses.some((address) => isAddressEqual(address, context.target.address)) ? [name] : [],
      );
      return { parts, isVault, own: new Set(own) };
    },
    observe: ({ parts }, context) => list(parts.map(({ definition, facts }) => definition.observe(facts, context))),
    onChain: (context, { parts }) => {
      for (const [index, { definition, facts }] of parts.entries()) {
        const own: ChainContext<unknown> = { ...context, ...ofPart(context, index) };
        const returned = definition.judge(own, facts);
        if (isUnjudged(returned)) continue;
        if (failuresOf(definition.id, returned).length > 0) return definition.onChain?.(own, facts);
      }
      return undefined;
    },
    judge: (context, { parts, isVault, own }) => {
      const unjudged: Unjudged[] = [];
      const failures: GivenEvidence[] = [];
      const memories: unknown[] = [...(context.memory ?? [])];
      for (const [index, { definition, facts }] of parts.entries()) {
        const own: JudgeContext<unknown> = {
          ...context,
          reading: context.reading[index],
          start: context.start[index],
          memory: memories[index],
          remember: (memory) => void (memories[index] = memory),
        };
        const returned = definition.judge(own, facts);
        if (isUnjudged(returned)) unjudged.push(returned);
        else
          failures.push(...failuresOf(definition.id, returned).map(({ cause, evidence }) => ({ ...evidence, cause })));
      }
      context.remember(memories);
      if (failures.length > 0) return failures;
      // what cannot be read may hide anything; what has nothing to judge leaves the verdict to the other part
      const failed = unjudged.find((part) => part.unjudged === "failed");
      if (failed !== undefined) return failed;
      if (!isVault) return ofNoVault(context.view, own);
      if (unjudged.length < parts.length) return undefined;
      // each tells why once
      return nothingToJudge([...new Set(unjudged.map((part) => part.why))].join(", and "));
    },
  });
}

/** What one part sees of it, without a memory for what it says. */
function ofPart(
  {
    reading,
    start,
    memory = [],
  }: Pick<JudgeContext<readonly unknown[], readonly unknown[]>, "memory" | "reading" | "start">,
  index: number,
): Pick<JudgeContext<unknown>, "memory" | "reading" | "remember" | "start"> {
  return { reading: reading[index], start: start[index], memory: memory[index], remember: () => undefined };
}

/** What is said of a target that is no vault while no protocol is short. */
function ofNoVault({ shortfalls }: View, own: ReadonlySet<string>): Unjudged | undefined {
  const reporting = [...shortfalls.keys()];
  if (reporting.some((name) => own.has(name))) return undefined;
  const others =
    reporting.length === 0
      ? "no protocol of the scenario reports a shortfall"
      : `a shortfall is reported by ${reporting.join(" and ")} alone, of which the target is no part`;
  return nothingToJudge(`the target is not an ERC-4626 vault, and ${others}`);
}

function isVaultLike({ target }: ConditionInspectContext): boolean {
  const names = new Set(target.abi.flatMap((item) => (item.type === "function" ? [item.name] : [])));
  return VAULT.every((name) => names.has(name));
}

async function promisesOfVault(context: ConditionInspectContext): Promise<readonly Condition[]> {
  const { target } = context;
  const { exitFee, isIdle } = await kindOfVault(context);
  const requests = target.abi.some(
    (item) => item.type === "function" && item.name === REQUEST && item.inputs.map(({ type }) => type).join() === ASKS,
  );
  return [
    withdrawable({ minimum: WHOLE * (1 - exitFee), ...(requests ? { request: REQUEST } : {}) }),
    // what is invested elsewhere may honestly lose value
    ...(isIdle ? [fairShare()] : []),
    noShortfall(),
  ];
}

/** The fee that `previewRedeem` tells (`convertToAssets` is without fees), and whether a vault holds its asset itself. */
async function kindOfVault({
  target: { address },
  read: readNow,
}: ConditionInspectContext): Promise<{ readonly exitFee: number; readonly isIdle: boolean }> {
  const vault = { address, abi: erc4626Abi } as const;
  const { asset, decimals, supply } = await readNow(
    all({
      asset: attempt(read({ ...vault, functionName: "asset" })),
      decimals: attempt(read({ address, abi: erc20Abi, functionName: "decimals" })),
      supply: attempt(read({ ...vault, functionName: "totalSupply" })),
    }),
  );
  if (asset === undefined) return { exitFee: 0, isIdle: false };
  const shares = 10n ** BigInt(decimals ?? 18);
  const { worth, paid, owed, held } = await readNow(
    all({
      worth: attempt(read({ ...vault, functionName: "convertToAssets", args: [shares] })),
      paid: attempt(read({ ...vault, functionName: "previewRedeem", args: [shares] })),
      owed: attempt(read({ ...vault, functionName: "convertToAssets", args: [supply ?? 0n] })),
      held: attempt(read({ address: asset, abi: erc20Abi, functionName: "balanceOf", args: [address] })),
    }),
  );
  const isFeeKnown = worth !== undefined && paid !== undefined && paid > 0n && paid < worth;
  return {
    exitFee: isFeeKnown ? Number(worth - paid) / Number(worth) : 0,
    isIdle: owed !== undefined && held !== undefined && Number(held) >= Number(owed) * WHOLE,
  };
}
