import type { OracleFaultKind } from "../../oracles/faults.js";
import type { OracleFaultRange } from "../scenario.js";
import type { Oracles } from "./oracles.js";

import { isLasting, MAX_DECIMALS, MAX_FACTOR, ORACLE_FAULT_KINDS } from "../../oracles/faults.js";
import { PPM } from "../../quantity/ppm.js";

import { check, isRecord, requireKeys, requireNumber, requireValue } from "./check.js";

/** Default duration of a fault, in seconds: the heartbeat of ETH/USD on mainnet. */
const HEARTBEAT = 3_600;

/** How long the sequencer of Arbitrum One was down on 15 December 2023, in seconds: 78 minutes. */
const OUTAGE = 4_680;

/** Decimals of Chainlink's feeds in US dollars and in ether (https://docs.chain.link/data-feeds). */
const DECIMALS = [8, 18];

interface Context extends Oracles {
  readonly blocks: number;
  readonly blockTime: number;
}

/** Checks the faults that the search may choose from. */
export function buildOracleFaults(faults: unknown, context: Context): readonly OracleFaultRange[] {
  if (faults === undefined) return Object.freeze([]);
  requireValue(
    "oracleFaults",
    faults,
    isRecord(faults),
    'List the possible faults: oracleFaults: { maxDelayBlocks: 5, kinds: ["zero"] }.',
  );
  requireKeys("oracleFaults", faults, ["maxDelayBlocks", "kinds", "oracles"]);
  const { maxDelayBlocks = 0, kinds = [], oracles } = faults;
  requireNumber("oracleFaults.maxDelayBlocks", maxDelayBlocks, { min: 0, max: context.blocks, kind: "integer" });
  const hint = `List them: kinds: ["zero", { kind: "wrong", maxFactor: 2 }].`;
  requireValue("oracleFaults.kinds", kinds, Array.isArray(kinds), hint);
  const within = feedsOf(oracles, context);
  const ranges = (kinds as readonly unknown[]).map((kind, index) =>
    rangeOf(`oracleFaults.kinds[${index}]`, kind, within, context),
  );
  const silence = { kind: "silent", oracles: within.oracles, maxBlocks: maxDelayBlocks } as const;
  const all = maxDelayBlocks === 0 ? ranges : [silence, ...ranges];
  for (const [index, { kind }] of all.entries()) {
    check(!all.slice(0, index).some((other) => other.kind === kind), {
      message: `oracleFaults lists the kind "${kind}" twice.`,
      hint: "List each kind once; maxDelayBlocks adds the kind silent.",
    });
  }
  return Object.freeze(all.filter((range) => range.oracles.length > 0));
}

/** The faults that an oracle may have. */
export function faultsOf(ranges: readonly OracleFaultRange[], oracle: string): readonly OracleFaultKind[] {
  return ranges.filter(({ oracles }) => oracles.includes(oracle)).map(({ kind }) => kind);
}

interface Feeds {
  readonly oracles: readonly string[];
  readonly sequencers: readonly string[];
}

function feedsOf(names: unknown, { oracles, sequencers }: Context): Feeds {
  const all = [...oracles.keys(), ...sequencers.keys()];
  if (names === undefined) return { oracles: [...oracles.keys()], sequencers: [...sequencers.keys()] };
  requireValue("oracleFaults.oracles", names, Array.isArray(names), `List names: ${all.join(", ")}.`);
  for (const [index, name] of (names as readonly unknown[]).entries()) {
    const isKnown = typeof name === "string" && all.includes(name);
    requireValue(`oracleFaults.oracles[${index}]`, name, isKnown, `Use ${all.join(", ")}.`);
  }
  const among = (known: ReadonlyMap<string, unknown>): readonly string[] =>
    [...known.keys()].filter((name) => (names as readonly unknown[]).includes(name));
  return { oracles: among(oracles), sequencers: among(sequencers) };
}

function rangeOf(path: string, value: unknown, feeds: Feeds, context: Context): OracleFaultRange {
  const options = typeof value === "string" ? { kind: value } : value;
  const hint = `Use ${ORACLE_FAULT_KINDS.join(", ")}, or { kind, … }.`;
  requireValue(path, value, isRecord(options), hint);
  const { kind } = options;
  requireValue(typeof value === "string" ? path : `${path}.kind`, kind, isKind(kind), hint);
  const oracles = kind === "down" ? feeds.sequencers : feeds.oracles;
  if (kind === "down") {
    check(context.sequencers.size > 0, {
      message: `${path} is "down", but the scenario has no sequencer uptime feed.`,
      hint: "Add one: oracles: [sequencerUptime(feed)].",
    });
  }
  requireKeys(path, options, ["kind", ...parametersOf(kind)]);
  if (kind === "decimals") {
    const { to = DECIMALS } = options;
    requireValue(`${path}.to`, to, Array.isArray(to) && to.length > 0, "List decimals: to: [6, 18].");
    for (const [index, decimals] of (to as readonly unknown[]).entries()) {
      requireNumber(`${path}.to[${index}]`, decimals, { min: 0, max: MAX_DECIMALS, kind: "integer" });
    }
    // every element has been checked to be a number
    return { kind, oracles, maxBlocks: 1, to: [...(to as readonly number[])] };
  }
  const { maxBlocks = defaultBlocks(kind, context) } = options;
  requireNumber(`${path}.maxBlocks`, maxBlocks, { min: 1, max: context.blocks, kind: "integer" });
  if (kind !== "wrong") return { kind, oracles, maxBlocks };
  const { minFactor = 0.1, maxFactor = 10 } = options;
  requireNumber(`${path}.minFactor`, minFactor, { min: 0.001, max: 1 });
  requireNumber(`${path}.maxFactor`, maxFactor, { min: 1, max: MAX_FACTOR / PPM });
  return { kind, oracles, maxBlocks, factors: [Math.round(minFactor * PPM), Math.round(maxFactor * PPM)] };
}

function isKind(value: unknown): value is OracleFaultKind {
  return (ORACLE_FAULT_KINDS as readonly unknown[]).includes(value);
}

function parametersOf(kind: OracleFaultKind): readonly string[] {
  if (kind === "wrong") return ["maxBlocks", "minFactor", "maxFactor"];
  if (kind === "decimals") return ["to"];
  return kind === "phase" ? [] : ["maxBlocks"];
}

function defaultBlocks(kind: OracleFaultKind, { blocks, blockTime }: Context): number {
  if (kind === "wrong" || isLasting(kind)) return 1;
  return Math.min(blocks, Math.ceil((kind === "down" ? OUTAGE : HEARTBEAT) / blockTime));
}
