import type { Address } from "viem";

import type { Protocol } from "../../protocols/protocol.js";
import type { Token } from "../../protocols/token.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { CodeWithSelectors } from "../../target/constants.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { Borrowed } from "../chain/borrowed-connection.js";
import type { Chain } from "../chain/chain.js";
import type { BoundCondition } from "./bind-condition.js";
import type { BoundEvent } from "./bind-event.js";
import type { BoundOracle } from "./bind-oracle.js";
import type { BoundProtocol } from "./bind-protocol.js";
import type { BoundWorld } from "./bound-world.js";

import { selectorOf } from "../../protocols/call.js";
import { erc20 } from "../../protocols/tokens/erc20.js";
import { addressKey } from "../../quantity/address.js";
import { faultsOf } from "../../scenario/build/oracle-faults.js";
import { targetActions } from "../../target/actions.js";
import { gasMoney } from "../../target/arguments/sendable.js";
import { constantsIn } from "../../target/constants.js";
import { createdActions } from "../../target/created.js";
import { dictionaryPlan, questionsFor, unansweredPlan } from "../../target/dictionary.js";
import { directoryPlan } from "../../target/directory.js";
import { returnsErrorCodes } from "../../target/error-codes.js";
import { eventFields } from "../../target/event-fields.js";
import { functionsOf } from "../../target/functions.js";
import { accountOf, agentAddress } from "../../view/accounts.js";
import { RAIDER_CODE } from "../chain/engine-bytecode.js";
import { LensReader } from "../chain/lens-reader.js";
import { packReads, unpackReads } from "../chain/lens.js";

import { agentsWithCode } from "./agents-with-code.js";
import { askedKinds } from "./asked-kinds.js";
import { atPath } from "./at-path.js";
import { balanceSheet } from "./balance-sheet.js";
import { bindCondition } from "./bind-condition.js";
import { bindEvent } from "./bind-event.js";
import { bindOracle } from "./bind-oracle.js";
import { bindProtocol } from "./bind-protocol.js";
import { bystanders } from "./bystanders.js";
import { buildCatalogue } from "./catalogue.js";
import { cheatcodeUsers } from "./cheatcode-users.js";
import { approvedBy, creationBy } from "./creation.js";
import { enumMembers } from "./enum-members.js";
import { fillPurses } from "./funding/fill-purses.js";
import { TokenBalances } from "./funding/token-balances.js";
import { hooksAskedFor } from "./hook-registry.js";
import { Inspections } from "./inspections.js";
import { contractsOf, nameBook } from "./name-book.js";
import { Observation, ObservationLayout } from "./observation.js";
import { setParameters } from "./parameters/set-parameters.js";
import { prepare } from "./prepare.js";
import { requireActions } from "./require-actions.js";
import { requireCalls } from "./require-calls.js";
import { readersOf, requireFollowing } from "./require-following.js";
import { fundAgents, fundSenders } from "./setup.js";
import { startPrices } from "./start-prices.js";
import { storedBy } from "./stored.js";
import { TokenRegistry } from "./token-registry.js";
import { uncalledParts, unlistedFunctions } from "./uncalled.js";

/** The least native coin that senders of events have: the fees of congested blocks must not price them out. */
const SENDER_FUNDS = 10n ** 24n;

/** The most accounts that views are asked about in each block. */
const MOST_ASKED_ABOUT = 4;

/**
 * Binds a scenario to a chain: inspects its protocols, funds its agents, and reads the base.
 *
 * @param checkpoint - throws if the campaign is to stop
 * @throws SiegeError `UNSUPPORTED_PROTOCOL`, `UNSUPPORTED_TARGET`, `UNFUNDABLE_TOKEN`, `UNKNOWN_ACTION`, `RPC_FAILED`, …
 */
