import type { ForkSnapshot, StoredSnapshot } from "../engine/fork-snapshot/fork-snapshot.js";
import type { Verification } from "../engine/fork-snapshot/verify.js";

import { blockOf } from "../engine/fork-snapshot/fork-snapshot.js";
import { legible } from "../quantity/legible.js";

import { count, row, toText } from "./lines.js";

/** The most accounts, and the most differences, that are listed. */
const LISTED = 12;

/** What a snapshot holds. */
export function renderSnapshot(file: string, { snapshot, checksum, bytes }: StoredSnapshot): string {
  const { network, state, pending, orders } = snapshot;
  const accounts = Object.entries(state.accounts).map(([address, { code, storage }]) => ({
    address,
    code: (code.length - 2) / 2,
    slots: Object.keys(storage).length,
  }));
  const largest = accounts.sort((a, b) => b.slots - a.slots || b.code - a.code || (a.address < b.address ? -1 : 1));
  const more = largest.length - LISTED;
  const time = new Date(Number(state.block.timestamp) * 1000);
  return toText([
    `${legible(file, 200)} holds ${heldText(snapshot)}`,
    row("chain", `${state.chainId}, block ${blockOf(snapshot).toLocaleString("en-US")} of ${timeText(time)}`),
    row("", legible(String(state.block.hash), 80)),
    row(
      "network",
      `chainId ${network.chainId}, chainType ${legible(network.chainType, 40)}, hardfork ${legible(network.hardfork, 40)}`,
    ),
    ...(pending.length === 0 ? [] : [row("pending", count(pending.length, "transaction"))]),
    ...(orders.length === 0 ? [] : [row("orders", String(orders.length))]),
    row("file", `${bytes.toLocaleString("en-US")} bytes`),
    row("checksum", checksum),
    "",
    ...largest
      .slice(0, LISTED)
      .map(
        ({ address, code, slots }) =>
          `  ${legible(address, 42)}  ${count(slots, "slot")}, ${code.toLocaleString("en-US")} bytes of code`,
      ),
    ...(more > 0 ? [`  and ${count(more, "other account")}`] : []),
  ]);
}

/** `41 accounts (23 with code) and 812 slots` */
export function heldText({ state }: ForkSnapshot): string {
  const accounts = Object.values(state.accounts);
  const coded = accounts.filter(({ code }) => code !== "0x").length;
  const slots = accounts.reduce((sum, { storage }) => sum + Object.keys(storage).length, 0);
  return `${count(accounts.length, "account")} (${coded} with code) and ${count(slots, "slot")}`;
}

/** What a node says of a snapshot. */
export function renderVerification(file: string, host: string, verification: Verification): string {
  const { accounts, slots, differences } = verification;
  const shown = legible(file, 200);
  const all = `${count(accounts, "account")} and ${count(slots, "slot")}`;
  if (differences.length === 0) return `${shown} agrees with ${legible(host, 100)} in ${all}`;
  const more = differences.length - LISTED;
  return toText([
    `${shown} differs from ${legible(host, 100)} in ${differences.length} of ${all}`,
    ...differences
      .slice(0, LISTED)
      .map(
        ({ address, of, held, actual }) =>
          `  ${address}  ${of.startsWith("0x") ? `slot ${of}` : of}: ${legible(held, 70)}, at the node ${legible(actual, 70)}`,
      ),
    ...(more > 0 ? [`  and ${count(more, "other difference")}`] : []),
  ]);
}

function timeText(time: Date): string {
  return Number.isNaN(time.getTime()) ? "no time" : time.toISOString();
}
