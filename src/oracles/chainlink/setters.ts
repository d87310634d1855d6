import type { AbiFunction, Address } from "viem";

import type { ContractCall } from "../../protocols/call.js";
import type { ReadPlan } from "../../protocols/read-plan.js";

import { parseAbi } from "viem";

import { call, encodeCall } from "../../protocols/call.js";
import { feedAbi } from "../../protocols/price-feed-abi.js";
import { after, attempt, list, read } from "../../protocols/read-plan.js";

import { STAND_IN_PUBLISHER } from "./stand-in-feed.js";

/** By which mocks of feeds take an answer: those of Chainlink's MockV3Aggregator and of projects' own. */
const SETTERS = parseAbi([
  "function updateAnswer(int256 answer)",
  "function setAnswer(int256 answer)",
  "function setLatestAnswer(int256 answer)",
  "function setPrice(int256 answer)",
  "function setPrice(uint256 answer)",
  "function updatePrice(int256 answer)",
]);

/** A mock within bounds of its own takes at least one of a slightly higher and a slightly lower answer: a thousandth. */
const STEP = 1_000n;

interface Probe {
  readonly setter: AbiFunction;
  readonly answer: bigint;
}

/** A call of a setter. */
export function setterCall(address: Address, setter: AbiFunction, answer: bigint): ContractCall {
  return call({ address, abi: [setter], functionName: setter.name, args: [answer] });
}

/**
 * The function by which anybody may give a mock its answers, so that whatever reads the mock sees them.
 *
 * @param now - timestamp of the latest block: an answer that does not get it stays as old as it was
 */
export function setterPlan(
  feed: Address,
  { answer, now }: { readonly answer: bigint; readonly now: number },
): ReadPlan<AbiFunction | undefined> {
  const change = answer / STEP === 0n ? 1n : answer / STEP;
  const probes = SETTERS.flatMap((setter): readonly Probe[] =>
    [answer + change, answer - change].filter((one) => one > 0n).map((one) => ({ setter, answer: one })),
  );
  const rounds = list(
    probes.map((probe) =>
      attempt(
        after(
          [
            {
              from: STAND_IN_PUBLISHER,
              to: feed,
              data: encodeCall(setterCall(feed, probe.setter, probe.answer)),
            },
          ],
          read({ address: feed, abi: feedAbi, functionName: "latestRoundData" }),
        ),
      ),
    ),
  );
  return {
    ...rounds,
    decode: (results, simulations) => {
      const seen = rounds.decode(results, simulations);
      return probes.find((probe, index) => {
        const round = seen[index];
        return round?.[1] === probe.answer && round[3] >= BigInt(now);
      })?.setter;
    },
  };
}
