import type { StepDescription } from "../../events/step-description.js";
import type { Certificate } from "../../minimise/certificate.js";
import type { Violation } from "../../run/outcome.js";
import type { World } from "../../world/world.js";
import type { Cascade, CascadeEdge, CascadeNode } from "../cascade.js";
import type { Gauge } from "./gauges.js";
import type { ObservedFrame } from "./observed-run.js";
import type { Frame, ToldTransfer } from "./timeline.js";

import { lendingMarket } from "../../../protocols/roles/lending-market.js";
import { marginMarket } from "../../../protocols/roles/margin-market.js";
import { erc20 } from "../../../protocols/tokens/erc20.js";
import { addressKey } from "../../../quantity/address.js";
import { usd } from "../../../quantity/amount.js";
import { format, formatFactor, formatPercent } from "../../../quantity/format.js";
import { legible } from "../../../quantity/legible.js";
import { QUOTED_UNITS } from "../../../quantity/quote.js";
import { holderOf } from "../../chain/traces.js";
import { contractsOf } from "../../world/name-book.js";
import { isReached, pruned } from "../cascade.js";

import { gaugeKey } from "./gauges.js";

/** A price on the chain moves if it changes by more than this fraction. */
const MOVED = 0.005;

/** A position that can be liquidated is told again once its factor is lower by this fraction. */
const WORSE = 0.02;

/** A shortfall of less is a rounding error, US dollars. */
const SHORT = 0.01;

/** The most nodes: of a longer run, the last ones. */
const MOST_NODES = 60;

/** The widest label. */
const LABEL = 120;

/** What causes are looked for in. */
export interface Evidence {
  readonly world: World;
  readonly violation: Violation;
  readonly steps: readonly StepDescription[];
  readonly certificate: Certificate | undefined;
  readonly frames: readonly ObservedFrame[];
  /** Of each frame. */
  readonly gauges: readonly (readonly Gauge[])[];
  /** Of each frame. */
  readonly told: readonly Pick<Frame, "actor" | "calls" | "transfers">[];
  readonly nameOf: (address: `0x${string}`) => string;
}

/** Finds out who caused what, see {@link Cascade}. */
export function cascadeOf(evidence: Evidence): Cascade {
  const search = new Causes(evidence);
  evidence.frames.forEach((frame, index) => {
    if (index > 0) search.after(frame, index);
  });
  return search.cascade();
}

