import type { NetworkConnection } from "hardhat/types/network";
import type { HookContext } from "hardhat/types/hooks";
import type { Siege } from "../siege.js";
import type { Presets } from "../scenario/presets/presets.js";
import type { ScenarioDefinition, Scenario } from "../scenario/scenario.js";
import type { Target } from "../target/target.js";
import type { CampaignOptions } from "../engine/campaign/options.js";
import type { CampaignResult } from "../engine/campaign/campaign-result.js";
import type { Outcome } from "../engine/run/outcome.js";

import { AsyncMutex } from "@nomicfoundation/hardhat-utils/synchronization";
import { presetsOf } from "../scenario/presets/presets.js";
import { bindAllMethods } from "@nomicfoundation/hardhat-utils/lang";
import { buildScenario } from "../scenario/build/build-scenario.js";
import { claim } from "./connections/open-sieges.js";
import { requireSimulated } from "./simulated-network.js";
import { resolveOptions } from "./config.js";
import { memoryOf } from "./connections/connection-memory.js";
import { nameTarget } from "./target-name.js";
import { SiegeError } from "../errors.js";

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
    const { runCampaign } = await import("../engine/campaign/campaign.js");
    const { writeReports } = await import("../report/reports.js");
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
      const named = await nameTarget(target, artifacts, provider);
      const result = await runCampaign(environment, named, scenario, resolvedOptions);
      return writeReports(result, config.paths.root);
    });
  }

  async replay(reproduction: string | object): Promise<Outcome> {
    const { replayReproduction } = await import("../engine/reproduction/replay.js");
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
