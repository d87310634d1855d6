import type { Attack, BankruptResult } from "../training/bankruptcy/bankrupt-result.js";

import { percent, usd } from "../quantity/amount.js";
import { format } from "../quantity/format.js";
import { legible } from "../quantity/legible.js";

import { columnsOf, padded } from "./columns.js";
import { count, row, toText } from "./lines.js";

/** The widest name, and the widest summary of a violation. */
const WIDTH = 200;

const HEAD = ["capital", "price move", "steps", "condition", "reproduction"] as const;

/**
 * The cheapest ways to break a target as a table: of each, no other is cheaper in capital, price move and steps.
 *
 * @param result - of `siege.bankrupt(...)`
 * @returns lines without colours and without a trailing newline
 */
export function renderBankruptcy(result: BankruptResult): string {
  const { outcome, target, scenario, front, costliest, campaigns, capital, seed, seconds, cut } = result;
  const rows = [HEAD, ...front.map(cellsOf)];
  const widths = HEAD.map((_name, column) => Math.max(...rows.map((cells) => columnsOf(cells[column] ?? ""))));
  const broken = campaigns.filter((campaign) => campaign.outcome === "broken").length;
  return toText([
    `${headOf(outcome, front.length)}: ${legible(target, WIDTH)} in "${legible(scenario, WIDTH)}"`,
    ...(cut === undefined ? [] : [row("stopped", cut)]),
    row("capital", `${format(usd(capital))} in all`),
    ...(front.length === 0
      ? []
      : [
          "",
          ...rows.map((cells) =>
            `  ${cells.map((cell, column) => padded(cell, widths[column] ?? 0)).join("  ")}`.trimEnd(),
          ),
          "",
        ]),
    ...(costliest === undefined
      ? []
      : [row("most harm", `${legible(costliest.condition, WIDTH)}: ${legible(costliest.summary, WIDTH)}`)]),
    `  ${count(campaigns.length, "campaign")}, ${broken} of them broke it, seed ${seed}; ${seconds.toFixed(1)} s`,
  ]);
}

function headOf(outcome: BankruptResult["outcome"], ways: number): string {
  if (outcome === "broken") return `${count(ways, "cheapest way")} to break it`;
  if (outcome === "survived") return "Nothing broke";
  return outcome === "incomplete" ? "Incomplete" : "Undecided";
}

function cellsOf({ capital, priceMove, steps, condition, reproduction }: Attack): readonly string[] {
  return [
    format(usd(capital)),
    format(percent(priceMove)),
    String(steps),
    legible(condition, WIDTH),
    legible(reproduction ?? "", WIDTH),
  ];
}
