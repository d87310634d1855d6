import type { Hex } from "viem";

import type { BlockEnvironment } from "../../chain/chain.js";
import type { LaneChannel } from "../../chain/solidity-lane/channel.js";
import type { LaneProvider } from "../../chain/solidity-lane/lane-provider.js";
import type { Observation } from "../observation.js";
import type {
  BatchedCall,
  CallReceipt,
  CallResult,
  ExecutedBlock,
  Executor,
  Inclusion,
  PlacedCall,
} from "./executor.js";

import { keccak256, stringToHex } from "viem";

import { SiegeError } from "../../../errors.js";
import { encodeCall } from "../../../protocols/call.js";
import { COMMANDS, number } from "../../chain/solidity-lane/commands.js";
import { upfrontCost } from "../../chain/transaction.js";

import { intrinsicGas, MAX_WEI, receiptsOf, refusalOf, resultsOf, UNPAID } from "./batch.js";
import { descending } from "./fees.js";
import { unpackLogs } from "./recorded-logs.js";

/** The blocks are no transactions: nothing is found under this hash. */
const NO_HASH: Hex = keccak256(stringToHex("hardhat-siege lane"));

/** The gas that a call uses as a transaction; `undefined` if it is not known. */
type GasOf = (call: PlacedCall) => bigint | undefined;

/** What the executor needs of a lane. */
interface SolidityParameters {
  readonly channel: LaneChannel;
  readonly provider: LaneProvider;
  /** Makes an observation of the batched read's result. */
  readonly observation: (answer: Hex) => Observation;
  /** For what senders pay. Default: nothing is known, and nobody pays. */
  readonly gasOf?: GasOf;
}

/**
 * The calls of a block and the read after them in one exchange with a test in EDR's Solidity test runner, which makes each call
 * in the name of its sender.
 *
 * It agrees with the faithful executor (a property test over all fixtures) except for what a call can see of the
 * calls before it: a run is one transaction, so slots that were touched are warm, transient storage outlives calls, and so do
 * contracts that destroy themselves in the call that created them. Fees are not paid unless it is known what they are, and the
 * hashes of the run's own blocks are not known. Its findings are therefore only candidates; the faithful executor decides.
 */
export class SolidityExecutor implements Executor {
  readonly kind = "solidity";
  readonly #parameters: SolidityParameters;

  constructor(parameters: SolidityParameters) {
    this.#parameters = parameters;
  }

  /** The same, with senders that pay for their gas as far as it is known how much that is. */
  charging(gasOf: GasOf): SolidityExecutor {
    return new SolidityExecutor({ ...this.#parameters, gasOf });
  }

  async execute(environment: BlockEnvironment, calls: readonly PlacedCall[]): Promise<ExecutedBlock> {
    const { channel, provider, observation, gasOf = () => undefined } = this.#parameters;
    const refusals = calls.map(refusalOf);
    const included = calls.filter((_call, index) => refusals[index] === undefined);
    const moveCoin = included.some(({ call }) => (call.value ?? 0n) > 0n);
    const paid = packCalls(included, environment.baseFee, gasOf);
    const coming = provider.coming;
    provider.mined(environment);
    const answer = await channel.ask(COMMANDS.block(coming, environment, { moveCoin, packed: paid.packed }));
    const { outcomes, read } = unpackAnswer(answer, included.length);
    let next = 0;
    const inclusions = refusals.map((reason): Inclusion => {
      if (reason !== undefined) return { kind: "refused", reason };
      const fee = paid.fees[next];
      const call = outcomes[next++];
      if (call === undefined) return { kind: "refused", reason: UNPAID };
      return { kind: "batched", hash: NO_HASH, ...call, ...(fee === undefined || fee === 0n ? {} : { fee }) };
    });
    return { inclusions, flow: [], mined: [], observation: observation(read) };
  }

  async receipts(inclusions: readonly Inclusion[]): Promise<readonly (CallReceipt | undefined)[]> {
    return receiptsOf(inclusions);
  }

  async results(inclusions: readonly Inclusion[]): Promise<readonly (CallResult | undefined)[]> {
    return resultsOf(inclusions);
  }
}

function packCalls(
  calls: readonly PlacedCall[],
  baseFee: bigint,
  gasOf: GasOf,
): { readonly packed: string; readonly fees: readonly bigint[] } {
  const tips = descending(calls.map(({ tip }) => tip));
  const fees: bigint[] = [];
  let packed = "";
  for (const [index, placed] of calls.entries()) {
    const { from, call, gas } = placed;
    const data = encodeCall(call);
    const value = call.value ?? 0n;
    const price = baseFee + (tips[index] ?? 0n);
    const fee = (gasOf(placed) ?? 0n) * price;
    fees.push(fee);
    const cost = upfrontCost({ value, gas, maxFeePerGas: price, maxPriorityFeePerGas: 0n });
    packed += `${from.slice(2)}${number(cost > MAX_WEI ? MAX_WEI : cost, 12)}${number(gas - intrinsicGas(data), 8)}${number(price, 16)}${number(fee, 12)}`;
    packed += `${call.to.slice(2)}${number(value, 12)}${number(data.length / 2 - 1, 4)}${data.slice(2)}`;
  }
  return { packed, fees };
}

/** @throws SiegeError `INTERNAL` if it is not what the lane writes */
function unpackAnswer(
  answer: Hex,
  count: number,
): { readonly outcomes: readonly (BatchedCall | undefined)[]; readonly read: Hex } {
  const outcomes: (BatchedCall | undefined)[] = [];
  let at = 2;
  while (outcomes.length < count) {
    if (at + 2 > answer.length) throw nonsense(count, outcomes.length);
    const kind = answer.slice(at, at + 2);
    at += 2;
    if (kind === "00") {
      outcomes.push(undefined);
      continue;
    }
    const gasUsed = BigInt(`0x${answer.slice(at, at + 16)}`);
    const returned = at + 24;
    const logs = returned + 2 * Number.parseInt(answer.slice(at + 16, returned), 16);
    const end = logs + 8 + 2 * Number.parseInt(answer.slice(logs, logs + 8), 16);
    outcomes.push({
      result: { success: kind === "02", returned: `0x${answer.slice(returned, logs)}` },
      gasUsed,
      // what a call that failed logged is reverted
      logs: kind === "02" ? unpackLogs(answer.slice(logs + 8, end)) : [],
    });
    at = end;
  }
  return { outcomes, read: `0x${answer.slice(at)}` };
}

function nonsense(count: number, left: number): SiegeError {
  return new SiegeError("INTERNAL", {
    message: `A block of ${count} calls in the Solidity test runner left ${left} results.`,
    hint: 'Search with { executor: "faithful" } and report this with the scenario.',
  });
}
