import type { ScenarioDefinition } from "../../src/scenario/scenario.js";
import type { Target } from "../../src/target/target.js";
import type { FixtureFork, Variant } from "../../test/fixtures/fixture.js";

/** What is laid siege to, and how. */
export interface Setting {
  readonly target: Target;
  readonly scenario: ScenarioDefinition;
}

/** Sets up what happened on a fork, or what would have happened with the fixed twin. */
export type PostMortem = (fork: FixtureFork, variant?: Variant) => Promise<Setting>;
