import type { ContractCall } from "../../protocols/call.js";
import type { Genome } from "../events/genome.js";
import type { Player } from "../run/player.js";
import type { MinedBlock } from "../run/state.js";
import type { World } from "../world/world.js";
import type { RunTally } from "./run-tally.js";

import { PLAIN } from "../../protocols/call.js";
import { addressKey } from "../../quantity/address.js";
import { succeededCalls } from "../run/called-back.js";

import { subjectsOf } from "./subjects.js";

/** The most runs that are looked at, if none of them shows a change. */
const MOST = 48;

/** How many of them are for one function: its first calls may all be of nothing. */
const MOST_OF_ONE = 16;

/** Functions that only let others act; they change storage, and say nothing about a protocol. */
const PERMISSIONS = /^(approve|permit|increaseAllowance|decreaseAllowance|setApprovalForAll|setOperator)\b/;

/** Runs in which calls of the target succeeded, some for each function, for a closer look at the end of a search. */
export class Witnesses {
  readonly #genomes: Genome[] = [];
  readonly #shown = new Map<string, number>();

  get genomes(): readonly Genome[] {
    return this.#genomes;
  }

  /** Called with the runs in their order. */
  saw(genome: Genome, { calls, exercised }: RunTally): void {
    if (exercised.length === 0 || this.#genomes.length >= MOST) return;
    const news = Object.values(calls)
      .flatMap((functions) => Object.entries(functions))
      .flatMap(([called, { succeeded }]) =>
        succeeded > 0 && !PERMISSIONS.test(bare(called)) && (this.#shown.get(called) ?? 0) < MOST_OF_ONE
          ? [called]
          : [],
      );
    if (news.length === 0) return;
    for (const called of news) this.#shown.set(called, (this.#shown.get(called) ?? 0) + 1);
    this.#genomes.push(genome);
  }
}

/**
 * Whether a call that did not revert really changed something: a deposit of nothing, or giving up a role that the caller does
 * not have, exercises nothing. The runs are played again with one transaction per call until one shows it.
 */
export async function changesState(player: Player, genomes: readonly Genome[]): Promise<boolean> {
  for (const genome of genomes) if (await changesInRun(player, genome)) return true;
  return false;
}

async function changesInRun(player: Player, genome: Genome): Promise<boolean> {
  const shown = { change: false };
  await player.genome(genome, {
    mined: async (block) => {
      shown.change = shown.change || (await changesIn(player.world, block));
    },
  });
  return shown.change;
}

async function changesIn(world: World, { calls, inclusions }: MinedBlock): Promise<boolean> {
  const { all, targets } = subjectsOf(world);
  for (const [index, { call, from }] of calls.entries()) {
    const inclusion = inclusions[index];
    if (inclusion?.kind !== "transaction" || isPermission(call)) continue;
    const receipt = await world.chain.receipt(inclusion.hash);
    if (receipt?.success !== true) continue;
    const made = succeededCalls(call, from, receipt.logs);
    const direct = made.some((one) => !isPermission(one) && all.has(addressKey(one.to)));
    // a contract that is called by another one shows in its events
    if (!direct && !receipt.logs.some(({ address }) => all.has(addressKey(address)))) continue;
    const changed = await world.chain.changedBy(inclusion.hash);
    // whoever holds native coin can be sent some
    const counts = made.some((one) => one.function.name !== PLAIN && all.has(addressKey(one.to)));
    if (changed.some(({ account, storage }) => storage || (counts && targets.has(addressKey(account))))) return true;
  }
  return false;
}

/** `deposit` of `target.deposit`. */
function bare(called: string): string {
  return called.replace(/^[^(]*\./, "");
}

function isPermission({ function: { name } }: ContractCall): boolean {
  return PERMISSIONS.test(name);
}
