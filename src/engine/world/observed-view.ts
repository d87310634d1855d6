import type { Address } from "viem";

import type { KnownValues } from "../../protocols/known-values.js";
import type { ProtocolFactory } from "../../protocols/protocol.js";
import type { Role } from "../../protocols/roles/role.js";
import type { Token } from "../../protocols/token.js";
import type { Dictionary } from "../../target/dictionary.js";
import type { ActionResult, PendingCall, View } from "../../view/view.js";
import type { BlockSpace } from "../run/block-building/block-space.js";
import type { BalanceSheet } from "./balance-sheet.js";
import type { BoundProtocol } from "./bind-protocol.js";
import type { KnownFromStart, Seen } from "./known.js";
import type { Observation, Part } from "./observation.js";

import { oneOf, SiegeError } from "../../errors.js";
import { nameTaken } from "../../protocols/roles/role.js";
import { addressKey } from "../../quantity/address.js";

import { knownValues, NOTHING_SEEN } from "./known.js";

/** The parts of a view that do not change during a campaign. */
export interface ViewFrame {
  readonly accounts: ReadonlyMap<string, Address>;
  /** The same with those that set the chain up, such as the deployer: whom calls of contracts' own functions may name. */
  readonly nameable: ReadonlyMap<string, Address>;
  /** Contracts of the protocols by name. */
  readonly contracts: ReadonlyMap<string, Address>;
  readonly target: { readonly name: string; readonly address: Address };
  readonly nativeAsset: string | undefined;
  /** What an account keeps of its native coin to pay for gas, wei. */
  readonly gasMoney: (account: Address) => bigint;
  readonly tokens: ReadonlyMap<string, Token>;
  readonly protocols: ReadonlyMap<string, { readonly bound: BoundProtocol; readonly part: Part<unknown> }>;
  readonly balances: Part<BalanceSheet>;
  /** What the contracts under siege say in each state, and what is known of them from the start. */
  readonly dictionary: Part<Dictionary>;
  readonly fromStart: KnownFromStart;
}

/** What a view shows apart from the state. */
export interface ViewMoment {
  readonly block: number;
  readonly timestamp: number;
  readonly prices: ReadonlyMap<string, number>;
  readonly space: BlockSpace;
  readonly pending?: readonly PendingCall[];
  /** What events said so far. Default: nothing. */
  readonly seen?: Seen;
  /** What accounts have paid for gas, wei, by lower-case address: what is known does not depend on it. Default: nothing. */
  readonly fees?: ReadonlyMap<string, bigint>;
  /** Contracts that were created in the run, by the name of their code. */
  readonly created?: ReadonlyMap<string, readonly Address[]>;
  /** `undefined`: nothing in the scenario reads them. */
  readonly results: readonly ActionResult[] | undefined;
}

/** The state after a block, with the fair prices and the clock of the next. */
export class ObservedView implements View {
  readonly block: number;
  readonly timestamp: number;
  readonly baseFee: bigint;
  readonly gasPrice: bigint;
  readonly pending: readonly PendingCall[];
  readonly created: ReadonlyMap<string, readonly Address[]>;
  readonly #frame: ViewFrame;
  readonly #observation: Observation;
  readonly #prices: ReadonlyMap<string, number>;
  readonly #results: readonly ActionResult[] | undefined;
  readonly #seen: Seen;
  readonly #fees: ReadonlyMap<string, bigint>;
  #known: KnownValues | undefined;
  /** What agents ask for again and again, made once. */
  readonly #players = new Map<Role<unknown>, ReadonlyMap<string, unknown>>();

  constructor(frame: ViewFrame, observation: Observation, moment: ViewMoment) {
    this.#frame = frame;
    this.#observation = observation;
    this.#prices = moment.prices;
    this.#results = moment.results;
    this.#seen = moment.seen ?? NOTHING_SEEN;
    this.#fees = moment.fees ?? new Map();
    this.block = moment.block;
    this.timestamp = moment.timestamp;
    this.baseFee = moment.space.baseFee;
    this.gasPrice = moment.space.price;
    this.pending = moment.pending ?? [];
    this.created = moment.created ?? new Map();
  }

  get accounts(): ReadonlyMap<string, Address> {
    return this.#frame.accounts;
  }
  get target(): { readonly name: string; readonly address: Address } {
    return this.#frame.target;
  }
  get nativeAsset(): string | undefined {
    return this.#frame.nativeAsset;
  }
  get tokens(): ReadonlyMap<string, Token> {
    return this.#frame.tokens;
  }

