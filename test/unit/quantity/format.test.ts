import { expect } from "chai";

import { count, percent, tokens, usd } from "../../../src/quantity/amount.js";
import {
  format,
  formatAmount,
  formatApart,
  formatFactor,
  formatInteger,
  formatPercent,
  formatUsd,
} from "../../../src/quantity/format.js";

describe("formatted amounts", () => {
  it("have four significant digits, and all integer digits", () => {
    expect(formatAmount(812_437_000_000_000_000_000n, 18, "WETH")).to.equal("812.4 WETH");
    expect(formatAmount(1_000_000_000_000_000_000_000n, 18, "WETH")).to.equal("1,000 WETH");
    expect(formatAmount(1_234_567_890_000n, 6, "USDC")).to.equal("1,234,567.9 USDC");
    expect(formatAmount(5_000n, 6, "USDC")).to.equal("0.005 USDC");
    expect(formatAmount(0n, 18, "WETH")).to.equal("0 WETH");
  });

  it("are in base units if only zeros would show otherwise", () => {
    expect(formatAmount(1n, 18, "WETH")).to.equal("1 wei of WETH");
    expect(formatAmount(1_000_000_000n, 18, "WETH")).to.equal("0.000000001 WETH");
  });

  it("show US dollars to the cent, and percentages to a tenth", () => {
    expect(formatUsd(-1234.567)).to.equal("-$1,234.57");
    expect(formatPercent(0.125)).to.equal("12.5 %");
  });

  it("show what is less than a cent", () => {
    expect(formatUsd(0)).to.equal("$0.00");
    expect(formatUsd(0.004_219)).to.equal("$0.0042");
    expect(formatUsd(-0.000_001)).to.equal("-$0.000001");
    expect(formatUsd(0.005)).to.equal("$0.01");
  });

  it("can be told apart where they are compared", () => {
    const weth = { symbol: "WETH", decimals: 18 };
    expect(formatApart(usd(1.001), usd(1.002))).to.deep.equal(["$1.001", "$1.002"]);
    expect(formatApart(usd(5), usd(7))).to.deep.equal(["$5.00", "$7.00"]);
    expect(formatApart(usd(5), usd(5))).to.deep.equal(["$5.00", "$5.00"]);
    expect(formatApart(percent(0.12341), percent(0.12339))).to.deep.equal(["12.341 %", "12.339 %"]);
    const one = 1_000_000_000_000_000_000_000n;
    expect(formatApart(tokens(one - 1n, weth), tokens(one, weth))).to.deep.equal([
      "999.999999999999999999 WETH",
      "1,000.000000000000000000 WETH",
    ]);
    expect(formatApart(tokens(one - one / 10_000n, weth), tokens(one, weth))).to.deep.equal([
      "999.9 WETH",
      "1,000 WETH",
    ]);
    expect(formatApart(tokens(one + 1n, weth), tokens(one, weth))).to.deep.equal([
      "1,000.000000000000000001 WETH",
      "1,000.000000000000000000 WETH",
    ]);
  });

  it("show factors to the digits that count", () => {
    expect(formatFactor(0.12634, 3)).to.equal("0.126");
    expect(formatFactor(1000)).to.equal("1000");
  });

  it("are printed by their unit", () => {
    expect(format(tokens(5_000n, { symbol: "USDC", decimals: 6 }))).to.equal("0.005 USDC");
    expect(format(usd(1234.5))).to.equal("$1,234.50");
    expect(format(percent(0.125))).to.equal("12.5 %");
    expect(format({ value: -125_000, unit: "ppm" })).to.equal("-12.5 %");
    expect(format({ value: 9.6667, unit: "times" })).to.equal("x 9.667");
    expect(format({ value: 1, unit: "blocks" })).to.equal("1 block");
    expect(format({ value: 7200n, unit: "blocks" })).to.equal("7,200 blocks");
    expect(format(count(1234n))).to.equal("1,234");
  });

  it("of which the unit is not known are integers, the largest with a power of ten", () => {
    expect(formatInteger(0n)).to.equal("0");
    expect(formatInteger(999_999_999_999_999n)).to.equal("999,999,999,999,999");
    expect(formatInteger(10n ** 15n)).to.equal("1 × 10^15");
    expect(formatInteger(45n * 10n ** 18n)).to.equal("45 × 10^18");
    expect(formatInteger(-123_456n * 10n ** 18n)).to.equal("-123.5 × 10^21");
    expect(formatInteger(2n ** 255n)).to.equal("57.9 × 10^75");
  });
});
