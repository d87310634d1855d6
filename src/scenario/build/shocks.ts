import type { Agent } from "../../agents/agent.js";
import type { Protocol } from "../../protocols/protocol.js";
import type { BuiltShock, Shock } from "../shock.js";
import type { Assets } from "./assets.js";

import { oneOf, SiegeError } from "../../errors.js";
import { formatPercent } from "../../quantity/format.js";
import { callsIn, shock } from "../shock.js";

import { check, isRecord, requireMade, requireValue } from "./check.js";

/** What shocks are checked against. */
interface ShockSurroundings {
  readonly assets: Assets;
  readonly protocols: ReadonlyMap<string, Protocol>;
  /** Checks and names agents besides those of the scenario, whose number is given. */
  readonly named: (agents: readonly unknown[]) => ReadonlyMap<string, Agent>;
}

/** Checks the shocks, by the name of the protocol that fails. */
export function buildShocks(
  shocks: unknown,
  { assets, protocols, named }: ShockSurroundings,
): ReadonlyMap<string, BuiltShock> {
  if (shocks === undefined) return new Map();
  requireValue(
    "shocks",
    shocks,
    isRecord(shocks),
    "Say by protocol how it fails: shocks: { lending: shock({ calls }) }.",
  );
  const given = Object.entries(shocks).map(([name, candidate]): readonly [string, Shock] => {
    const path = `shocks.${name}`;
    if (!protocols.has(name)) {
      throw new SiegeError("UNKNOWN_PROTOCOL", {
        message: `${path} is of no protocol of the scenario.`,
        hint: oneOf(protocols.keys(), "List the protocol that fails: protocols: { lending: … }."),
      });
    }
    requireMade(
      path,
      candidate,
      isRecord(candidate) && ("calls" in candidate || "agents" in candidate || "prices" in candidate),
      {
        what: "a shock",
        call: "Call it: shock({ calls }).",
        use: "Make it with shock({ calls, as, agents, prices }) of hardhat-siege/scenario.",
      },
    );
    // of something that is only shaped like what it makes, it checks the rest
    return [name, shock(candidate)];
  });
  const all = [...named(given.flatMap(([, { agents = [] }]) => agents))];
  let next = 0;
  return new Map(
    given.map(([name, made]) => {
      const { agents = [], prices = {}, as } = made;
      const own = new Map(all.slice(next, (next += agents.length)));
      for (const [agent, { act }] of own) {
        check(act !== undefined, {
          message: `shocks.${name}.agents has "${agent}", which has no policy.`,
          hint: "Only what an agent does by itself is a shock: give it act(), or use calls.",
        });
      }
      for (const asset of Object.keys(prices)) requireStill(`shocks.${name}.prices.${asset}`, asset, assets);
      const calls = callsIn(made);
      const words = made.words ?? wordsOf({ calls, agents: [...own.keys()], prices });
      return [name, Object.freeze({ words, calls, agents: own, prices, ...(as === undefined ? {} : { as }) })] as const;
    }),
  );
}

function requireStill(path: string, asset: string, assets: Assets): void {
  const found = assets.get(asset);
  if (found === undefined) {
    throw new SiegeError("UNKNOWN_ASSET", {
      message: `${path} is of no asset of the scenario.`,
      hint: oneOf(assets.keys(), `Add it: assets: { ${asset}: { price } }.`),
    });
  }
  // the minimiser refuses a move that the asset's process could not have made
  check(found.process === undefined, {
    message: `${path} is of an asset whose price has a process of its own.`,
    hint: "Leave its process out, or let the shock be a call or an agent.",
  });
}

function wordsOf({
  calls,
  agents,
  prices,
}: Pick<BuiltShock, "calls" | "prices"> & { readonly agents: readonly string[] }): string {
  return [
    ...(calls.length === 0 ? [] : [`calls ${calls.map(({ function: { name } }) => `${name}()`).join(", ")}`]),
    ...(agents.length === 0 ? [] : [`${agents.join(", ")} act${agents.length === 1 ? "s" : ""}`]),
    ...Object.entries(prices).map(
      ([asset, change]) => `${asset} ${change < 0 ? "falls" : "rises"} ${formatPercent(Math.abs(change))}`,
    ),
  ].join("; ");
}
