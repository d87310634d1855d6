import type { Series, SeriesKind, Timeline } from "../../engine/explain/timeline/timeline.js";
import type { Chart, ChartLine, ChartRun } from "./chart.js";
import type { Content } from "./markup.js";

import { drawChart } from "./chart.js";
import { numberText } from "./number-text.js";

/** The most lines of a chart; the rest is in the step by step view. */
const MOST_LINES = 7;

/** Positions that stay above this are far from liquidation. */
const SAFE = 3;

/** Interest of a few seconds is no profit, US dollars. */
const CENT = 0.01;

/** Of the largest profit or loss, the fraction below which another is not drawn. */
const SLIGHT = 0.001;

/** Draws what changed in a run: prices, positions, margins, profits, depth. */
export function drawCharts({ series }: Timeline, run: ChartRun): Content {
  return chartsOf(series).map((chart) => drawChart(chart, run));
}

function chartsOf(series: readonly Series[]): readonly Chart[] {
  const of = (...kinds: readonly SeriesKind[]): readonly Series[] => series.filter(({ kind }) => kinds.includes(kind));
  const prices = of("price", "feed", "quote");
  const assets = [...new Set(prices.map(({ asset = "" }) => asset))];
  const low = of("health").filter(({ values }) => Math.min(...known(values)) < SAFE);
  const least = Math.max(CENT, SLIGHT * Math.max(...of("profit").map(largest)));
  const profits = of("profit").filter((one) => largest(one) >= least);
  const unitOf = ([first]: readonly Series[]): string => first?.unit ?? "";
  const charts: readonly (Chart | undefined)[] = [
    ...assets.map((asset) =>
      chart(
        prices.filter((one) => one.asset === asset),
        {
          title: `Price of ${asset}`,
          about: "The fair price, and what feeds, pools and markets show.",
          nameOf: priceName,
        },
      ),
    ),
    chart(low.length > 0 ? low : of("health"), {
      title: "Health factors",
      about: "How far positions are from liquidation.",
      limit: { value: 1, name: "can be liquidated below 1" },
    }),
    chart(of("margin"), {
      title: "Margins of the conditions",
      about: "How far each is from broken, after every block: 0 % is where it breaks.",
      shown: [0, 100],
    }),
    chart(of("shortfall"), {
      title: "Shortfalls",
      about: "What protocols are short of to pay everyone, at fair prices.",
      shown: [0],
    }),
    chart(profits, {
      title: "Profit and loss",
      about: "Since the start, after gas, apart from what the market did to what each held.",
      shown: [0],
    }),
    chart(of("depth"), {
      title: "Depth of pools",
      about: "What a seller gets before the average price is two percent lower.",
      shown: [0],
    }),
    ...of("share").map((one) =>
      chart([one], { title: `Value of a share of ${one.of}`, about: `In whole ${unitOf([one])}.` }),
    ),
  ];
  return charts.filter((one) => one !== undefined);
}

function chart(
  series: readonly Series[],
  { nameOf = ({ of }) => of, ...rest }: Omit<Chart, "lines" | "text"> & { readonly nameOf?: (one: Series) => string },
): Chart | undefined {
  const [first] = series;
  if (first === undefined) return undefined;
  const lines = series.slice(0, MOST_LINES).map((one, index): ChartLine => ({
    name: nameOf(one),
    values: one.values,
    colour: (index % 8) + 1,
    dash: one.kind === "feed" ? 1 : one.kind === "quote" ? 2 : 0,
  }));
  const most = Math.max(...series.map(largest));
  return { ...rest, lines, text: (value) => numberText(value, first.unit, most) };
}

function priceName({ kind, of }: Series): string {
  return kind === "price" ? "fair price" : of;
}

function largest({ values }: Series): number {
  return Math.max(0, ...known(values).map(Math.abs));
}

function known(values: Series["values"]): readonly number[] {
  return values.filter((value) => value !== null);
}
