import type { ContractCall } from "../../protocols/call.js";
import type { Log } from "../chain/transaction.js";
import type { Genome } from "../events/genome.js";
import type { Player } from "../run/player.js";
import type { MinedBlock } from "../run/state.js";
import type { World } from "../world/world.js";
import type { RunTally } from "./run-tally.js";

import { PLAIN } from "../../protocols/call.js";
import { addressKey } from "../../quantity/address.js";
import { BLOCK_BUILDER } from "../chain/chain.js";
import { succeededCalls } from "../run/called-back.js";
import { TRANSFER } from "../run/favours.js";

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
 * Whether a call that did not revert really changed something: a deposit of nothing, the repayment of a debt that is none, or
 * giving up a role that the caller does not have, exercises nothing. The runs are played again with one transaction per call
 * until one shows it.
 *
 * @param exercised - contracts of which calls did not revert: if targets are among them, one of these has to show it, and not
 * another contract that a condition reads
 */
export async function changesState(
  player: Player,
  genomes: readonly Genome[],
  exercised: readonly string[],
): Promise<boolean> {
  const { all, targets } = subjectsOf(player.world);
  const subjects = exercised.some((address) => targets.has(address)) ? targets : all;
  for (const genome of genomes) if (await changesInRun(player, genome, subjects)) return true;
  return false;
}

async function changesInRun(player: Player, genome: Genome, subjects: ReadonlySet<string>): Promise<boolean> {
  const shown = { change: false };
  await player.genome(genome, {
    mined: async (block) => {
      shown.change = shown.change || (await changesIn(player.world, block, subjects));
    },
  });
  return shown.change;
}

async function changesIn(
  world: World,
  { calls, inclusions }: MinedBlock,
  subjects: ReadonlySet<string>,
): Promise<boolean> {
  const { targets } = subjectsOf(world);
  for (const [index, { call, from }] of calls.entries()) {
    const inclusion = inclusions[index];
    if (inclusion?.kind !== "transaction" || isPermission(call)) continue;
    const receipt = await world.chain.receipt(inclusion.hash);
    if (receipt?.success !== true) continue;
    const made = succeededCalls(call, from, receipt.logs);
    const direct = made.some((one) => !isPermission(one) && subjects.has(addressKey(one.to)));
    // a contract that is called by another one shows in its events
    if (!direct && !receipt.logs.some(({ address }) => subjects.has(addressKey(address)))) continue;
    if (movesNothing(made, receipt.logs)) continue;
    const changed = await world.chain.changedBy(inclusion.hash);
    // whoever holds native coin can be sent some
    const parties = new Set([from, BLOCK_BUILDER, ...made.map((one) => one.to)].map(addressKey));
    const others = changed.filter(({ account }) => !parties.has(addressKey(account)));
    const counts =
      made.some((one) => subjects.has(addressKey(one.to))) &&
      (others.length > 0 ||
        (!onlyArrives(made, receipt.logs) && changed.some(({ account }) => targets.has(addressKey(account)))));
    if (counts || changed.some(({ storage }) => storage)) return true;
  }
  return false;
}

/** Whether all that calls did may be that coin arrived: none was without some, and no contract said a word. */
function onlyArrives(made: readonly ContractCall[], logs: readonly Log[]): boolean {
  return logs.length === 0 && made.every(({ function: { name }, value = 0n }) => name === PLAIN || value > 0n);
}

/**
 * Whether calls did what moves tokens, and moved none: they repaid a debt of nothing, say. What storage they change besides, such as
 * the time until which interest is reckoned, anybody's call would change.
 */
function movesNothing(made: readonly ContractCall[], logs: readonly Log[]): boolean {
  const transfers = logs.filter(({ topics: [kind] }) => kind === TRANSFER);
  return (
    transfers.length > 0 &&
    made.every(({ value = 0n }) => value === 0n) &&
    // of a token with an id, there is no amount
    transfers.every(({ data }) => /^0x0{64}$/.test(data))
  );
}

/** `deposit` of `target.deposit`. */
function bare(called: string): string {
  return called.replace(/^[^(]*\./, "");
}

function isPermission({ function: { name } }: ContractCall): boolean {
  return PERMISSIONS.test(name);
}
