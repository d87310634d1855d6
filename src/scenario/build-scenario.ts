import type { Address } from "viem";

import type { Agent } from "../agents/agent.js";
import type { Condition } from "../conditions/condition.js";
import type { Protocol } from "../protocols/protocol.js";
import type { AssetDefinition, GasModel, OracleFaults, Scenario, ScenarioDefinition } from "./scenario.js";

import { SiegeError, oneOf } from "../errors.js";

import { check, invalid, isRecord, requireAddress, requireKeys, requireNumber, shown } from "./check.js";

const DEFINITION_KEYS = [
  "name",
  "blocks",
  "blockTime",
  "assets",
  "protocols",
  "oracles",
  "oracleFaults",
  "agents",
  "conditions",
  "accounts",
  "gas",
] as const;
const ASSET_KEYS = ["price", "token", "process", "native"] as const;
const AGENT_KEYS = ["role", "name", "capital", "native", "act", "moves"] as const;
const MOVES_KEYS = ["kind", "only"] as const;

const MAX_BLOCKS = 10_000;
const MAX_BLOCK_TIME = 86_400;
const DEFAULT_BLOCK_TIME = 12;
const DEFAULT_BASE_FEE = 20_000_000_000n;

/** The target's name among the accounts and actions of every scenario. */
const RESERVED = "target";

/**
 * Validates a scenario and fills in its defaults.
 *
 * @returns a frozen scenario; what it was made from may be changed without changing it
 * @throws SiegeError `INVALID_SCENARIO` naming the path and the value; `UNKNOWN_ASSET` where an agent or an oracle
 * names an asset that the scenario does not have
 */
export function buildScenario(definition: ScenarioDefinition): Scenario {
  check(isRecord(definition), {
    message: `The scenario's definition is ${shown(definition)}.`,
    hint: 'Pass an object: { name: "crash", blocks: 50, assets, agents, conditions }.',
  });
  requireKeys("", definition, DEFINITION_KEYS);
  const { name, blocks, blockTime = DEFAULT_BLOCK_TIME } = definition;
  check(typeof name === "string" && name.trim() !== "", {
    message: `name is ${shown(name)}.`,
    hint: 'Name the scenario after what happens in it: "flash crash, oracle 3 blocks late".',
  });
  requireNumber("blocks", blocks, { min: 1, max: MAX_BLOCKS, kind: "integer" });
  requireNumber("blockTime", blockTime, { min: 1, max: MAX_BLOCK_TIME, kind: "integer" });

  const assets = buildAssets(definition.assets);
  const protocols = buildProtocols(definition.protocols);
  const accounts = buildAccounts(definition.accounts);
  const oracles = buildOracles(definition.oracles, assets);
  const agents = buildAgents(definition.agents, { assets, accounts, protocols });
  requireStartPrices(assets, oracles);
  return Object.freeze({
    name,
    blocks,
    blockTime,
    assets,
    protocols,
    oracles,
    oracleFaults: buildOracleFaults(definition.oracleFaults, blocks),
    agents,
    conditions: buildConditions(definition.conditions),
    accounts,
    gas: buildGas(definition.gas),
    nativeAsset: nativeAssetOf(assets),
  });
}

function buildAssets(assets: unknown): ReadonlyMap<string, AssetDefinition> {
  const example = "List what has a price by name: assets: { ETH: { price: 2000, token: WETH } }.";
  check(isRecord(assets), { message: `assets is ${shown(assets)}.`, hint: example });
  const built = new Map<string, AssetDefinition>();
  const assetOfToken = new Map<string, string>();
  for (const [name, asset] of Object.entries(assets)) {
    const path = `assets.${name}`;
    requireName("assets", name);
    check(isRecord(asset), { message: `${path} is ${shown(asset)}.`, hint: example });
    requireKeys(path, asset, ASSET_KEYS);
    const { price, token, process, native } = asset;
    check(price === undefined || (typeof price === "number" && Number.isFinite(price) && price > 0), {
      message: `${path}.price is ${shown(price)}.`,
      hint: "It must be a finite number above 0, in US dollars a whole unit.",
    });
    check(process === undefined || (isRecord(process) && typeof process.sample === "function"), {
      message: `${path}.process is ${shown(process)}, which has no sample() function.`,
      hint: "Use gbm(...), shock(...) or path(...) of hardhat-siege/market, or an object { kind, sample }.",
    });
    check(native === undefined || typeof native === "boolean", {
      message: `${path}.native is ${shown(native)}.`,
      hint: "It must be true or false.",
    });
    if (token !== undefined) {
      requireAddress(`${path}.token`, token);
      const other = assetOfToken.get(token.toLowerCase());
      check(other === undefined, {
        message: `${path}.token is ${token}, which assets.${other ?? ""}.token is already.`,
        hint: "A token stands for one asset.",
      });
      assetOfToken.set(token.toLowerCase(), name);
    }
    // every property has just been checked
    built.set(name, Object.freeze({ ...asset }));
  }
  return built;
}