class Causes {
  readonly #evidence: Evidence;
  readonly #nodes = new Map<string, CascadeNode>();
  readonly #edges: CascadeEdge[] = [];
  /** Edges that state alone shows: those that a longer way implies are left out. */
  readonly #ofState = new Set<CascadeEdge>();
  /** The node that last wrote each slot. */
  readonly #writers = new Map<string, number>();
  /** Prices on the chain that a frame moved: the node, by the frame and the protocol. */
  readonly #impacts = new Map<string, string>();
  /** The node of the last fall below one, and how low it was, by the key of the gauge. */
  readonly #unhealthy = new Map<string, { readonly id: string; readonly factor: number }>();
  readonly #losses = new Map<string, string>();
  /** The node of an asset's last move. */
  readonly #moves = new Map<string, string>();
  /** The node of a feed's last fault. */
  readonly #faults = new Map<string, string>();
  /** Contracts of protocols and feeds, by address. */
  readonly #protocolAt: ReadonlyMap<string, string>;

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
    const { frame } = evidence.world;
    this.#protocolAt = new Map(
      [...frame.protocols].flatMap(([name, { bound }]) =>
        contractsOf(bound).map(([, address]) => [addressKey(address), name] as const),
      ),
    );
  }

  after(frame: ObservedFrame, index: number): void {
    const { steps } = this.#evidence;
    const step = frame.step === undefined ? undefined : steps[frame.step];
    const node = this.#nodeOf(frame, index);
    if (step?.data.kind === "market") this.#moves.set(step.data.asset, node);
    if (step?.data.kind === "oracle") this.#faults.set(step.actor, node);
    const isNews = frame.feed === undefined || this.#published(frame.feed, node, index);
    if (frame.feed === undefined) this.#read(frame, node, index);
    this.#liquidated(frame, node, index);
    this.#changed(frame, node, index);
    this.#judged(frame, node, index);
    // a heartbeat tells nothing new
    for (const slot of isNews ? (frame.did?.accesses.written ?? []) : []) this.#writers.set(slot, index);
  }

  cascade(): Cascade {
    const { violation, steps, certificate } = this.#evidence;
    const { condition, block, evidence, cause } = violation;
    const label = legible(`${condition}: ${evidence.summary}`, LABEL);
    const { id } = this.#add({ id: "violation", label, block, kind: "violation" });
    for (const [protocol, loss] of this.#losses) {
      const isAbout =
        cause.includes(protocol) || evidence.quantities.some(({ of, kind }) => of === protocol || kind === "bad debt");
      if (isAbout) this.#edge(loss, id, `${condition} counts what ${protocol} is short of`);
    }
    // what nothing else explains, the minimiser does: it tried the run without the step
    const deletions = new Map(
      (certificate?.deletions ?? []).flatMap(({ step, inner, without }) =>
        inner === undefined ? [[step, without] as const] : [],
      ),
    );
    for (const { step } of steps.toReversed()) {
      const node = this.#nodes.get(`step-${step}`);
      const without = deletions.get(step);
      if (node === undefined || without === undefined || isReached(this.#edges, node.id, id)) continue;
      const because = without === "survived" ? "without it, the target survives" : "without it, something else breaks";
      const frame = this.#evidence.frames.findIndex((one) => one.step === step);
      const impact = [...this.#impacts].find(([at]) => at.startsWith(`${frame} `))?.[1];
      this.#edge(impact ?? node.id, id, because);
    }
    const cascade = pruned({ nodes: this.#inOrder(), edges: this.#edges }, (edge) => this.#ofState.has(edge));
    const nodes = cascade.nodes.slice(-MOST_NODES);
    const ids = new Set(nodes.map((one) => one.id));
    return { nodes, edges: cascade.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
  }

  /** Consequences are added after their causes, and the violation last. */
  #inOrder(): readonly CascadeNode[] {
    return [...this.#nodes.values()];
  }

  #nodeOf(frame: ObservedFrame, index: number): string {
    const { block, step, feed, kind } = frame;
    const { steps, told } = this.#evidence;
    const described = step === undefined ? undefined : steps[step];
    if (described !== undefined) {
      const { data, actor, action } = described;
      const isCall = "function" in data;
      const label = isCall
        ? `${actor}: ${data.target.name}.${data.function}`
        : data.kind === "market"
          ? action
          : `${actor} ${action}`;
      return this.#add({
        id: `step-${described.step}`,
        label: legible(label, LABEL),
        block,
        step: described.step,
        kind: data.kind,
      }).id;
    }
    const { actor, calls } = told[index] ?? {};
    if (feed !== undefined) {
      const shown = priceText(this.#gauge(index, "feed", feed));
      const label = shown === undefined ? `${feed} publishes` : `${feed} shows ${shown}`;
      return this.#add({ id: `round-${index}`, label: legible(label, LABEL), block, kind: "round" }).id;
    }
    if (kind === "transaction") {
      const label = legible(`${actor ?? "someone"}: ${calls?.[0]?.text ?? "a recorded transaction"}`, LABEL);
      return this.#add({ id: `transaction-${index}`, label, block, kind: "transaction" }).id;
    }
    return this.#add({ id: `time-${index}`, label: `block ${block}: time passes`, block, kind: "time" }).id;
  }

  /** A feed follows the fair price. @returns whether it shows another than before */
  #published(feed: string, node: string, index: number): boolean {
    const shown = this.#gauge(index, "feed", feed);
    const before = this.#gauge(index - 1, "feed", feed);
    if (shown?.value === undefined || before?.value === undefined || !isMoved(before.value, shown.value)) return false;
    const move = this.#moves.get(shown.asset ?? "");
    if (move !== undefined) this.#edge(move, node, `published ${priceText(before) ?? ""} -> ${priceText(shown) ?? ""}`);
    return true;
  }

  /** What a transaction read that others wrote; the stale price that it read. */
  #read({ did }: ObservedFrame, node: string, index: number): void {
    if (did === undefined) return;
    const { nameOf, world } = this.#evidence;
    const { frame, oracles } = world;
    const isToken = new Set([...frame.tokens.values()].map(({ address }) => addressKey(address)));
    // the token of a pool's liquidity may be the pool itself
    const isOwn = new Set([
      addressKey(world.target.address),
      ...[...frame.protocols.values()].flatMap(({ bound }) =>
        bound.kind === erc20.kind ? [] : [addressKey(bound.address)],
      ),
    ]);
    const isBalance = (slot: string): boolean => isToken.has(holderOf(slot)) && !isOwn.has(holderOf(slot));
    const slots = new Map<number, string[]>();
    for (const slot of did.accesses.touched) {
      const writer = this.#writers.get(slot);
      if (writer !== undefined) slots.set(writer, [...(slots.get(writer) ?? []), slot]);
    }
    for (const [writer, read] of slots) {
      const own = read.filter((slot) => !isBalance(slot));
      const holders = [...new Set(own.map(holderOf))];
      const impact = holders
        .map((holder) => this.#impacts.get(`${writer} ${this.#protocolAt.get(holder) ?? ""}`))
        .find((id) => id !== undefined);
      const from = impact ?? this.#idOf(writer);
      // nearly everything reads some balance that something wrote; what is spent was somebody's
      const because = own.length > 0 ? readText(own.length, holders.map(nameOf)) : this.#spent(writer, index);
      if (from !== undefined && because !== undefined) this.#ofState.add(this.#edge(from, node, because));
    }
    const holders = new Set([...did.accesses.touched].map(holderOf));
    for (const [name, { bound }] of oracles) {
      if (bound.oracle === undefined) continue;
      if (!contractsOf(bound).some(([, address]) => holders.has(addressKey(address)))) continue;
      this.#stale(name, bound.oracle.model.asset, node, index);
    }
  }

  /** What a transaction pays with is what its sender got from an earlier one. */
  #spent(earlier: number, later: number): string | undefined {
    const { frames, told, nameOf } = this.#evidence;
    const sender = frames[later]?.did?.transaction.from;
    if (sender === undefined) return undefined;
    const payer = nameOf(sender);
    const paid = new Set(
      (told[later]?.transfers ?? []).flatMap(({ from, amount }) => (from === payer ? [unitOf(amount)] : [])),
    );
    const got = told[earlier]?.transfers?.find(({ to, amount }) => to === payer && paid.has(unitOf(amount)));
    return got === undefined ? undefined : `pays with the ${got.amount} that it got`;
  }

  #stale(name: string, asset: string, node: string, index: number): void {
    const feed = this.#evidence.gauges[index]?.find(({ kind, of }) => kind === "feed" && of === `${name} feed`);
    const price = this.#gauge(index, "price", asset);
    const [shown, fair] = [feed?.value, price?.value];
    if (this.#nodes.get(node)?.kind === "round" || shown === undefined || fair === undefined) return;
    if (!isMoved(fair, shown)) return;
    const what = price?.unit === "USD" ? "the fair price" : asset;
    const because = `reads ${priceText(feed) ?? ""} from the ${name} feed; ${what} is ${priceText(price) ?? ""}`;
    for (const from of [this.#moves.get(asset), this.#faults.get(`${name} feed`)]) {
      if (from !== undefined) this.#edge(from, node, because);
    }
  }

  /** A position that somebody else reduces, after it could be liquidated. */
  #liquidated({ did, view }: ObservedFrame, node: string, index: number): void {
    const before = this.#evidence.frames[index - 1]?.view;
    if (did === undefined || before === undefined) return;
    const sender = addressKey(did.transaction.from);
    for (const [key, unhealthy] of this.#unhealthy) {
      const gauge = this.#evidence.gauges[index - 1]?.find((one) => gaugeKey(one) === key);
      if (gauge?.account === undefined || gauge.protocol === undefined || gauge.account === sender) continue;
      const { account, protocol } = gauge;
      const size = (at: typeof view): number =>
        view.all(lendingMarket).has(protocol)
          ? (at
              .all(lendingMarket)
              .get(protocol)
              ?.positions.find((one) => addressKey(one.account) === account)?.debtUsd ?? 0)
          : Math.abs(
              at
                .all(marginMarket)
                .get(protocol)
                ?.positions.find((one) => addressKey(one.account) === account)?.size ?? 0,
            );
      const [was, is] = [size(before), size(view)];
      if (!(is < was * (1 - 1e-6))) continue;
      this.#edge(unhealthy.id, node, `liquidates ${gauge.of}, at ${formatFactor(gauge.value ?? 0, 3)}`);
    }
  }

  /** Positions that can be liquidated, prices that gave way and losses that came with it. */
  #changed(frame: ObservedFrame, node: string, index: number): void {
    const { gauges, told } = this.#evidence;
    const before = new Map((gauges[index - 1] ?? []).map((gauge) => [gaugeKey(gauge), gauge]));
    const start = new Map((gauges[0] ?? []).map((gauge) => [gaugeKey(gauge), gauge]));
    for (const gauge of gauges[index] ?? []) {
      const key = gaugeKey(gauge);
      const [was, is] = [before.get(key)?.value, gauge.value];
      if (is === undefined) continue;
      const { of, kind, protocol = "", asset = "" } = gauge;
      if (kind === "health") {
        const known = this.#unhealthy.get(key);
        if (is >= 1) this.#unhealthy.delete(key);
        const isWorse = known !== undefined && is < known.factor * (1 - WORSE);
        if (is < 1 && (was === undefined || was >= 1 || isWorse)) {
          const label = legible(`${of} at ${formatFactor(is, 3)}`, LABEL);
          const { id } = this.#add({ id: `health-${index}-${of}`, label, block: frame.block, kind });
          this.#unhealthy.set(key, { id, factor: is });
          const fall = was === undefined ? "" : `${formatFactor(was, 3)} -> `;
          // a price did it, unless the transaction is about the market itself
          const impacts = [...this.#impacts].filter(
            ([at]) => at.startsWith(`${index} `) && at !== `${index} ${protocol}`,
          );
          const from = this.#touches(frame, protocol) ? undefined : impacts[0]?.[1];
          this.#edge(from ?? node, id, `health factor ${fall}${formatFactor(is, 3)}`);
        }
        continue;
      }
      if (was === undefined) continue;
      if ((kind === "quote" || kind === "share") && frame.did !== undefined && isMoved(was, is)) {
        const what = kind === "share" ? `share of ${of}` : `${asset} in ${of}`;
        const label = legible(`${what} ${signed(is / was - 1)}`, LABEL);
        const { id } = this.#add({ id: `impact-${index}-${of}`, label, block: frame.block, kind: "impact" });
        this.#impacts.set(`${index} ${protocol}`, id);
        this.#followed(asset, node, index, [was, is]);
        const paid = this.#paidInto(told[index]?.transfers ?? [], protocol);
        const moved = kind === "share" ? `a share is worth ${signed(is / was - 1)}` : arrow(was, is);
        this.#edge(node, id, paid === undefined ? moved : `${paid}, ${moved}`);
      }
      if (kind === "shortfall" && !this.#losses.has(of) && is - (start.get(key)?.value ?? 0) > SHORT && is > was) {
        const label = legible(`${of} is short of ${format(usd(is))}`, LABEL);
        const { id } = this.#add({ id: `loss-${of}`, label, block: frame.block, kind: "loss" });
        this.#losses.set(of, id);
        this.#edge(node, id, `shortfall ${arrow(was, is)}`);
      }
    }
  }

  /** A trade that moves a price on the chain towards the fair one, after that moved. */
  #followed(asset: string, node: string, index: number, [was, is]: readonly [number, number]): void {
    const fair = this.#gauge(index, "price", asset)?.value;
    const move = this.#moves.get(asset);
    if (fair === undefined || move === undefined) return;
    if (!isMoved(fair, was) || Math.abs(is - fair) >= Math.abs(was - fair)) return;
    this.#edge(move, node, `trades towards the fair price, ${format(usd(fair))}`);
  }

  /** `410 WETH into pool` */
  #paidInto(transfers: readonly ToldTransfer[], protocol: string): string | undefined {
    const { nameOf, world } = this.#evidence;
    const bound = world.frame.protocols.get(protocol)?.bound;
    if (bound === undefined) return undefined;
    const names = new Set(contractsOf(bound).map(([, address]) => nameOf(address)));
    const paid = transfers.find(({ to }) => names.has(to));
    return paid === undefined ? undefined : `${paid.amount} into ${protocol}`;
  }

  /** Whether a transaction changed a protocol's own storage. */
  #touches({ did }: ObservedFrame, protocol: string): boolean {
    return [...(did?.accesses.written ?? [])].some((slot) => this.#protocolAt.get(holderOf(slot)) === protocol);
  }

  /** What the violated condition reads has changed. */
  #judged({ observation }: ObservedFrame, node: string, index: number): void {
    const { world, violation, frames } = this.#evidence;
    const placed = world.conditions.find(({ bound }) => bound.id === violation.condition);
    const before = frames[index - 1]?.observation;
    if (placed === undefined || before === undefined || before === observation) return;
    if (before.raw(placed.part) === observation.raw(placed.part)) return;
    this.#ofState.add(this.#edge(node, "violation", `changes what ${violation.condition} reads`));
  }

  #idOf(index: number): string | undefined {
    const { step, feed, kind } = this.#evidence.frames[index] ?? {};
    if (step !== undefined) return `step-${this.#evidence.steps[step]?.step ?? step}`;
    if (feed !== undefined) return `round-${index}`;
    return kind === "transaction" ? `transaction-${index}` : undefined;
  }

  #gauge(index: number, kind: Gauge["kind"], of: string): Gauge | undefined {
    return this.#evidence.gauges[index]?.find((one) => one.kind === kind && one.of === of);
  }

  #add(node: CascadeNode): CascadeNode {
    this.#nodes.set(node.id, node);
    return node;
  }

  #edge(from: string, to: string, because: string): CascadeEdge {
    const edge = { from, to, because: legible(because, LABEL) };
    const known = this.#edges.find((one) => one.from === from && one.to === to);
    if (known !== undefined) return known;
    this.#edges.push(edge);
    return edge;
  }
}

