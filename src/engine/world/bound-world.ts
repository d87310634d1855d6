import type { Hex } from "viem";

import type { ReadPlan } from "../../protocols/read-plan.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { SkippedFunction } from "../../target/actions.js";
import type { EventFields } from "../../target/event-fields.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { Header } from "../chain/chain.js";
import type { LensCall } from "../chain/lens.js";
import type { BoundCondition } from "./bind-condition.js";
import type { BoundEvent } from "./bind-event.js";
import type { BoundOracle } from "./bind-oracle.js";
import type { CatalogueEntry } from "./catalogue.js";
import type { CheatcodeUser } from "./cheatcode-users.js";
import type { Creation } from "./creation.js";
import type { FundingNote } from "./funding/funding-note.js";
import type { TokenBalances } from "./funding/token-balances.js";
import type { Part } from "./observation.js";
import type { Observation } from "./observation.js";
import type { ViewFrame } from "./observed-view.js";
import type { ParameterValue } from "./parameters/parameter-value.js";
import type { TokenRegistry } from "./token-registry.js";
import type { Untold } from "./untold.js";

/** A condition with its part of the batched read. */
interface PlacedCondition {
  readonly bound: BoundCondition;
  readonly part: Part<unknown>;
}

/** A price feed with its part of the batched read. */
export interface PlacedOracle {
  readonly bound: BoundOracle;
  readonly part: Part<unknown>;
}

/** A scenario bound to a chain at its base: everything about a world that does not change. */
export interface BoundWorld {
  readonly scenario: Scenario;
  readonly target: ResolvedTarget;
  /** The block of the user's connection when the campaign began. */
  readonly forkBlock: number;
  /** The parameters that were set, in the order of the scenario. */
  readonly parameters: readonly ParameterValue[];
  /** Whether the user's connection is a fork of another chain. */
  readonly isFork: boolean;
  /** The block that every run starts after. */
  readonly base: Header;
  readonly frame: ViewFrame;
  readonly catalogue: ReadonlyMap<string, CatalogueEntry>;
  /** The target's state-changing functions that are never called. */
  readonly skipped: readonly SkippedFunction[];
  /** What contracts were not asked, or did not say. */
  readonly untold: Untold;
  /** What their events tell by name. */
  readonly eventFields: EventFields;
  /** What the contracts under siege can create; `undefined` if they can create nothing that is known. */
  readonly creation: Creation | undefined;
  /** Agents that are existing accounts with code, by name: they cannot be puppets. */
  readonly contractAgents: readonly string[];
  /** Contracts that mention Foundry cheatcodes. */
  readonly cheatcodes: readonly CheatcodeUser[];
  /** By name; uptime feeds of sequencers among them. */
  readonly oracles: ReadonlyMap<string, PlacedOracle>;
  readonly conditions: readonly PlacedCondition[];
  /** The scenario's own kinds of events. */
  readonly events: readonly BoundEvent[];
  /** Fair prices at the start, by asset. */
  readonly prices: ReadonlyMap<string, number>;
  /** Names of contracts and accounts, by lower-case address, for reports. */
  readonly names: ReadonlyMap<string, string>;
  readonly tokens: TokenRegistry;
  /** The state at the base. */
  readonly start: Observation;
  /** The batched read, packed and unpacked; constant during a campaign. */
  readonly lens: LensCall;
  readonly plan: ReadPlan<unknown>;
  /** Contracts that return error codes instead of reverting, by lower-case address. */
  readonly errorCodes: ReadonlySet<string>;
  /** The hooks for which contracts ask the registry of ERC-1820 whom to call, as ERC-777 tokens do. */
  readonly hooks: readonly Hex[];
  /** Writes token balances. */
  readonly tokenBalances: TokenBalances;
  /** Which of the agents' capital is not consistent with the rest of its token. */
  readonly funding: readonly FundingNote[];
}
