import type { BlackScholesOption, Greeks } from "../../../../src/risk/index.js";

import { expect } from "chai";

import { blackScholes } from "../../../../src/risk/index.js";
import { failsWith } from "../../../helpers/errors.js";

/** In the order in which the tables of the books have them. */
function optionOf(
  type: "call" | "put",
  [strike, spot, dividendYield, rate, expiry, volatility]: readonly [number, number, number, number, number, number],
): BlackScholesOption {
  return { type, strike, spot, dividendYield, rate, expiry, volatility };
}

/** Half of the last digit that is printed. */
function printed(text: string): { readonly value: number; readonly tolerance: number } {
  const digits = text.split(".")[1]?.length ?? 0;
  return { value: Number(text), tolerance: 0.5 * 10 ** -digits * 1.000001 };
}

type NumberName = "price" | keyof Greeks;

const NAMES = ["price", "delta", "gamma", "vega", "theta", "rho"] as const;

const ATM = [100, 100, 0, 0.05, 1, 0.2] as const;
const HULL = [50, 49, 0, 0.05, 0.3846, 0.2] as const;

/** Haug, *The Complete Guide to Option Pricing Formulas*; at the money, and Hull's examples. */
const TABLE: readonly (readonly [
  "call" | "put",
  Parameters<typeof optionOf>[1],
  Partial<Record<NumberName, string>>,
])[] = [
  ["call", [65, 60, 0, 0.08, 0.25, 0.3], { price: "2.1334" }],
  ["put", [95, 100, 0.05, 0.1, 0.5, 0.2], { price: "2.4648" }],
  ["call", [100, 100, 0.1, 0.1, 0.5, 0.25], { price: "6.6997" }],
  ["call", [100, 105, 0.1, 0.1, 0.5, 0.36], { delta: "0.5946" }],
  ["put", [100, 105, 0.1, 0.1, 0.5, 0.36], { delta: "-0.3566" }],
  ["call", [60, 55, 0, 0.1, 0.75, 0.3], { gamma: "0.0278", vega: "18.9358" }],
  ["put", [60, 55, 0, 0.1, 0.75, 0.3], { gamma: "0.0278", vega: "18.9358" }],
  ["put", [405, 430, 0.05, 0.07, 1 / 12, 0.2], { theta: "-31.1924" }],
  ["call", [75, 72, 0, 0.09, 1, 0.19], { rho: "38.7325" }],
  [
    "call",
    ATM,
    {
      price: "10.450584",
      delta: "0.636831",
      gamma: "0.0187620",
      vega: "37.5240",
      theta: "-6.41403",
      rho: "53.2325",
    },
  ],
  ["put", ATM, { price: "5.573526" }],
  ["call", [40, 42, 0, 0.1, 0.5, 0.2], { price: "4.7594" }],
  ["put", [40, 42, 0, 0.1, 0.5, 0.2], { price: "0.8086" }],
  ["call", HULL, { price: "2.4005", delta: "0.5216", gamma: "0.06555", vega: "12.105", theta: "-4.305", rho: "8.907" }],
];

describe("blackScholes", () => {
  for (const [type, columns, expected] of TABLE) {
    it(`has what is printed of a ${type} with K, S, q, r, T, σ = ${columns.map((x) => x.toPrecision(3)).join(", ")}`, () => {
      const found = blackScholes(optionOf(type, columns));
      for (const [name, text] of Object.entries(expected)) {
        const { value, tolerance } = printed(text);
        expect(found[name as NumberName], name).to.be.closeTo(value, tolerance);
      }
    });
  }

  for (const type of ["call", "put"] as const) {
    it(`has Greeks of a ${type} that are its price's own slopes`, () => {
      const option = optionOf(type, [90, 100, 0.04, 0.08, 0.7, 0.35]);
      const slope = (name: "spot" | "volatility" | "expiry" | "rate", of: NumberName): number => {
        const step = option[name]! * 1e-4;
        const at = (sign: number): number => blackScholes({ ...option, [name]: option[name]! + sign * step })[of];
        return (at(1) - at(-1)) / (2 * step);
      };
      const { delta, gamma, vega, theta, rho } = blackScholes(option);
      expect(delta).to.be.closeTo(slope("spot", "price"), 1e-7);
      expect(gamma).to.be.closeTo(slope("spot", "delta"), 1e-7);
      expect(vega).to.be.closeTo(slope("volatility", "price"), 1e-5);
      expect(theta).to.be.closeTo(-slope("expiry", "price"), 1e-5);
      expect(rho).to.be.closeTo(slope("rate", "price"), 1e-5);
    });
  }

  it("keeps put-call parity, and stays finite at the ends of its ranges", () => {
    for (const volatility of [0.0001, 0.8, 20]) {
      for (const expiry of [1 / 31_536_000, 0.1, 100]) {
        for (const strike of [0.001, 100, 1e6]) {
          const [call, put] = (["call", "put"] as const).map((type) =>
            blackScholes({ type, spot: 100, strike, expiry, volatility, rate: 0.05 }),
          );
          for (const name of NAMES) expect(call![name] + put![name], name).to.satisfy(Number.isFinite);
          const parity = 100 - strike * Math.exp(-0.05 * expiry);
          expect(call!.price - put!.price).to.be.closeTo(parity, 1e-9 * Math.max(100, strike));
        }
      }
    }
  });

  it("refuses what is not an option or outside its range", async () => {
    const option = optionOf("call", ATM);
    await failsWith("INVALID_OPTION", () => blackScholes({ ...option, volatility: 0 }));
    await failsWith("INVALID_OPTION", () => blackScholes({ ...option, expiry: 0 }));
    await failsWith("INVALID_OPTION", () => blackScholes({ ...option, spot: -1 }));
    await failsWith("INVALID_OPTION", () => blackScholes({ ...option, strike: Number.NaN }));
    await failsWith("INVALID_OPTION", () => blackScholes({ ...option, type: "straddle" as never }));
    await failsWith("INVALID_OPTION", () => blackScholes({ ...option, sigma: 1 } as never));
    await failsWith("INVALID_OPTION", () => blackScholes(undefined as never));
  });
});