function nativeAssetOf(assets: ReadonlyMap<string, AssetDefinition>): string | undefined {
  const flagged = [...assets].filter(([, { native }]) => native === true).map(([name]) => name);
  check(flagged.length <= 1, {
    message: `The assets ${flagged.join(" and ")} are both native.`,
    hint: "A chain has one native coin: leave native: true with one of them.",
  });
  const ether = assets.get("ETH");
  // `native: false` says that the chain's coin is something else
  return flagged[0] ?? (ether === undefined || ether.native === false ? undefined : "ETH");
}

/** A price that is neither given nor published cannot be known. */
function requireStartPrices(
  assets: ReadonlyMap<string, AssetDefinition>,
  oracles: ReadonlyMap<string, Protocol>,
): void {
  for (const [name, { price }] of assets) {
    check(price !== undefined || oracles.has(name), {
      message: `assets.${name} has neither a price nor an oracle to take it from.`,
      hint: `Give it one: assets: { ${name}: { price: 2000 } }.`,
    });
  }
}

function buildProtocols(protocols: unknown): ReadonlyMap<string, Protocol> {
  const built = new Map<string, Protocol>();
  if (protocols === undefined) return built;
  check(isRecord(protocols), {
    message: `protocols is ${shown(protocols)}.`,
    hint: "List protocols by name: protocols: { pool: uniswapV2(pair) }.",
  });
  for (const [name, protocol] of Object.entries(protocols)) {
    requireName("protocols", name);
    requireFree(`protocols.${name}`, name, new Map());
    built.set(name, requireProtocol(`protocols.${name}`, protocol));
  }
  return built;
}

function requireProtocol(path: string, protocol: unknown): Protocol {
  const { definition } = isRecord(protocol) ? protocol : { definition: undefined };
  check(
    isRecord(protocol) &&
      isRecord(definition) &&
      typeof definition.inspect === "function" &&
      typeof definition.observe === "function",
    {
      message: `${path} is ${shown(protocol)}, not a protocol.`,
      hint: isCallable(protocol)
        ? "Call it with an address: uniswapV2(pair)."
        : "Use uniswapV2(pair), aaveV3(provider), … of hardhat-siege/protocols, or a factory from defineProtocol.",
    },
  );
  requireAddress(`${path}.address`, protocol.address);
  // made by a factory of defineProtocol, or by something that is shaped like one
  return protocol as unknown as Protocol;
}

function buildOracles(oracles: unknown, assets: ReadonlyMap<string, AssetDefinition>): ReadonlyMap<string, Protocol> {
  const built = new Map<string, Protocol>();
  if (oracles === undefined) return built;
  check(Array.isArray(oracles), {
    message: `oracles is ${shown(oracles)}.`,
    hint: 'List the feeds: oracles: [chainlink(feed, { asset: "ETH" })].',
  });
  for (const [index, candidate] of (oracles as readonly unknown[]).entries()) {
    const path = `oracles[${index}]`;
    const protocol = requireProtocol(path, candidate);
    const { oracle } = protocol.definition;
    check(oracle !== undefined, {
      message: `${path} is a protocol of kind "${protocol.kind}", which publishes no price.`,
      hint: 'Use chainlink(feed, { asset: "ETH" }), or a factory whose definition has an oracle; others go to protocols.',
    });
    // the options are private to the definition, which made the protocol with them
    const { asset } = oracle.model(protocol.options as never);
    if (!assets.has(asset)) {
      throw new SiegeError("UNKNOWN_ASSET", {
        message: `${path} prices the asset "${asset}", which the scenario does not have.`,
        hint: oneOf(assets.keys(), `Add it: assets: { ${asset}: { price: 2000 } }.`),
      });
    }
    check(!built.has(asset), {
      message: `${path} is a second oracle for the asset "${asset}".`,
      hint: "An asset has one oracle; remove the other, or give what it prices a name of its own in assets.",
    });
    built.set(asset, protocol);
  }
  return built;
}