function isMoved(before: number, after: number): boolean {
  return Math.abs(after - before) > Math.abs(before) * MOVED;
}

/** `$2,000.00`, or `80.0 %` of a volatility. */
function priceText(gauge: Gauge | undefined): string | undefined {
  if (gauge?.value === undefined) return undefined;
  return format({ value: gauge.value, unit: QUOTED_UNITS.find((unit) => unit === gauge.unit) ?? "USD" });
}

/** `$2,000.00 -> $1,304.00` */
function arrow(before: number, after: number): string {
  return `${format(usd(before))} -> ${format(usd(after))}`;
}

function signed(fraction: number): string {
  return `${fraction > 0 ? "+" : ""}${formatPercent(fraction)}`;
}

/** `reads what it wrote: 9 slots of Aave and 2 other contracts` */
function readText(slots: number, holders: readonly string[]): string {
  const named = [...new Set(holders)].toSorted((one, other) => Number(one.includes("…")) - Number(other.includes("…")));
  const [first = "", ...others] = named;
  const more = others.length === 0 ? "" : ` and ${count(others.length, "other contract")}`;
  return `reads what it wrote: ${count(slots, "slot")} of ${first}${more}`;
}

/** `WETH` of `2.5 WETH` */
function unitOf(amount: string): string {
  return amount.slice(amount.lastIndexOf(" ") + 1);
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
