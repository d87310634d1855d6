import type { Moment } from "./crash-on-aave.js";

import { draw } from "../../../src/report/figures/draw.js";
import { BLUE, GREY, INK, VERMILION } from "../../../src/report/figures/palette.js";
import { lineThrough, shapeSeries } from "../../../src/report/figures/shapes.js";

import { BLOCK_TIME, LOANS, START, THRESHOLD } from "./crash-on-aave.js";

/** A crash as it went with liquidators who wait for so many hours. */
export interface PlayedCrash {
  readonly late: number;
  readonly moments: readonly Moment[];
}

/** What a figure says besides what it draws. */
export interface CrashFigure {
  /** `12 March 2020` */
  readonly day: string;
  /** What ether cost when it begins, US dollars: prices on the chain are relative to it. */
  readonly price: number;
  /** The first one is drawn alone where they do not differ. */
  readonly crashes: readonly PlayedCrash[];
}

type Line = readonly (readonly [hours: number, value: number])[];

const DASHES = [[], [6, 4], [2, 3]] as const;

/** The price, what is seized, and the bad debt, above one another. An SVG document. */
export async function crashFigure({ day, price, crashes }: CrashFigure): Promise<string> {
  const [prompt] = crashes;
  if (prompt === undefined) throw new Error("There is no crash to draw.");
  const end = Math.max(...prompt.moments.map(({ block }) => block)) * HOURS;
  const market = lineOf(prompt, ({ fair }) => (fair / START) * price);
  const feed = lineOf(prompt, ({ feed: answer }) => (answer / START) * price);
  const thresholds = LOANS.map(({ healthFactor }) => price / healthFactor).filter(
    (level) => level > Math.min(...market.map(([, value]) => value)),
  );
  const seized = crashes.map((crash) => lineOf(crash, ({ seized: amount }) => amount));
  const badDebt = crashes.map((crash) => lineOf(crash, ({ badDebt: dollars }) => (100 * dollars) / DEBTS));
  const names = crashes.map(({ late, moments }) => {
    if (late === 0) return "liquidated in the next block";
    return moments.at(-1)?.seized === 0 ? "nobody liquidates" : `${late} hours late`;
  });
  return draw({
    title: `The crash of ${day} on Aave V3: what was liquidated, and when`,
    about: [
      `Hourly prices of ether, between which it moves evenly, reach Aave's own bytecode through a Chainlink aggregator. ${LOANS.length} loans of USDC against 100 WETH each, with health factors from ${LOANS[0]?.healthFactor} to ${LOANS.at(-1)?.healthFactor.toFixed(2)}, a threshold of ${100 * THRESHOLD} %.`,
      "Thin grey lines: where each loan can be liquidated. Bad debt is what debts exceed their collateral by, at the market's prices, as a share of all debts at the start.",
    ],
    height: 190,
    left: 84,
    legend: [
      { name: MARKET, icon: "rect", itemStyle: { color: INK } },
      { name: FEED, icon: "rect", itemStyle: { color: BLUE } },
      ...names.map((name, index) => ({
        name,
        icon: ICONS[index] ?? "rect",
        itemStyle: { color: VERMILION },
      })),
    ],
    xAxis: { type: "value", name: "hours since midnight (UTC)", min: 0, max: end, interval: 6 },
    yAxis: { type: "value", name: "ether (US dollars)", scale: true },
    series: [
      shapeSeries(
        { name: "thresholds", within: thresholds.map((level) => [0, level]), layer: 1, color: GREY },
        (place) =>
          thresholds.map((level) => lineThrough([place(0, level), place(end, level)], { stroke: GREY, width: 0.4 })),
      ),
      line(FEED, [feed], BLUE),
      line(MARKET, [market], INK),
    ],
    below: [
      {
        height: 130,
        yAxis: { type: "value", name: "seized (ether)", min: 0 },
        series: names.map((name, index) => line(name, [seized[index] ?? []], VERMILION, index)),
      },
      {
        height: 130,
        yAxis: { type: "value", name: "bad debt (%)", min: 0 },
        series: names.map((name, index) => line(name, [badDebt[index] ?? []], VERMILION, index)),
      },
    ],
  });
}

/** Lines as they are dashed. */
const ICONS = [
  "path://M0,4L12,4L12,6L0,6z",
  "path://M0,4L5,4L5,6L0,6zM7,4L12,4L12,6L7,6z",
  "path://M0,4L2,4L2,6L0,6zM5,4L7,4L7,6L5,6zM10,4L12,4L12,6L10,6z",
] as const;

/** Of all loans at the start, US dollars. */
const DEBTS = LOANS.reduce((sum, { debt }) => sum + debt, 0);

const HOURS = BLOCK_TIME / 3_600;
const MARKET = "market";
const FEED = "Aave's feed";

function lineOf({ moments }: PlayedCrash, value: (moment: Moment) => number): Line {
  return moments.map((moment) => [moment.block * HOURS, value(moment)] as const);
}

function line(name: string, lines: readonly Line[], color: string, nth = 0): ReturnType<typeof shapeSeries> {
  return shapeSeries({ name, within: lines.flat(), layer: 2, color }, (place) =>
    lines.map((points) =>
      lineThrough(
        points.map(([x, y]) => place(x, y)),
        { stroke: color, width: 1.6, dash: DASHES[nth] ?? [] },
      ),
    ),
  );
}
