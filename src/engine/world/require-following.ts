import type { Address, Hex } from "viem";

import type { ObserveContext } from "../../protocols/contexts.js";
import type { Borrowed } from "../chain/borrowed-connection.js";
import type { Chain } from "../chain/chain.js";
import type { LensReader } from "../chain/lens-reader.js";
import type { BoundOracle } from "./bind-oracle.js";

import { parseAbi, size, toFunctionSelector } from "viem";

import { SiegeError } from "../../errors.js";
import { encodeCall } from "../../protocols/call.js";
import { addressKey } from "../../quantity/address.js";
import { instructionsOf } from "../../target/bytecode.js";

/** By what contracts read a price; functions of other names are told by their selectors. */
const KNOWN = parseAbi([
  "function latestAnswer() view returns (int256)",
  "function answer() view returns (int256)",
  "function price() view returns (uint256)",
  "function getPrice() view returns (uint256)",
  "function latestPrice() view returns (uint256)",
  "function getLatestPrice() view returns (uint256)",
  "function lastPrice() view returns (uint256)",
  "function currentPrice() view returns (uint256)",
  "function spotPrice() view returns (uint256)",
  "function value() view returns (uint256)",
  "function read() view returns (uint256)",
  "function rate() view returns (uint256)",
  "function getRate() view returns (uint256)",
]);

const NAMES: ReadonlyMap<Hex, string> = new Map(KNOWN.map((item) => [toFunctionSelector(item), `${item.name}()`]));

/** Bytes of a selector, and of a word. */
const SELECTOR = 4;
const WORD = 32;

/** The digits from which on a number says whose it is: half of all contracts have a constant of 10^18. */
const DIGITS = 3;

/** The most digits by which the decimals of two functions differ. */
const DECIMALS = 27;

/** What is published to see who follows: a price that is 1 % higher. */
const PROBE = 1.01;

/** A function that returns a number without being told anything. */
interface Reader {
  readonly address: Address;
  readonly selector: Hex;
  readonly returned: bigint;
}

/** The kind of feeds that are given their answers by functions of their own, too, see src/oracles/chainlink/chainlink.ts. */
const SET = "chainlink";

/**
 * The functions of a feed's contracts that return a number from storage, before its code is replaced. None of a feed that is not
 * replaced, unless it is a Chainlink feed: a mock, to which rounds are published by its own setter.
 */
export async function readersOf(chain: Chain, bound: BoundOracle): Promise<readonly Reader[]> {
  const { address, contracts } = bound;
  if (!isReplaced(bound) && bound.kind !== SET) return [];
  const places = new Map([address, ...Object.values(contracts)].map((one) => [addressKey(one), one]));
  const readers: Reader[] = [];
  for (const place of places.values()) {
    for (const selector of selectorsIn(await chain.code(place))) {
      const returned = await numberAt(chain, place, selector);
      // a constant is nobody's price
      if (returned === undefined || (await chain.touchedStorage(place, selector)).size === 0) continue;
      readers.push({ address: place, selector, returned });
    }
  }
  return readers;
}

function isReplaced({ publishing }: BoundOracle): boolean {
  return publishing.some(({ kind }) => kind === "code");
}

/**
 * Makes sure that whatever returned the price of a feed goes on doing so once its code is replaced, or once it is given its answers by
 * its own setter: a contract that reads another function would stay at the old price, and its consequences would look like a flaw of
 * the target.
 *
 * @throws SiegeError `READER_DOES_NOT_FOLLOW`
 */
export async function requireFollowing(
  chain: Chain,
  borrowed: Borrowed,
  feed: {
    readonly bound: BoundOracle;
    readonly readers: readonly Reader[];
    readonly reader: LensReader;
    readonly observed: ObserveContext;
  },
): Promise<void> {
  const { bound, readers, reader, observed } = feed;
  const { oracle } = bound;
  if (oracle === undefined || readers.length === 0) return;
  const view = await reader.read(bound.observe(observed));
  const price = oracle.price(view);
  if (!(price > 0)) return;
  const answers = readers.filter(({ returned, selector }) => isPrice(returned, price, NAMES.has(selector)));
  if (answers.length === 0) return;
  const { from, call } = oracle.publish(view, price * PROBE);
  const snapshot = await chain.snapshot();
  try {
    await borrowed.impersonate(from);
    const { timestamp } = await chain.latest();
    await chain.prepareBlock({ timestamp: timestamp + 1, baseFee: 0n, prevRandao: `0x${"00".repeat(WORD)}` });
    await chain.send({
      from,
      to: call.to,
      data: encodeCall(call),
      value: 0n,
      gas: 2_000_000n,
      maxFeePerGas: 1n,
      maxPriorityFeePerGas: 1n,
    });
    await chain.mine();
    // who does not take this price takes others: what follows is only seen when one is taken
    if (oracle.price(await reader.read(bound.observe(observed))) === price) return;
    for (const { address, selector, returned } of answers) {
      if ((await numberAt(chain, address, selector)) !== returned) continue;
      const name = NAMES.get(selector) ?? `the function ${selector}`;
      throw new SiegeError("READER_DOES_NOT_FOLLOW", {
        message: `The ${bound.name} feed ${address} returns its price from ${name}, too, and that would stay at the old price: ${isReplaced(bound) ? "rounds are published for latestRoundData() and latestAnswer()" : `rounds are published by ${call.function.name}(), which does not change it`}.`,
        hint: "Let contracts read latestRoundData(), give the feed a function that anybody may set its answer with (updateAnswer, setPrice), or publish to it with an oracle of your own: defineOracle of hardhat-siege/oracles.",
      });
    }
  } finally {
    await chain.revert(snapshot);
  }
}

/** What code compares the first bytes of the calldata with, as far as bytecode shows. */
function selectorsIn(code: Hex): ReadonlySet<Hex> {
  const selectors = new Set<Hex>();
  for (const { pushed } of instructionsOf(code)) if (pushed.length === 2 * SELECTOR) selectors.add(`0x${pushed}`);
  return selectors;
}

async function numberAt(chain: Chain, address: Address, selector: Hex): Promise<bigint | undefined> {
  const returned = await chain.call(address, selector);
  return returned === undefined || size(returned) !== WORD ? undefined : BigInt(returned);
}

/** Whether a number is a price in some decimals. */
function isPrice(number: bigint, price: number, isKnown: boolean): boolean {
  const digits = number.toString().replace(/0+$/, "");
  if (number === 0n || (!isKnown && digits.length < DIGITS)) return false;
  for (let decimals = 0; decimals <= DECIMALS; decimals += 1) {
    const shown = Number(number) / 10 ** decimals;
    if (Math.abs(shown - price) <= price * Number.EPSILON * 8) return true;
  }
  return false;
}
