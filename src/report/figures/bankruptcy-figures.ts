import type { BankruptResult } from "../../training/bankruptcy/bankrupt-result.js";
import type { Figure } from "./figure.js";

import { usd } from "../../quantity/amount.js";
import { format } from "../../quantity/format.js";
import { legible, NAME_WIDTH } from "../../quantity/legible.js";
import { count } from "../lines.js";

import { draw } from "./draw.js";
import { VERMILION } from "./palette.js";
import { box, shapeSeries, textAt } from "./shapes.js";
import { subjectOf } from "./subject.js";

/** Half the size of a mark, pixels. */
const MARK = 4;

/**
 * The figure of the cheapest ways to break a target, `bankruptcy`: the capital of each and how far prices move, with its number of
 * steps. Needs the package echarts.
 *
 * @param result - of `siege.bankrupt(...)`, or as `siege bankrupt --json` wrote it
 * @returns none if nothing broke
 * @throws SiegeError `FIGURES_UNAVAILABLE`
 */
export async function bankruptcyFigures(result: BankruptResult): Promise<readonly Figure[]> {
  const { front, campaigns, seed, forkBlock, capital } = result;
  if (front.length === 0) return [];
  const most = Math.max(...front.map((attack) => attack.capital), 1);
  const furthest = Math.max(...front.map(({ priceMove }) => 100 * priceMove), 1);
  const svg = await draw({
    title: `The cheapest ways to break ${subjectOf(result)}`,
    about: [
      `Each mark is an attack that was confirmed and is minimal; none of them takes less capital, a smaller price move and fewer steps than another. The scenario gives ${format(usd(capital))}.`,
      ...front.map(
        (attack) =>
          `${format(usd(attack.capital))}, prices ${(100 * attack.priceMove).toFixed(1)} %, ${count(attack.steps, "step")}: ${legible(attack.condition, NAME_WIDTH)}.`,
      ),
      `${count(campaigns.length, "campaign")}, seed ${seed}, block ${forkBlock}.`,
    ],
    height: 320,
    left: 84,
    right: 90,
    xAxis: { type: "value", name: "capital (USD)", min: 0, max: most },
    yAxis: { type: "value", name: "price move (%)", min: 0, max: furthest },
    series: [
      shapeSeries(
        {
          name: "attacks",
          within: [
            [0, 0],
            [most, furthest],
          ],
          color: VERMILION,
        },
        (place) =>
          front.flatMap((attack) => {
            const [x, y] = place(attack.capital, 100 * attack.priceMove);
            return [
              box([x - MARK, y - MARK], [x + MARK, y + MARK], { fill: VERMILION }),
              textAt([x + 2 * MARK, y], count(attack.steps, "step"), { align: "left" }),
            ];
          }),
      ),
    ],
  });
  return [{ name: "bankruptcy", svg }];
}
