import type { Address } from "viem";

import type { InspectContext } from "../../protocols/contexts.js";
import type { Protocol } from "../../protocols/protocol.js";
import type { Token } from "../../protocols/token.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { Borrowed } from "../chain/borrowed-connection.js";
import type { Chain } from "../chain/chain.js";
import type { BoundCondition } from "./bind-condition.js";
import type { BoundEvent } from "./bind-event.js";
import type { BoundOracle } from "./bind-oracle.js";
import type { BoundProtocol } from "./bind-protocol.js";
import type { BoundWorld } from "./bound-world.js";

import { erc20 } from "../../protocols/tokens/erc20.js";
import { addressKey } from "../../quantity/address.js";
import { faultsOf } from "../../scenario/build/oracle-faults.js";
import { targetActions } from "../../target/actions.js";
import { agentAddress } from "../../view/accounts.js";
import { RAIDER_CODE } from "../chain/engine-bytecode.js";
import { LensReader } from "../chain/lens-reader.js";
import { packReads, unpackReads } from "../chain/lens.js";

import { balanceSheet } from "./balance-sheet.js";
import { bindCondition } from "./bind-condition.js";
import { bindEvent } from "./bind-event.js";
import { bindOracle } from "./bind-oracle.js";
import { bindProtocol } from "./bind-protocol.js";
import { buildCatalogue } from "./catalogue.js";
import { cheatcodeUsers } from "./cheatcode-users.js";
import { fillPurses } from "./funding/fill-purses.js";
import { TokenBalances } from "./funding/token-balances.js";
import { contractsOf, nameBook } from "./name-book.js";
import { Observation, ObservationLayout } from "./observation.js";
import { prepare } from "./prepare.js";
import { requireActions } from "./require-actions.js";
import { requireCalls } from "./require-calls.js";
import { fundAgents, fundSenders } from "./setup.js";
import { startPrices } from "./start-prices.js";
import { TokenRegistry } from "./token-registry.js";
import { uncalledParts, unlistedFunctions } from "./uncalled.js";

/** The least native coin that senders of events have: the fees of congested blocks must not price them out. */
const SENDER_FUNDS = 10n ** 24n;

/**
 * Binds a scenario to a chain: inspects its protocols, funds its agents, and reads the base.
 *
 * @throws SiegeError `UNSUPPORTED_PROTOCOL`, `UNSUPPORTED_TARGET`, `UNFUNDABLE_TOKEN`, `UNKNOWN_ACTION`, `RPC_FAILED`, …
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
  const feeds = new Map<string, BoundOracle>();
  for (const [name, oracle] of [...scenario.oracles, ...scenario.sequencers]) {
    feeds.set(name, await bindOracle(name, oracle, { ...context, faults: faultsOf(scenario.oracleFaults, name) }));
  }
  for (const { preparations } of protocols.values()) await prepare(chain, preparations);
  for (const { publishing } of feeds.values()) await prepare(chain, publishing);
  const { blocks, blockTime } = scenario;
  const conditions: BoundCondition[] = [];
  for (const condition of scenario.conditions) {
    conditions.push(await bindCondition(condition, { ...context, target, blocks, blockTime }));
  }
  const events: BoundEvent[] = [];
  for (const event of scenario.events) events.push(await bindEvent(event, { ...context, target }));
  await prepare(
    chain,
    events.map(({ sender }) => ({ kind: "fund", account: sender, wei: SENDER_FUNDS })),
  );

  for (const protocol of protocols.values()) tokens.adopt(protocol.tokens);
  await tokens.adoptShares(target);
  const moves = targetActions(target, tokens.all());
  requireCalls(target, moves, scenario.agents.values());
  const catalogue = buildCatalogue([...protocols.values()], moves.actions);
  requireActions(scenario.agents, catalogue, moves.skipped);
  const tokenBalances = new TokenBalances();
  const bound = [...protocols.values()];
  const funding = await fundAgents({
    chain,
    borrowed,
    scenario,
    accounts,
    tokens,
    tokenBalances,
    protocols: bound,
    target,
  });
  await fillPurses(chain, tokenBalances, conditions);
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
    skipped: [...moves.skipped, ...unlistedFunctions(target), ...(await uncalledParts(chain, target))],
    cheatcodes: await cheatcodeUsers(
      chain,
      target,
      judged.map(({ part }) => part.plan),
    ),
    catalogue,
    oracles,
    conditions: judged,
    events,
    prices: startPrices(scenario, oracles, start),
    names: nameBook(accounts, target, tokens.all(), [...protocols.values()], [...feeds.values()], events),
    tokens,
    start,
    lens,
    plan,
    tokenBalances,
    funding,
  };
}

/** The scenario's protocols, and an ERC-20 for each asset's token without a protocol: tokens can always be sent. */
function withAssetTokens(scenario: Scenario, tokens: readonly Token[]): ReadonlyMap<string, Protocol> {
  const named = new Set([...scenario.protocols.values()].map(({ address }) => addressKey(address)));
  const missing = tokens.filter(
    (token) => !named.has(addressKey(token.address)) && !scenario.protocols.has(token.symbol),
  );
  return new Map([
    ...scenario.protocols,
    ...missing.map((token) => [token.symbol, erc20(token.address) as Protocol] as const),
  ]);
}