function buildOracleFaults(faults: unknown, blocks: number): OracleFaults {
  if (faults === undefined) return Object.freeze({ maxDelayBlocks: 0 });
  check(isRecord(faults), {
    message: `oracleFaults is ${shown(faults)}.`,
    hint: "Say how long a feed may be silent: oracleFaults: { maxDelayBlocks: 5 }.",
  });
  requireKeys("oracleFaults", faults, ["maxDelayBlocks"]);
  const { maxDelayBlocks } = faults;
  requireNumber("oracleFaults.maxDelayBlocks", maxDelayBlocks, { min: 0, max: blocks, kind: "integer" });
  return Object.freeze({ maxDelayBlocks });
}

function buildAccounts(accounts: unknown): ReadonlyMap<string, Address> {
  const built = new Map<string, Address>();
  if (accounts === undefined) return built;
  check(isRecord(accounts), {
    message: `accounts is ${shown(accounts)}.`,
    hint: "List addresses by name: accounts: { alice: alice.account.address }.",
  });
  for (const [name, address] of Object.entries(accounts)) {
    requireName("accounts", name);
    requireFree(`accounts.${name}`, name, new Map());
    requireAddress(`accounts.${name}`, address);
    built.set(name, address);
  }
  return built;
}

interface Surroundings {
  readonly assets: ReadonlyMap<string, AssetDefinition>;
  readonly accounts: ReadonlyMap<string, Address>;
  readonly protocols: ReadonlyMap<string, Protocol>;
}

function buildAgents(agents: unknown, surroundings: Surroundings): ReadonlyMap<string, Agent> {
  check(Array.isArray(agents), {
    message: `agents is ${shown(agents)}.`,
    hint: "List the participants: agents: [attacker({ capital: { ETH: 10 } })].",
  });
  const checked = (agents as readonly unknown[]).map((agent, index) =>
    requireAgent(`agents[${index}]`, agent, surroundings.assets),
  );
  const taken = new Map<string, string>();
  for (const name of surroundings.accounts.keys()) taken.set(name, `accounts.${name}`);
  for (const name of surroundings.protocols.keys()) {
    requireFree(`protocols.${name}`, name, taken);
    taken.set(name, `protocols.${name}`);
  }
  // names that were chosen come first, so that a name that is made never takes one of them
  for (const [index, { name }] of checked.entries()) {
    if (name === undefined) continue;
    requireFree(`agents[${index}].name`, name, taken);
    taken.set(name, `agents[${index}].name`);
  }
  const isAgent = (name: string): boolean => taken.get(name)?.startsWith("agents[") === true;
  const built = new Map<string, Agent>();
  for (const [index, agent] of checked.entries()) {
    let { name } = agent;
    if (name === undefined) {
      name = agent.role;
      for (let number = 2; isAgent(name); number++) name = `${agent.role} ${number}`;
      requireFree(`agents[${index}], named after its role,`, name, taken);
      taken.set(name, `agents[${index}]`);
    }
    built.set(name, frozenAgent(agent, name));
  }
  return built;
}

function frozenAgent(agent: Agent, name: string): Agent {
  const { capital, moves } = agent;
  return Object.freeze({
    ...agent,
    name,
    ...(capital === undefined ? {} : { capital: Object.freeze({ ...capital }) }),
    ...(moves === undefined ? {} : { moves: Object.freeze({ ...moves }) }),
  });
}

function requireAgent(path: string, agent: unknown, assets: ReadonlyMap<string, AssetDefinition>): Agent {
  check(isRecord(agent) && typeof agent.role === "string" && agent.role.trim() !== "", {
    message: `${path} is ${shown(agent)}, not an agent.`,
    hint: isCallable(agent)
      ? "Call it: attacker({ capital: { ETH: 10 } })."
      : "Use attacker(), liquidator(), … of hardhat-siege/agents, or defineAgent({ role, act }).",
  });
  requireKeys(path, agent, AGENT_KEYS);
  const { role, name, capital, native, act, moves } = agent;
  if (name !== undefined) {
    check(typeof name === "string" && name.trim() !== "", {
      message: `${path}.name is ${shown(name)}.`,
      hint: `Give it a name, or leave it out: the agent is then called "${role}".`,
    });
  }
  if (native !== undefined) requireNumber(`${path}.native`, native, { min: 0, max: 1e12 });
  check(act === undefined || typeof act === "function", {
    message: `${path}.act is ${shown(act)}.`,
    hint: "It must be a function: act({ view, self, submit }) { … }.",
  });
  if (moves !== undefined) requireMoves(`${path}.moves`, moves);
  if (capital !== undefined) requireCapital(`${path}.capital`, capital, assets);
  // every property has just been checked
  return agent as unknown as Agent;
}