export async function bindWorld(
  chain: Chain,
  borrowed: Borrowed,
  target: ResolvedTarget,
  scenario: Scenario,
  checkpoint: () => void = () => undefined,
): Promise<BoundWorld> {
  const { number: forkBlock } = await chain.latest();
  // before anything of the world is read
  const parameters = await setParameters({ chain, borrowed, target, scenario });
  const { timestamp: now } = await chain.latest();
  const accounts = new Map<string, Address>([
    ...[...scenario.agents].map(([name, { at = agentAddress(name) }]) => [name, at] as const),
    ...scenario.accounts,
    ["target", target.address],
  ]);
  const nameable = new Map([...accounts, ...(await bystanders(chain, accounts))]);
  const reader = new LensReader(chain);
  const tokens = new TokenRegistry(reader, scenario);
  const assetTokens = await tokens.ofAssets();
  const inspections = new Inspections(checkpoint);
  const context = inspections.noting({
    read: (plan) => reader.read(plan),
    token: (address) => tokens.get(address),
    hasCode: async (address) => (await chain.code(address)) !== "0x",
    assetTokens,
    accounts,
    target,
  });

  const protocols = new Map<string, BoundProtocol>();
  for (const [name, protocol] of withAssetTokens(scenario, assetTokens)) {
    const binding = bindProtocol(name, protocol, context);
    protocols.set(name, await inspections.of(`the protocol "${name}"`, binding));
  }
  const feeds = new Map<string, BoundOracle>();
  for (const [name, oracle] of [...scenario.oracles, ...scenario.sequencers]) {
    const faults = faultsOf(scenario.oracleFaults, name);
    const binding = bindOracle(name, oracle, { ...context, now, faults });
    feeds.set(name, await inspections.of(`the oracle of "${name}"`, binding));
  }
  for (const { preparations } of protocols.values()) await prepare(chain, preparations);
  const observed = { accounts, target };
  for (const bound of feeds.values()) {
    const readers = await readersOf(chain, bound);
    await prepare(chain, bound.publishing);
    await requireFollowing(chain, borrowed, { bound, readers, reader, observed });
  }
  const { blocks, blockTime, nativeAsset } = scenario;
  const conditions: BoundCondition[] = [];
  const assets = [...scenario.assets.keys()];
  const parts = new Map([...protocols].map(([name, one]) => [name, contractsOf(one).map(([, address]) => address)]));
  for (const [index, condition] of scenario.conditions.entries()) {
    const inspected = { ...context, target, assets, nativeAsset, protocols: parts, blocks, blockTime };
    const binding = atPath(`conditions[${index}]`, () => bindCondition(condition, inspected));
    conditions.push(await inspections.of(`the condition "${condition.id}"`, binding));
  }
  const events: BoundEvent[] = [];
  for (const event of scenario.events) {
    const binding = bindEvent(event, { ...context, target });
    events.push(await inspections.of(`the event "${event.kind}"`, binding));
  }
  await prepare(
    chain,
    events.map(({ sender }) => ({ kind: "fund", account: sender, wei: SENDER_FUNDS })),
  );

  for (const protocol of protocols.values()) tokens.adopt(protocol.tokens);
  const contracts = [...protocols.values()].flatMap(({ name, address, functions }): ResolvedTarget[] =>
    functions === undefined ? [] : [{ name, address, abi: functions }],
  );
  for (const one of [target, ...contracts]) {
    await tokens.adoptShares(one);
    await tokens.adoptNamed(one);
  }
  const moves = targetActions(target, tokens.all(), contracts);
  const further = contracts.map((one) => [one.name, targetActions(one, tokens.all(), [target, ...contracts])] as const);
  const creation = await creationBy(chain, target, contracts, {
    taken: new Set([...protocols.keys(), "target"]),
    used: [...tokens.all().map(({ address }) => address), ...[...parts.values()].flat()],
  });
  const kinds = creation?.kinds ?? [];
  const created = kinds.map((kind) => [kind.name, createdActions(kind, tokens.all())] as const);
  requireCalls(target, moves, {
    agents: scenario.agents.values(),
    elsewhere: further.map(([, { actions }]) => actions),
  });
  const catalogue = buildCatalogue(
    [...protocols.values()],
    new Map([
      ...[...further, ...created].map(([name, { actions }]) => [name, actions] as const),
      ["target", moves.actions],
    ]),
  );
  const skipped = [
    ...moves.skipped,
    ...[...further, ...created].flatMap(([name, one]) =>
      one.skipped.map(({ function: called, because }) => ({ function: `${name}.${called}`, because })),
    ),
  ];
  requireActions(scenario.agents, catalogue, skipped);
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
    spenders: [target.address, ...approvedBy(creation)],
  });
  await fillPurses(chain, tokenBalances, conditions);
  await fundSenders(chain, scenario.orderFlow.flat());

  const contractAgents = await agentsWithCode(chain, scenario);
  for (const [name, { flashLoans }] of scenario.agents) {
    if (flashLoans === true) await chain.setCode(accountOf(accounts, name), RAIDER_CODE);
  }

  const layout = new ObservationLayout();
  const balances = layout.add(balanceSheet(tokens.all(), [...new Set(accounts.values())]));
  const placed = new Map(
    [...protocols].map(([name, bound]) => [name, { bound, part: layout.add(bound.observe(observed)) }] as const),
  );
  const oracles = new Map(
    [...feeds].map(([asset, bound]) => [asset, { bound, part: layout.add(bound.observe(observed)) }] as const),
  );
  const judged = conditions.map((bound) => ({ bound, part: layout.add(bound.observe(observed)) }));
  const addresses = [target, ...contracts, ...tokens.all()].map(({ address }) => address);
  const underSiege = [{ ...target, name: "target" }, ...contracts];
  const named = directoryPlan(underSiege, [...new Set(addresses.map(addressKey))]);
  const directory = await reader.read(named.plan);
  const { asked, left } = questionsFor(underSiege, askedAbout(scenario, accounts), await askedKinds(chain, creation));
  const dictionary = layout.add(dictionaryPlan(asked));
  const plan = layout.plan();
  const lens = packReads(plan);
  const start = new Observation(unpackReads(plan, await chain.read(lens)));

  const codes = await codesOf(chain, [target, ...contracts]);
  const constants = constantsIn(codes);
  const said = start.get(dictionary);
  const stored = await storedBy(
    chain,
    underSiege.map(({ address }) => address),
    {
      addresses: new Set(
        [...nameable.values(), ...addresses, ...said.addresses, ...directory.addresses, ...constants.addresses].map(
          addressKey,
        ),
      ),
      numbers: new Set([...said.numbers, ...[...said.byAccount.values()].flat(), ...constants.numbers]),
      words: new Set([...said.words, ...constants.words]),
    },
  );
  const members = await enumMembers(chain, underSiege);
  const atStart = start.get(balances);
  const errorCodes = [target, ...contracts].filter(({ address, abi }) =>
    returnsErrorCodes({ abi, codes: codes.flatMap((one) => (one.address === address ? [one.code] : [])) }),
  );

  return {
    scenario,
    target: withErrors(target, contracts),
    forkBlock,
    parameters,
    isFork: await chain.isFork(),
    base: await chain.latest(),
    frame: {
      accounts,
      nameable,
      contracts: new Map([...protocols.values()].flatMap(contractsOf)),
      target,
      nativeAsset: scenario.nativeAsset,
      gasMoney: (account) => gasMoney(atStart.native(account)),
      tokens: new Map(tokens.all().map((token) => [token.symbol, token])),
      protocols: placed,
      balances,
      dictionary,
      fromStart: { constants, directory, stored, members },
    },
    skipped: [...skipped, ...unlistedFunctions(target), ...(await uncalledParts(chain, target))],
    untold: {
      questions: Object.entries(left).map(([contract, count]) => ({ contract, count })),
      unanswered: start.get({ ...dictionary, plan: unansweredPlan(asked) }),
      addresses: Object.values(named.left).reduce((sum, count) => sum + count, 0),
      constants: constants.left,
    },
    eventFields: eventFields([target.abi, ...contracts.map(({ abi }) => abi), ...kinds.map(({ abi }) => abi)]),
    creation,
    contractAgents,
    cheatcodes: await cheatcodeUsers(
      chain,
      [target, ...contracts],
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
    errorCodes: new Set(errorCodes.map(({ address }) => addressKey(address))),
    hooks: await hooksAskedFor(
      chain,
      new Set([
        target.address,
        ...tokens.all().map(({ address }) => address),
        ...[...protocols.values()].flatMap(contractsOf).map(([, address]) => address),
      ]),
    ),
    lens,
    plan,
    tokenBalances,
    funding,
  };
}

