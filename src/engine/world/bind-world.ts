import type { Address } from "viem";

import type { OracleFaultKind } from "../../oracles/faults.js";
import type { InspectContext, Protocol, Token } from "../../protocols/protocol.js";
import type { ReadPlan } from "../../protocols/read-plan.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { BoundCondition, BoundProtocol } from "./bind-protocol.js";
import type { Borrowed } from "../chain/borrowed-connection.js";
import type { CatalogueEntry } from "./catalogue.js";
import type { Chain, Header } from "../chain/chain.js";
import type { LensCall } from "../chain/lens.js";
import type { Part } from "./observation.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { ViewFrame } from "./observed-view.js";

import { SiegeError } from "../../errors.js";
import { faultsOf } from "../../scenario/build/oracle-faults.js";
import { erc20 } from "../../protocols/tokens/erc20.js";
import { targetActions } from "../../target/actions.js";

import { agentAddress } from "../../view/accounts.js";
import { balanceSheet } from "./balance-sheet.js";
import { bindCondition, bindProtocol } from "./bind-protocol.js";
import { buildCatalogue } from "./catalogue.js";
import { RAIDER_CODE } from "../chain/engine-bytecode.js";
import { TokenBalances } from "./funding.js";
import { LensReader } from "../chain/lens-reader.js";
import { packReads, unpackReads } from "../chain/lens.js";
import { Observation, ObservationLayout } from "./observation.js";
import { prepare } from "./prepare.js";
import { fundAgents, fundSenders } from "./setup.js";
import { TokenRegistry } from "./token-registry.js";

/** A condition with its place in the batched read. */
export interface PlacedCondition {
  readonly bound: BoundCondition;
  readonly part: Part<unknown>;
}

/** A price feed with its place in the batched read. */
export interface PlacedOracle {
  readonly bound: BoundProtocol;
  readonly part: Part<unknown>;
}

/** A scenario bound to a chain that stands at its base: everything about a world that does not change. */
export interface BoundWorld {
  readonly scenario: Scenario;
  readonly target: ResolvedTarget;
  /** The block that the user's connection stood at. */
  readonly forkBlock: number;
  /** The block that every run starts behind. */
  readonly base: Header;
  readonly frame: ViewFrame;
  readonly catalogue: ReadonlyMap<string, CatalogueEntry>;
  /** By name; uptime feeds of sequencers among them. */
  readonly oracles: ReadonlyMap<string, PlacedOracle>;
  readonly conditions: readonly PlacedCondition[];
  /** Fair prices at the start, by asset. */
  readonly prices: ReadonlyMap<string, number>;
  /** Names of contracts and accounts, by lower-case address, for reports. */
  readonly names: ReadonlyMap<string, string>;
  readonly tokens: TokenRegistry;
  /** The state at the base. */
  readonly start: Observation;
  /** The batched read, packed and not; constant during a campaign. */
  readonly lens: LensCall;
  readonly plan: ReadPlan<unknown>;
  /** Where token balances are. */
  readonly tokenBalances: TokenBalances;
}

/**
 * Binds a scenario to a chain: finds out the facts, gives the agents what they own, and reads the base.
 *
 * @throws SiegeError `UNSUPPORTED_PROTOCOL`, `UNSUPPORTED_TARGET`, `UNFUNDABLE_TOKEN`, `RPC_FAILED`, …
 */
