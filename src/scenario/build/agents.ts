import type { Address } from "viem";

import type { Agent } from "../../agents/agent.js";
import type { Protocol } from "../../protocols/protocol.js";
import type { FurtherTarget } from "../scenario.js";
import type { Assets } from "./assets.js";

import { oneOf, SiegeError } from "../../errors.js";
import { isSameAddress } from "../../quantity/address.js";

import { nativeAssetOf } from "./assets.js";
import {
  check,
  isRecord,
  isText,
  requireAddress,
  requireKeys,
  requireMade,
  requireNumber,
  requireValue,
} from "./check.js";
import { nameAgents } from "./names.js";

const AGENT_KEYS = [
  "role",
  "name",
  "at",
  "capital",
  "owns",
  "native",
  "act",
  "memory",
  "moves",
  "results",
  "watchesMempool",
  "honest",
  "flashLoans",
  "callbacks",
] as const;
const MOVES_KEYS = ["kind", "only", "except", "lenient", "actsFor"] as const;

interface Surroundings {
  readonly assets: Assets;
  readonly accounts: ReadonlyMap<string, Address>;
  readonly protocols: ReadonlyMap<string, Protocol>;
  readonly targets: readonly FurtherTarget[];
}

/** Checks the agents, and names those without a name. */
export function buildAgents(
  agents: unknown,
  { assets, accounts, protocols, targets }: Surroundings,
): ReadonlyMap<string, Agent> {
  requireValue(
    "agents",
    agents,
    Array.isArray(agents),
    "List the participants: agents: [attacker({ capital: { ETH: 10 } })].",
  );
  const checked = (agents as readonly unknown[]).map((agent, index) =>
    requireAgent(`agents[${index}]`, agent, { assets, protocols }),
  );
  requireDistinctAccounts(checked);
  const named = nameAgents(checked, {
    accounts: accounts.keys(),
    protocols: protocols.keys(),
    targets: targets.flatMap(({ name }) => name ?? []),
  });
  return new Map([...named].map(([name, agent]) => [name, frozenAgent(agent, name)]));
}

/** What an account does can only be told if one agent decides it. */
function requireDistinctAccounts(agents: readonly Agent[]): void {
  for (const [index, { at }] of agents.entries()) {
    if (at === undefined) continue;
    const first = agents.findIndex((other) => other.at !== undefined && isSameAddress(other.at, at));
    check(first === index, {
      message: `agents[${index}].at is ${at}, the account that agents[${first}] is already.`,
      hint: "Make them one agent: it may have both a policy and free moves.",
    });
  }
}

function frozenAgent(agent: Agent, name: string): Agent {
  const { capital, owns, moves } = agent;
  return Object.freeze({
    ...agent,
    name,
    ...(owns === undefined ? {} : { owns: Object.freeze({ ...owns }) }),
    ...(capital === undefined ? {} : { capital: Object.freeze({ ...capital }) }),
    ...(moves === undefined ? {} : { moves: Object.freeze({ ...moves }) }),
  });
}

function requireAgent(
  path: string,
  agent: unknown,
  { assets, protocols }: Pick<Surroundings, "assets" | "protocols">,
): Agent {
  requireMade(path, agent, isRecord(agent) && isText(agent.role), {
    what: "an agent",
    call: "Call it: attacker({ capital: { ETH: 10 } }).",
    use: "Use attacker(), liquidator(), … of hardhat-siege/agents, or defineAgent({ role, act }).",
  });
  requireKeys(path, agent, AGENT_KEYS);
  const { role, name, at, capital, owns, native, act, moves, results, watchesMempool, honest, flashLoans, callbacks } =
    agent;
  requireValue(
    `${path}.name`,
    name,
    name === undefined || isText(name),
    `Give it a name, or leave it out: the agent is then called "${role}".`,
  );
  if (at !== undefined) requireAddress(`${path}.at`, at);
  if (native !== undefined) requireNumber(`${path}.native`, native, { min: 0, max: 1e12 });
  requireValue(
    `${path}.act`,
    act,
    act === undefined || typeof act === "function",
    "It must be a function: act({ view, self, submit }) { … }.",
  );
  requireValue(
    `${path}.results`,
    results,
    results === undefined || typeof results === "boolean",
    "Set results: true if act() reads view.results.",
  );
  for (const [key, value] of Object.entries({ watchesMempool, honest, flashLoans, callbacks })) {
    requireValue(
      `${path}.${key}`,
      value,
      value === undefined || typeof value === "boolean",
      "It must be true or false.",
    );
  }
  if (moves !== undefined) requireMoves(`${path}.moves`, moves);
  if (capital !== undefined) requireCapital(`${path}.capital`, capital, assets);
  if (owns !== undefined) requireOwned(`${path}.owns`, owns, protocols);
  // every property has been checked above
  return agent as unknown as Agent;
}

function requireMoves(path: string, moves: unknown): void {
  const kinds = 'Use { kind: "ordinary" } or { kind: "any" }.';
  requireValue(path, moves, isRecord(moves), kinds);
  const { kind, only, except, actsFor } = moves;
  requireValue(`${path}.kind`, kind, kind === "ordinary" || kind === "any", kinds);
  requireKeys(path, moves, MOVES_KEYS);
  requireValue(
    `${path}.actsFor`,
    actsFor,
    actsFor === undefined || actsFor === "itself" || actsFor === "anyone",
    'Use "itself" or "anyone", or leave it out.',
  );
  requireValue(
    `${path}.lenient`,
    moves.lenient,
    moves.lenient === undefined || typeof moves.lenient === "boolean",
    "It must be true or false.",
  );
  for (const [key, actions] of Object.entries({ only, except })) {
    requireValue(
      `${path}.${key}`,
      actions,
      actions === undefined || (Array.isArray(actions) && actions.every((action) => typeof action === "string")),
      'List actions: ["pool.swap", "target.*"].',
    );
  }
}

function requireCapital(path: string, capital: unknown, assets: Assets): void {
  requireValue(path, capital, isRecord(capital), "Give whole tokens by asset: capital: { ETH: 10 }.");
  const withToken = [...assets].filter(([, { token }]) => token !== undefined).map(([name]) => name);
  for (const [asset, amount] of Object.entries(capital)) {
    const known = assets.get(asset);
    if (known?.token === undefined) {
      throw new SiegeError("UNKNOWN_ASSET", {
        message:
          known === undefined
            ? `${path} has "${asset}", which is not an asset of the scenario.`
            : `${path} has "${asset}", an asset without a token.`,
        hint:
          nativeAssetOf(assets) === asset
            ? "It is native coin: give it with native, as in attacker({ native: 50 })."
            : oneOf(withToken, `Give the asset a token: assets: { ${asset}: { price, token } }.`),
      });
    }
    requireNumber(`${path}.${asset}`, amount, { min: 0, max: 1e15 });
  }
}

function requireOwned(path: string, owns: unknown, protocols: Surroundings["protocols"]): void {
  requireValue(path, owns, isRecord(owns), "Give parts by protocol: owns: { pool: 0.5 }.");
  for (const [name, part] of Object.entries(owns)) {
    if (!protocols.has(name)) {
      throw new SiegeError("UNKNOWN_PROTOCOL", {
        message: `${path} has "${name}", which is not a protocol of the scenario.`,
        hint: oneOf(protocols.keys(), "Add it: protocols: { pool: uniswapV2(pair) }."),
      });
    }
    requireNumber(`${path}.${name}`, part, { min: 0, max: 1 });
  }
}
