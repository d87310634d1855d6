import type { CampaignOptions } from "./engine/campaign/options.js";
import type { RuinAssertionOptions } from "./matchers/to-have-ruin-probability-below.js";
import type { SiegeConfig, SiegeUserConfig } from "./plugin/config.js";
import type { Scenario } from "./scenario/scenario.js";
import type { Siege } from "./siege.js";

declare module "hardhat/types/config" {
  interface HardhatUserConfig {
    /** Budget of survival campaigns, and where their findings go. */
    siege?: SiegeUserConfig;
  }

  interface HardhatConfig {
    siege: SiegeConfig;
  }
}

declare module "hardhat/types/network" {
  // the type parameters of a merged interface have to be repeated as they are in Hardhat
  interface NetworkConnection<
    // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-redundant-type-constituents
    ChainTypeT extends ChainType | string = DefaultChainType,
  > {
    /** Builds scenarios and runs survival campaigns on this connection. */
    siege: Siege;
  }
}

declare global {
  // @types/chai is a global namespace, so there is no module to augment
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Chai {
    interface Assertion {
      /**
       * Runs a survival campaign. Await it.
       *
       * Fails with the minimal reproduction if a condition of the scenario breaks. With `not`, fails if the target
       * survives. A campaign that could not finish is an error (`INCOMPLETE`) either way.
       *
       * @example
       * ```ts
       * await expect(vault).toSurviveScenario(scenario, { runs: 500 });
       * ```
       */
      toSurviveScenario(scenario: Scenario, options?: CampaignOptions): Promise<void>;

      /**
       * Estimates how likely ruin is over the scenario's horizon, from independent paths. Await it.
       *
       * Passes if the whole interval lies below the limit, fails if it lies at or above it. With `not`, the other way round. If
       * the limit lies within the interval, it is an error either way (`INCONCLUSIVE`), as are paths that were not all played
       * (`INCOMPLETE`).
       *
       * @param limit - above 0 and below 1
       * @example
       * ```ts
       * await expect(vault).toHaveRuinProbabilityBelow(0.01, scenario, { paths: 2_000, confidence: 0.95 });
       * ```
       */
      toHaveRuinProbabilityBelow(limit: number, scenario: Scenario, options?: RuinAssertionOptions): Promise<void>;
    }
  }
}
