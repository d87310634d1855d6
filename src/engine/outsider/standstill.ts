import type { Address, Hex } from "viem";

import type { ContractCall } from "../../protocols/call.js";
import type { OpenCall } from "../../protocols/open-amount.js";
import type { Approval } from "../../protocols/preparation.js";
import type { BlockEnvironment } from "../chain/chain.js";
import type { Transaction } from "../chain/transaction.js";
import type { RunState } from "../run/state.js";
import type { BalanceSheet } from "../world/balance-sheet.js";
import type { World } from "../world/world.js";
import type { Change } from "./holdings.js";

import { encodeCall } from "../../protocols/call.js";
import { withFound } from "../../protocols/open-amount.js";
import { addressKey } from "../../quantity/address.js";
import { nextRandao } from "../chain/prev-randao.js";
import { MAX_GAS } from "../run/intent.js";
import { resolveMoves } from "../run/resolving/resolve.js";
import { APPROVAL_GAS, approvalsOf, approve } from "../world/funding/approvals.js";
import { ObservedView } from "../world/observed-view.js";

import { changeOf, holdingsOf } from "./holdings.js";
import { OUTSIDER_ADDRESS } from "./outsider.js";

/** What became of a call that was tried. */
export interface Attempt {
  readonly call: ContractCall;
  readonly success: boolean;
  /** What it changed for the outsider. */
  readonly change: Change;
}

/** A call that the state accepts, with its open amount. */
export interface Accepted {
  readonly call: ContractCall;
  readonly amount: bigint;
}

/** The state at the beginning of a pause. Calls are tried in it one at a time, and nothing of them lasts. */
export class Standstill {
  readonly view: ObservedView;
  /** Calls that were tried so far. */
  tried = 0;
  readonly #world: World;
  readonly #environment: BlockEnvironment;
  readonly #snapshot: Hex;
  /** What the outsider has at first. */
  readonly had: BalanceSheet;
  /** What is left after the approvals, whose gas nothing has to earn. */
  readonly #before: BalanceSheet;
  readonly #gas: bigint;
  /** Seconds since the block that was mined last. */
  #passed: number;

  private constructor(
    world: World,
    parts: {
      readonly view: ObservedView;
      readonly environment: BlockEnvironment;
      readonly snapshot: Hex;
      readonly had: BalanceSheet;
      readonly before: BalanceSheet;
      readonly passed: number;
      readonly gas: bigint;
    },
  ) {
    this.#world = world;
    this.view = parts.view;
    this.#environment = parts.environment;
    this.#snapshot = parts.snapshot;
    this.had = parts.had;
    this.#before = parts.before;
    this.#passed = parts.passed;
    this.#gas = parts.gas;
  }

  /** Opens the state that the chain is in. The outsider approves whom its calls may take tokens for. */
  static async open(world: World, state: RunState): Promise<Standstill> {
    const { chain, frame } = world;
    const { block, clock, prices, space, results, seen, fees, created } = state;
    const moment = { block, timestamp: clock.at(block), prices, space, results, seen, fees, created: created.known };
    const view = new ObservedView(frame, state.observation, moment);
    const environment = {
      timestamp: moment.timestamp,
      baseFee: space.baseFee,
      prevRandao: nextRandao(state.randao),
    };
    const snapshot = await chain.snapshot();
    const had = await holdingsOf(world, OUTSIDER_ADDRESS);
    await world.impersonate(OUTSIDER_ADDRESS);
    let passed = 0;
    const approvals = approvalsIn(world);
    const atOnce = Math.max(1, Number(space.gasLimit / APPROVAL_GAS));
    for (let first = 0; first < approvals.length; first += atOnce) {
      passed += 1;
      await chain.prepareBlock({ ...environment, timestamp: environment.timestamp + passed });
      for (const approval of approvals.slice(first, first + atOnce)) {
        await chain.send(transaction(OUTSIDER_ADDRESS, approve(approval), APPROVAL_GAS, environment.baseFee));
      }
      await chain.mine();
    }
    const before = await holdingsOf(world, OUTSIDER_ADDRESS);
    const gas = space.gasLimit < MAX_GAS ? space.gasLimit : MAX_GAS;
    return new Standstill(world, { view, environment, snapshot, had, before, passed, gas });
  }

