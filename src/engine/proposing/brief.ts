import type { AbiParameter } from "viem";

import type {
  ProposerAction,
  ProposerBrief,
  ProposerMoment,
  ProposerParameter,
  ProposerRun,
} from "../../agents/proposer.js";
import type { Genome } from "../events/genome.js";
import type { OrderOfActions } from "../search/order-of-actions.js";
import type { CatalogueEntry } from "../world/catalogue.js";
import type { World } from "../world/world.js";

import { isCalledBackEver } from "../../agents/agent.js";
import { PPM } from "../../quantity/ppm.js";
import { accountOf } from "../../view/accounts.js";
import { isMomentous } from "../events/price-move.js";
import { movesOf } from "../world/catalogue.js";

/** What earlier generations have shown. */
export interface Shown {
  readonly order: OrderOfActions;
  readonly callers: readonly string[];
  /** How often actions have succeeded. */
  readonly succeeded: ReadonlyMap<string, number>;
}

/** The part of a brief that is the same every time. */
export type StandingBrief = Omit<ProposerBrief, "round" | "runs" | "actions" | "played" | "refused">;

export function standingBrief(world: World): StandingBrief {
  const { scenario, target, frame, catalogue, conditions, tokens, prices } = world;
  return {
    target: target.name,
    scenario: scenario.name,
    blocks: scenario.blocks,
    blockTime: scenario.blockTime,
    agents: [...scenario.agents].flatMap(([name, agent]) => {
      const actions = movesOf(agent, catalogue).map((entry) => entry.name);
      const { role, capital = {} } = agent;
      const address = accountOf(frame.accounts, name);
      return actions.length === 0
        ? []
        : [{ name, role, address, capital: { ...capital }, actions, isCalledBack: isCalledBackEver(agent) }];
    }),
    tokens: tokens.all().flatMap(({ asset, address, decimals }) => {
      const price = asset === undefined ? undefined : prices.get(asset);
      return asset === undefined || price === undefined ? [] : [{ asset, address, decimals, price }];
    }),
    accounts: Object.fromEntries([...frame.contracts, ...frame.nameable]),
    conditions: conditions.map(({ bound: { id } }) => id),
  };
}

/** The actions, with what is known of them. */
export function actionsTold(world: World, shown: Shown): readonly ProposerAction[] {
  return [...world.catalogue.values()].map((entry) => actionTold(world, entry, shown));
}

function actionTold(world: World, entry: CatalogueEntry, { order, callers, succeeded }: Shown): ProposerAction {
  const { name, action, isLoan } = entry;
  const { pays, gets } = order.flowOf(name);
  const needs = order.before.get(name);
  const named = (tokens: ReadonlySet<string>): readonly string[] =>
    [...tokens].map((token) => assetOf(world, token) ?? token).sort();
  const { exact } = action;
  return {
    name,
    ...(exact === undefined
      ? { shares: action.operands }
      : { inputs: exact.item.inputs.map(parameterTold), payable: exact.item.stateMutability === "payable" }),
    ...(isLoan === true ? { isLoan } : {}),
    succeeded: succeeded.get(name) ?? 0,
    pays: named(pays),
    gets: named(gets),
    ...(needs === undefined ? {} : { needs }),
    callsBack: callers.includes(name),
  };
}

function assetOf({ tokens }: World, key: string): string | undefined {
  return tokens.all().find(({ address }) => address.toLowerCase() === key)?.asset;
}

function parameterTold(parameter: AbiParameter): ProposerParameter {
  return {
    name: parameter.name ?? "",
    type: parameter.type,
    ...("components" in parameter ? { components: parameter.components.map(parameterTold) } : {}),
  };
}

/** A run as it was drawn. @param run - counted from 1 */
export function runTold(genome: Genome, run: number): ProposerRun {
  const moments: readonly ProposerMoment[] = [
    ...genome.market.flatMap(({ block, asset, change }): readonly ProposerMoment[] =>
      isMomentous(change) ? [{ block, what: "price", asset, change: change / PPM }] : [],
    ),
    ...(genome.pauses ?? []).map(({ block, seconds }): ProposerMoment => ({ block, what: "pause", seconds })),
  ];
  return { run, seed: genome.seed, moments: [...moments].sort((a, b) => a.block - b.block) };
}
