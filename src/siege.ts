import type { HookContext } from "hardhat/types/hooks";
import type { NetworkConnection } from "hardhat/types/network";

import type { CampaignResult } from "./engine/campaign/campaign-result.js";
import type { CampaignOptions } from "./engine/campaign/options.js";
import type { Outcome } from "./engine/run/outcome.js";
import type { Presets } from "./scenario/presets/presets.js";
import type { Scenario, ScenarioDefinition } from "./scenario/scenario.js";
import type { Target } from "./target/target.js";

import { bindAllMethods } from "@nomicfoundation/hardhat-utils/lang";
import { AsyncMutex } from "@nomicfoundation/hardhat-utils/synchronization";

import { SiegeError } from "./errors.js";
import { resolveOptions } from "./plugin/config.js";
import { memoryOf } from "./plugin/connections/connection-memory.js";
import { claim } from "./plugin/connections/open-sieges.js";
import { requireSimulated } from "./plugin/simulated-network.js";
import { nameTarget } from "./plugin/target-name.js";
import { buildScenario } from "./scenario/build/build-scenario.js";
import { presetsOf } from "./scenario/presets/presets.js";

/**
 * Survival testing on one network connection: `connection.siege`. Its functions may be destructured, which is why they
 * are properties here and not methods.
 */
export interface Siege {
  /**
   * Validates a scenario and fills in its defaults.
   *
   * @throws SiegeError `INVALID_SCENARIO`
   */
  readonly scenario: (definition: ScenarioDefinition) => Scenario;

  /** Scenarios by name: `siege.presets.flashCrash({ drop: 0.5 })`. */
  readonly presets: Presets;

  /**
   * Runs a campaign: searches for a run that breaks a condition, and shrinks what it finds. This is the matcher without
   * chai. The connection is afterwards as it was before. Campaigns on one connection wait for each other.
   *
   * @param target - a viem contract, an ethers contract, or `{ address, abi }`
   * @param options - what is left out comes from the `siege` section of the config
   * @throws SiegeError `LIVE_NETWORK`, `INVALID_TARGET`, `INVALID_SCENARIO`, `INVALID_OPTION`, `NO_CODE`
   *
   * @example
   * ```ts
   * const result = await siege.run(vault, scenario, { runs: 500 });
   * if (result.kind === "violation") console.log(result.finding.violation.condition);
   * ```
   */
  readonly run: (target: Target, scenario: Scenario, options?: CampaignOptions) => Promise<CampaignResult>;

  /**
   * Replays a reproduction. It needs nothing but the file: not the connection's state, no fork, no fixture.
   *
   * @param reproduction - its path, relative to the project's root, or its parsed content
   * @throws SiegeError `REPRODUCTION_NOT_FOUND`, `REPRODUCTION_INVALID` and their kin
   */
  readonly replay: (reproduction: string | object) => Promise<Outcome>;
}

/** What `siege` needs of a network connection. */
export type SiegeConnection = Pick<NetworkConnection, "networkName" | "networkConfig" | "provider">;

/** What `siege` needs of Hardhat's runtime environment. */
export type SiegeContext = Pick<HookContext, "artifacts" | "config">;

export class SiegeImplementation implements Siege {
  readonly #connection: SiegeConnection;
  readonly #context: SiegeContext;
  // two campaigns at a time would mine into each other's blocks
  readonly #turn: AsyncMutex = new AsyncMutex();

  readonly presets: Presets;

  constructor(connection: SiegeConnection, context: SiegeContext) {
    this.#connection = connection;
    this.#context = context;
    this.presets = presetsOf((definition) => this.scenario(definition));
    // so that `const { scenario, run } = connection.siege` works
    bindAllMethods(this);
  }

  scenario(definition: ScenarioDefinition): Scenario {
    const scenario = buildScenario(definition);
    claim(scenario, this);
    return scenario;
  }

  async run(target: Target, scenario: Scenario, options: CampaignOptions = {}): Promise<CampaignResult> {
    const { hardfork, mining } = requireSimulated(this.#connection);
    requireBuilt(scenario);
    const { config, artifacts } = this.#context;
    const resolvedOptions = resolveOptions(options, config.siege);
    const { runCampaign } = await import("./engine/campaign/campaign.js");
    return this.#turn.exclusiveRun(async () => {
      const { provider } = this.#connection;
      const memory = memoryOf(this.#connection);
      const environment = {
        provider,
        hardfork,
        projectRoot: config.paths.root,
        reproductions: config.siege.reproductions,
        // a copy: the campaign's own impersonations pass through the same hook
        impersonated: new Set(memory.impersonated),
        intervalMining: memory.intervalMining ?? mining.interval,
        clock: () => performance.now(),
      };
      return runCampaign(environment, await nameTarget(target, artifacts, provider), scenario, resolvedOptions);
    });
  }

  async replay(reproduction: string | object): Promise<Outcome> {
    const { replayReproduction } = await import("./engine/reproduction/replay.js");
    return replayReproduction(reproduction, this.#context.config.paths.root);
  }
}

/** Catches a definition where a scenario belongs: they look alike, and plain JavaScript has no types to tell. */
function requireBuilt(scenario: Scenario): void {
  const assets: unknown = (scenario as Scenario | undefined)?.assets;
  if (assets instanceof Map) return;
  throw new SiegeError("INVALID_SCENARIO", {
    message: "The scenario is not one that siege.scenario(...) returned.",
    hint: "Pass the definition through siege.scenario(...) first.",
  });
}