/** The code of contracts and of their implementations, with the selectors of their functions. */
async function codesOf(
  chain: Chain,
  contracts: readonly Pick<ResolvedTarget, "address" | "abi" | "source">[],
): Promise<readonly (CodeWithSelectors & { readonly address: Address })[]> {
  const codes: (CodeWithSelectors & { readonly address: Address })[] = [];
  for (const { address, abi, source } of contracts) {
    const selectors = new Set(functionsOf(abi).map(selectorOf));
    const implementations = source?.proxy?.implementations ?? [];
    for (const at of [address, ...implementations.map((one) => one.address)]) {
      codes.push({ address, code: await chain.code(at), selectors });
    }
  }
  return codes;
}

/** The accounts that views are asked about: those that move, then the others of the scenario. */
function askedAbout({ agents }: Scenario, accounts: ReadonlyMap<string, Address>): readonly Address[] {
  const movers = [...agents].flatMap(([name, { moves }]) => (moves === undefined ? [] : [name]));
  const ordered = [...movers, ...accounts.keys()].flatMap((name) => accounts.get(name) ?? []);
  return [...new Set(ordered)].slice(0, MOST_ASKED_ABOUT);
}

/** The target, whose custom errors are named, with those of the other contracts that agents call. */
function withErrors(target: ResolvedTarget, contracts: readonly ResolvedTarget[]): ResolvedTarget {
  const errors = contracts.flatMap(({ abi }) => abi.filter(({ type }) => type === "error"));
  return errors.length === 0 ? target : { ...target, errors: [...(target.errors ?? []), ...errors] };
}

/** The scenario's protocols, and an ERC-20 for each asset's token without a protocol: tokens can always be sent. */
function withAssetTokens(scenario: Scenario, tokens: readonly Token[]): ReadonlyMap<string, Protocol> {
  const adapted = [...scenario.protocols.values()].filter(({ kind }) => kind !== "contract");
  const named = new Set(adapted.map(({ address }) => addressKey(address)));
  const missing = tokens.filter(
    (token) => !named.has(addressKey(token.address)) && !scenario.protocols.has(token.symbol),
  );
  return new Map([
    ...scenario.protocols,
    ...missing.map((token) => [token.symbol, erc20(token.address) as Protocol] as const),
  ]);
}