export async function bindWorld(
  chain: Chain,
  borrowed: Borrowed,
  target: ResolvedTarget,
  scenario: Scenario,
): Promise<BoundWorld> {
  const forkBlock = (await chain.latest()).number;
  const accounts = new Map<string, Address>([
    ...[...scenario.agents.keys()].map((name) => [name, agentAddress(name)] as const),
    ...scenario.accounts,
    ["target", target.address],
  ]);
  const reader = new LensReader(chain);
  const tokens = new TokenRegistry(reader, scenario);
  const assetTokens = await tokens.ofAssets();
  const context: InspectContext = {
    read: (plan) => reader.read(plan),
    token: (address) => tokens.get(address),
    hasCode: async (address) => (await chain.code(address)) !== "0x",
    assetTokens,
    accounts,
    target,
  };

  const protocols = new Map<string, BoundProtocol>();
  for (const [name, protocol] of withAssetTokens(scenario, assetTokens)) {
    protocols.set(name, await bindProtocol(name, protocol, context));
  }
  const feeds = new Map<string, BoundProtocol>();
  for (const [name, oracle] of [...scenario.oracles, ...scenario.sequencers]) {
    const faults = faultsOf(scenario.oracleFaults, name);
    const bound = await bindProtocol(name, oracle, { ...context, faults });
    requireFaults(bound, faults);
    feeds.set(name, bound);
  }
  for (const { preparations } of [...protocols.values(), ...feeds.values()]) await prepare(chain, preparations);
  for (const { oracle, sequencer } of feeds.values()) {
    await prepare(chain, oracle?.preparations ?? sequencer?.preparations ?? []);
  }
  const conditions: BoundCondition[] = [];
  for (const condition of scenario.conditions) conditions.push(await bindCondition(condition, { ...context, target }));

  for (const protocol of protocols.values()) tokens.adopt(protocol.tokens);
  await tokens.adoptShares(target);
  const moves = targetActions(target, tokens.all());
  await fundAgents({ chain, borrowed, scenario, accounts, tokens, protocols: [...protocols.values()], target });

  await fundSenders(chain, scenario.orderFlow.flat());

  for (const [name, { flashLoans }] of scenario.agents) {
    if (flashLoans === true) await chain.setCode(agentAddress(name), RAIDER_CODE);
  }

  const layout = new ObservationLayout();
  const observed = { accounts, target };
  const balances = layout.add(balanceSheet(tokens.all(), [...new Set(accounts.values())]));
  const placed = new Map(
    [...protocols].map(([name, bound]) => [name, { bound, part: layout.add(bound.observe(observed)) }] as const),
  );
  const oracles = new Map(
    [...feeds].map(([asset, bound]) => [asset, { bound, part: layout.add(bound.observe(observed)) }] as const),
  );
  const judged = conditions.map((bound) => ({ bound, part: layout.add(bound.observe(observed)) }));
  const plan = layout.plan();
  const lens = packReads(plan);
  const start = new Observation(unpackReads(plan, await chain.read(lens)));

  return {
    scenario,
    target,
    forkBlock,
    base: await chain.latest(),
    frame: {
      accounts,
      contracts: new Map([...protocols.values()].flatMap(contractsOf)),
      target,
      nativeAsset: scenario.nativeAsset,
      tokens: new Map(tokens.all().map((token) => [token.symbol, token])),
      protocols: placed,
      balances,
    },
    catalogue: buildCatalogue([...protocols.values()], moves),
    oracles,
    conditions: judged,
    prices: startPrices(scenario, oracles, start),
    names: nameBook(accounts, target, tokens.all(), [...protocols.values()], [...feeds.values()]),
    tokens,
    start,
    lens,
    plan,
    tokenBalances: new TokenBalances(),
  };
}

/** A fault that an adapter cannot have would look like a feed that survives it. */
function requireFaults({ name, kind, oracle, sequencer }: BoundProtocol, wanted: readonly OracleFaultKind[]): void {
  const known = oracle?.faults ?? (sequencer === undefined ? [] : (["down"] as const));
  const missing = wanted.find((fault) => !known.includes(fault));
  if (missing === undefined) return;
  throw new SiegeError("UNSUPPORTED_PROTOCOL", {
    message: `The ${name} feed, of kind "${kind}", cannot have the fault "${missing}".`,
    hint: `It can have ${known.join(", ")}; name the feeds of others in oracleFaults.oracles.`,
  });
}

function contractsOf({ name, address, contracts }: BoundProtocol): readonly (readonly [string, Address])[] {
  return [[name, address], ...Object.entries(contracts).map(([part, at]) => [`${name} ${part}`, at] as const)];
}

/** The scenario's protocols, and an ERC-20 for each asset's token that no protocol names: tokens can always be sent. */
function withAssetTokens(scenario: Scenario, tokens: readonly Token[]): ReadonlyMap<string, Protocol> {
  const named = new Set([...scenario.protocols.values()].map(({ address }) => address.toLowerCase()));
  const missing = tokens.filter(
    (token) => !named.has(token.address.toLowerCase()) && !scenario.protocols.has(token.symbol),
  );
  return new Map([
    ...scenario.protocols,
    ...missing.map((token) => [token.symbol, erc20(token.address) as Protocol] as const),
  ]);
}

function startPrices(
  scenario: Scenario,
  oracles: ReadonlyMap<string, PlacedOracle>,
  start: Observation,
): ReadonlyMap<string, number> {
  return new Map(
    [...scenario.assets].map(([asset, { price }]) => {
      if (price !== undefined) return [asset, price];
      const oracle = [...oracles.values()].find(({ bound }) => bound.oracle?.model.asset === asset);
      if (oracle?.bound.oracle === undefined) {
        throw new SiegeError("INVALID_SCENARIO", {
          message: `The asset "${asset}" has neither a price nor an oracle to take it from.`,
          hint: `Give it one: assets: { ${asset}: { price: 2000 } }.`,
        });
      }
      return [asset, oracle.bound.oracle.price(start.get(oracle.part))];
    }),
  );
}

function nameBook(
  accounts: ReadonlyMap<string, Address>,
  target: ResolvedTarget,
  tokens: readonly Token[],
  protocols: readonly BoundProtocol[],
  feeds: readonly BoundProtocol[],
): ReadonlyMap<string, string> {
  // later entries win: a person knows an address by its most particular name
  return new Map(
    [
      ...feeds.map(({ name, address }) => [address, `${name} feed`] as const),
      ...protocols.flatMap(({ name, contracts }) =>
        Object.entries(contracts).map(([part, address]) => [address, `${name} ${part}`] as const),
      ),
      ...protocols.map(({ name, address }) => [address, name] as const),
      ...tokens.map(({ symbol, address }) => [address, symbol] as const),
      ...[...accounts].map(([name, address]) => [address, name] as const),
      [target.address, target.name] as const,
    ].map(([address, name]) => [address.toLowerCase(), name]),
  );
}