  /** The largest amount of an open call that the state accepts; `undefined` if it accepts none. */
  async accepted(from: Address, open: OpenCall): Promise<Accepted | undefined> {
    const environment = { ...this.#environment, timestamp: this.#environment.timestamp + this.#passed + 1 };
    const moves = [{ kind: "move" as const, alternatives: [{ from, call: open }] }];
    const { moves: outcomes } = await resolveMoves(this.#world, environment, moves);
    const [outcome] = outcomes;
    return outcome?.alternative === undefined
      ? undefined
      : { call: withFound(open, outcome.amount), amount: outcome.amount };
  }

  /** Makes a call of the outsider, and lets something be tried behind it; takes all of it back. */
  async behind<T>(call: ContractCall, tried: () => Promise<T>): Promise<T | undefined> {
    return this.#meanwhile(async () => {
      const attempt = await this.#made(OUTSIDER_ADDRESS, call);
      return attempt?.success === true ? tried() : undefined;
    });
  }

  /** Makes a call, and takes it back. The change is the outsider's, since the state was opened. */
  async made(from: Address, call: ContractCall): Promise<Attempt | undefined> {
    return this.#meanwhile(() => this.#made(from, call));
  }

  /** Leaves the chain as it was. */
  async close(): Promise<void> {
    await this.#world.revert(this.#snapshot);
  }

  async #meanwhile<T>(play: () => Promise<T>): Promise<T> {
    const snapshot = await this.#world.chain.snapshot();
    const passed = this.#passed;
    try {
      return await play();
    } finally {
      this.#passed = passed;
      await this.#world.revert(snapshot);
    }
  }

  async #made(from: Address, call: ContractCall): Promise<Attempt | undefined> {
    const { chain } = this.#world;
    const { baseFee } = this.#environment;
    this.tried += 1;
    this.#passed += 1;
    await chain.prepareBlock({ ...this.#environment, timestamp: this.#environment.timestamp + this.#passed });
    await this.#world.impersonate(from);
    const sent = await chain.send(transaction(from, call, this.#gas, baseFee));
    if ("refused" in sent) return undefined;
    if ((await chain.mineIfPaid()) !== undefined) {
      await chain.drop(sent.hash);
      return undefined;
    }
    const receipt = await chain.receipt(sent.hash);
    const after = await holdingsOf(this.#world, OUTSIDER_ADDRESS);
    const gas = from === OUTSIDER_ADDRESS ? (receipt?.gasUsed ?? 0n) * baseFee : 0n;
    const change = changeOf(this.#world, OUTSIDER_ADDRESS, {
      before: this.#before,
      after,
      price: (asset) => this.view.price(asset),
      gas,
    });
    return { call, success: receipt?.success === true, change };
  }
}

/** Whom an outsider approves, each pair of token and spender once. */
function approvalsIn({ frame, target, tokens, scenario }: World): readonly Approval[] {
  const protocols = [...frame.protocols.values()].map(({ bound }) => bound);
  const funded = tokens.all().filter(({ asset }) => asset !== undefined && scenario.assets.has(asset));
  const spenders = [target.address, ...protocols.flatMap((one) => (one.functions === undefined ? [] : [one.address]))];
  return approvalsOf(protocols, funded, spenders);
}

/** The approvals that a call which pays tokens needs. */
export function approvalsFor(world: World, pays: readonly { readonly address: Address }[]): readonly ContractCall[] {
  const paid = new Set(pays.map(({ address }) => addressKey(address)));
  return approvalsIn(world)
    .filter(({ token }) => paid.has(addressKey(token)))
    .map(approve);
}

function transaction(from: Address, call: ContractCall, gas: bigint, baseFee: bigint): Transaction {
  const { to, value = 0n } = call;
  return { from, to, data: encodeCall(call), value, gas, maxFeePerGas: baseFee, maxPriorityFeePerGas: 0n };
}