  get results(): readonly ActionResult[] {
    if (this.#results !== undefined) return this.#results;
    throw new SiegeError("RESULTS_NOT_KEPT", {
      message: "The results of the last block's calls were not kept.",
      hint: "Set results: true in the agent or the condition that reads view.results.",
    });
  }

  price(asset: string): number {
    const price = this.#prices.get(asset);
    if (price === undefined) throw unknownAsset(asset, this.#prices.keys());
    return price;
  }

  tokenOf(asset: string): Token {
    for (const token of this.#frame.tokens.values()) if (token.asset === asset) return token;
    if (!this.#prices.has(asset)) throw unknownAsset(asset, this.#prices.keys());
    throw new SiegeError("UNKNOWN_ASSET", {
      message: `The asset "${asset}" has no token.`,
      hint: `Give it one: assets: { ${asset}: { price, token } }.`,
    });
  }

  balance(token: Address, account: Address): bigint {
    return this.#observation.get(this.#frame.balances).token(token, account);
  }

  nativeBalance(account: Address): bigint {
    return this.#observation.get(this.#frame.balances).native(account);
  }

  at<V>(factory: ProtocolFactory<never, V>, name?: string): V {
    const ofKind = [...this.#frame.protocols.values()].filter(({ bound }) => bound.kind === factory.kind);
    const found =
      name === undefined
        ? ofKind.length === 1
          ? ofKind[0]
          : undefined
        : ofKind.find(({ bound }) => bound.name === name);
    if (found === undefined) {
      throw new SiegeError("UNKNOWN_PROTOCOL", {
        message:
          name === undefined
            ? `The scenario has ${ofKind.length === 0 ? "no" : "more than one"} ${factory.kind} protocol, and none was named.`
            : `The scenario has no ${factory.kind} protocol named "${name}".`,
        hint: oneOf(
          ofKind.map(({ bound }) => bound.name),
          `Add one to the scenario's protocols: { ${name ?? factory.kind}: ${factory.kind}(address) }.`,
        ),
      });
    }
    // the factory is of the kind whose definition decoded this part
    return this.#observation.get(found.part) as V;
  }

  all<T>(role: Role<T>): ReadonlyMap<string, T> {
    let players = this.#players.get(role);
    if (players === undefined) {
      players = this.#playersOf(role);
      this.#players.set(role, players);
    }
    // a role is an object of its own, and `plays` has compared its type with what was made
    return players as ReadonlyMap<string, T>;
  }

  /** What may be an argument of a call. */
  get known(): KnownValues {
    const { dictionary, fromStart, gasMoney } = this.#frame;
    this.#known ??= knownValues(this.#observation.get(dictionary), this.#seen, fromStart, {
      native: (account) => this.nativeBalance(account) + (this.#fees.get(addressKey(account)) ?? 0n),
      gasMoney,
      timestamp: this.timestamp,
      prices: this.#prices,
    });
    return this.#known;
  }

  get shortfalls(): ReadonlyMap<string, number> {
    return new Map(
      [...this.#frame.protocols.values()].flatMap(({ bound, part }) =>
        bound.shortfall === undefined
          ? []
          : [[bound.name, bound.shortfall(this.#observation.get(part), (asset) => this.price(asset))] as const],
      ),
    );
  }

  #playersOf(role: Role<unknown>): ReadonlyMap<string, unknown> {
    const players = new Map<string, unknown>();
    for (const { bound, part } of this.#frame.protocols.values()) {
      for (const played of bound.roles) {
        if (played.role === role) players.set(bound.name, played.play(this.#observation.get(part)));
        else if (played.role.name === role.name) throw nameTaken("An agent or a condition", role);
      }
    }
    return players;
  }

  /** What was read of a protocol, by name. */
  of(name: string): unknown {
    const protocol = this.#frame.protocols.get(name);
    return protocol === undefined ? undefined : this.#observation.get(protocol.part);
  }
}

function unknownAsset(asset: string, names: Iterable<string>): SiegeError {
  return new SiegeError("UNKNOWN_ASSET", {
    message: `The scenario has no asset "${asset}".`,
    hint: oneOf(names, `Add it: assets: { ${asset}: { price } }.`),
  });
}

/**
 * What an account owns, US dollars: native coin, tokens that stand for assets, and what protocols hold for it.
 *
 * @param price - the prices to value it at, which need not be the view's own
 */
export function worth(
  frame: ViewFrame,
  view: ObservedView,
  account: Address,
  price: (asset: string) => number,
): number {
  let total = 0;
  if (frame.nativeAsset !== undefined) {
    total += toNumber(view.nativeBalance(account), 18) * price(frame.nativeAsset);
  }
  for (const token of frame.tokens.values()) {
    if (token.asset !== undefined)
      total += toNumber(view.balance(token.address, account), token.decimals) * price(token.asset);
  }
  for (const { bound } of frame.protocols.values()) {
    if (bound.value !== undefined) total += bound.value(view.of(bound.name), account, price);
  }
  return total;
}

function toNumber(amount: bigint, decimals: number): number {
  return Number(amount) / 10 ** decimals;
}