function requireMoves(path: string, moves: unknown): void {
  const kind = isRecord(moves) ? moves.kind : undefined;
  check(isRecord(moves) && (kind === "ordinary" || kind === "any"), {
    message: isRecord(moves) ? `${path}.kind is ${shown(kind)}.` : `${path} is ${shown(moves)}.`,
    hint: 'Use { kind: "ordinary" } or { kind: "any" }.',
  });
  requireKeys(path, moves, MOVES_KEYS);
  const { only } = moves;
  check(only === undefined || (Array.isArray(only) && only.every((action) => typeof action === "string")), {
    message: `${path}.only is ${shown(only)}.`,
    hint: 'List actions: ["pool.swap", "target.*"].',
  });
}

function requireCapital(path: string, capital: unknown, assets: ReadonlyMap<string, AssetDefinition>): void {
  check(isRecord(capital), {
    message: `${path} is ${shown(capital)}.`,
    hint: "Give whole tokens by asset: capital: { ETH: 10 }.",
  });
  const withToken = [...assets].filter(([, { token }]) => token !== undefined).map(([name]) => name);
  for (const [asset, amount] of Object.entries(capital)) {
    const known = assets.get(asset);
    if (known?.token === undefined) {
      throw new SiegeError("UNKNOWN_ASSET", {
        message:
          known === undefined
            ? `${path} has "${asset}", which is no asset of the scenario.`
            : `${path} has "${asset}", an asset without a token.`,
        hint: oneOf(withToken, `Give the asset a token: assets: { ${asset}: { price, token } }.`),
      });
    }
    requireNumber(`${path}.${asset}`, amount, { min: 0, max: 1e15 });
  }
}

function buildConditions(conditions: unknown): readonly Condition[] {
  check(Array.isArray(conditions) && conditions.length > 0, {
    message: `conditions is ${Array.isArray(conditions) ? "empty" : shown(conditions)}.`,
    hint: "Say what must survive: conditions: [solvent()].",
  });
  const places = new Map<string, number>();
  const built = (conditions as readonly unknown[]).map((candidate, index) => {
    const path = `conditions[${index}]`;
    const condition = requireCondition(path, candidate);
    const first = places.get(condition.id);
    check(first === undefined, {
      message: `${path} has the id "${condition.id}", which conditions[${first ?? 0}] has already.`,
      hint: "Two conditions may not share an id: remove one, or give your own another id.",
    });
    places.set(condition.id, index);
    return condition;
  });
  return Object.freeze(built);
}

function requireCondition(path: string, condition: unknown): Condition {
  const { id, definition } = isRecord(condition) ? condition : { id: undefined, definition: undefined };
  check(
    typeof id === "string" &&
      isRecord(definition) &&
      typeof definition.observe === "function" &&
      typeof definition.judge === "function",
    {
      message: `${path} is ${shown(condition)}, not a condition.`,
      hint: isCallable(condition)
        ? "Call it: solvent()."
        : "Use solvent(), withdrawable(), … of hardhat-siege/conditions, or defineCondition({ id, observe, judge }).",
    },
  );
  check(id.trim() !== "", {
    message: `${path}.id is ${shown(id)}.`,
    hint: "Reports name a condition by its id: give it one.",
  });
  return condition as Condition;
}

function buildGas(gas: unknown): GasModel {
  if (gas === undefined) return Object.freeze({ baseFee: DEFAULT_BASE_FEE });
  check(isRecord(gas), {
    message: `gas is ${shown(gas)}.`,
    hint: "Give a base fee: gas: { baseFee: 20n * 10n ** 9n }.",
  });
  requireKeys("gas", gas, ["baseFee"]);
  const { baseFee = DEFAULT_BASE_FEE } = gas;
  check(typeof baseFee === "bigint" && baseFee >= 0n, {
    message: `gas.baseFee is ${shown(baseFee)}.`,
    hint: "It must be a bigint of at least 0n, in wei a gas: 20_000_000_000n is 20 gwei.",
  });
  return Object.freeze({ baseFee });
}

function requireName(path: string, name: string): void {
  check(name.trim() !== "", { message: `${path} has an entry with an empty name.`, hint: "Name it." });
}

/** Agents, accounts and protocols share one space of names: reports and action names use them side by side. */
function requireFree(path: string, name: string, taken: ReadonlyMap<string, string>): void {
  check(name !== RESERVED, {
    message: `${path} uses the name "${RESERVED}", which is reserved for the contract under siege.`,
    hint: "Give it another name.",
  });
  const other = taken.get(name);
  if (other !== undefined) {
    throw invalid({
      message: `${path} uses the name "${name}", which ${other} has already.`,
      hint: `Names of agents, accounts and protocols differ from one another; taken are ${[...taken.keys()].join(", ")}.`,
    });
  }
}

function isCallable(value: unknown): boolean {
  return typeof value === "function";
}
