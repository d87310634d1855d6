import type { ParameterValues } from "../parameters/setter.js";
import type { ScenarioSource } from "../parameters/settings.js";
import type { Scenario, ScenarioDefinition, Setting } from "../scenario.js";

import { definitionAt, settingsOf, tried } from "../parameters/settings.js";

import { buildAccounts } from "./accounts.js";
import { buildAgents } from "./agents.js";
import { buildAssets, nativeAssetOf } from "./assets.js";
import { buildBlockTime } from "./block-time.js";
import { isRecord, isText, requireKeys, requireNumber, requireValue } from "./check.js";
import { buildConditions } from "./conditions.js";
import { buildCorrelations } from "./correlations.js";
import { buildEvents } from "./events.js";
import { buildBuilder, buildGas, buildMempool } from "./gas.js";
import { buildObjectives } from "./objectives.js";
import { buildOracleFaults } from "./oracle-faults.js";
import { buildOracles, requireStartPrices } from "./oracles.js";
import { buildOrderFlow } from "./order-flow.js";
import { buildParameters } from "./parameters.js";
import { buildPauses } from "./pauses.js";
import { buildProtocols } from "./protocols.js";
import { buildShocks } from "./shocks.js";
import { buildTargets } from "./targets.js";

const DEFINITION_KEYS = [
  "name",
  "blocks",
  "blockTime",
  "pauses",
  "assets",
  "correlations",
  "protocols",
  "targets",
  "oracles",
  "oracleFaults",
  "agents",
  "conditions",
  "accounts",
  "gas",
  "mempool",
  "builder",
  "events",
  "orderFlow",
  "parameters",
  "objectives",
  "shocks",
] as const;

const MAX_BLOCKS = 10_000;

/**
 * Validates a scenario and fills in its defaults.
 *
 * @returns a frozen scenario; changing the definition afterwards does not change it
 * @throws SiegeError `INVALID_SCENARIO` naming the path and the value; `UNKNOWN_ASSET` where an agent or an oracle
 * names an asset that the scenario does not have
 */
export function buildScenario(definition: ScenarioDefinition): Scenario {
  // the parameters of a scenario are paths in its own definition
  return scenarioFrom({ given: definition, define: (given) => given as ScenarioDefinition });
}

/** The same for a definition that a preset makes: its parameters may be the preset's options. */
export function scenarioFrom(source: ScenarioSource): Scenario {
  return assembled(source.define(source.given), source, []);
}

function assembled(definition: ScenarioDefinition, source: ScenarioSource, settings: readonly Setting[]): Scenario {
  requireValue(
    "The scenario's definition",
    definition,
    isRecord(definition),
    'Pass an object: { name: "crash", blocks: 50, assets, agents, conditions }.',
  );
  requireKeys("", definition, DEFINITION_KEYS);
  const { name, blocks } = definition;
  requireValue(
    "name",
    name,
    isText(name),
    'Name the scenario after what happens in it: "flash crash, oracle 3 blocks late".',
  );
  requireNumber("blocks", blocks, { min: 1, max: MAX_BLOCKS, kind: "integer" });
  const { blockTime, intervals } = buildBlockTime(definition.blockTime);

  const assets = buildAssets(definition.assets);
  const protocols = buildProtocols(definition.protocols);
  const accounts = buildAccounts(definition.accounts);
  const { oracles, sequencers } = buildOracles(definition.oracles, assets);
  const targets = buildTargets(definition.targets);
  const surroundings = { assets, accounts, protocols, targets };
  const agents = buildAgents(definition.agents, surroundings);
  requireStartPrices(assets, oracles);
  const orderFlow = buildOrderFlow(definition.orderFlow, blocks);
  const parameters = buildParameters(definition.parameters);
  // what is misspelt is noticed before a run asks for it
  if (settings.length === 0)
    for (const [called, one] of parameters) requireKeys("", tried(called, one, source), DEFINITION_KEYS);
  return Object.freeze({
    name,
    blocks,
    blockTime,
    intervals,
    pauses: buildPauses(definition.pauses, orderFlow),
    assets,
    correlation: buildCorrelations(definition.correlations, assets),
    protocols,
    targets,
    oracles,
    sequencers,
    oracleFaults: buildOracleFaults(definition.oracleFaults, { blocks, blockTime, oracles, sequencers }),
    agents,
    conditions: buildConditions(definition.conditions),
    accounts,
    gas: buildGas(definition.gas),
    mempool: buildMempool(definition.mempool),
    builder: buildBuilder(definition.builder, blocks),
    events: buildEvents(definition.events),
    orderFlow,
    nativeAsset: nativeAssetOf(assets),
    parameters,
    objectives: buildObjectives(definition.objectives),
    shocks: buildShocks(definition.shocks, {
      assets,
      protocols,
      named: (others) => new Map([...buildAgents([...agents.values(), ...others], surroundings)].slice(agents.size)),
    }),
    settings,
    at: (values: ParameterValues): Scenario => {
      const wanted = settingsOf(parameters, values);
      return assembled(definitionAt(source, wanted), source, wanted);
    },
  });
}
