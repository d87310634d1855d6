import { expect } from "chai";

import { fromCsv } from "../../../../src/market/index.js";
import { failsWith } from "../../../helpers/errors.js";
import { hasRecordedPrices, recordedPrices } from "../../../helpers/recorded-prices.js";

const HOURLY = { time: "time", price: "close" } as const;
const textOf = (...rows: readonly string[]): string => ["time,close", ...rows].join("\n");

describe("fromCsv", () => {
  it("reads times in seconds, milliseconds, microseconds and ISO 8601", () => {
    for (const [first, second] of [
      ["1583971200", "1583974800"],
      ["1583971200000", "1583974800000"],
      ["1583971200000000", "1583974800000000"],
      ["2020-03-12T00:00:00Z", "2020-03-12T01:00:00Z"],
    ] as const) {
      expect(fromCsv(textOf(`${first},193.31`, `${second},185.03`), HOURLY)).to.deep.equal({
        prices: [193.31, 185.03],
        times: [1_583_971_200, 1_583_974_800],
        spacing: 3_600,
        gaps: "refuse",
      });
    }
  });

  it("reads what editors and exchanges add: quotes, a mark, line ends of Windows, empty lines, other columns", () => {
    const text = '\uFEFF"time" , open ,"close"\r\n"100", 1 ,"2"\r\n\r\n160,3,4\r\n220,5,6\r\n';
    expect(fromCsv(text, HOURLY)).to.deep.include({ prices: [2, 4, 6], times: [100, 160, 220], spacing: 60 });
  });

  it("takes the most frequent interval as the spacing, and keeps gaps if it may", async () => {
    const text = textOf("0,1", "60,2", "120,3", "300,4", "360,5");
    const error = await failsWith("INVALID_HISTORY", () => fromCsv(text, HOURLY));
    expect(error.message).to.include("a gap of 180 s before row 4 (line 5)");
    expect(fromCsv(text, { ...HOURLY, gaps: "keep" })).to.deep.include({ spacing: 60, gaps: "keep" });
  });

  for (const [what, rows, words] of [
    ["a duplicate", ["0,1", "60,2", "60,3", "120,4"], "row 3 (line 4) is a duplicate"],
    ["a zero", ["0,1", "60,0", "120,4"], "row 2 (line 3) is 0"],
    ["a negative price", ["0,1", "60,2", "120,-4"], "row 3 (line 4) is -4"],
    ["an empty cell", ["0,1", "60,", "120,4"], "row 2 (line 3) is NaN"],
    ["a word", ["0,1", "60,none", "120,4"], "row 2 (line 3) is NaN"],
    ["a time that is none", ["0,1", "later,2", "120,4"], "the time in row 2 (line 3) is NaN"],
    ["newest rows first", ["120,1", "60,2", "0,3"], "row 2 (line 3) is earlier than row 1 (line 2)"],
    ["a row with a cell too many", ["0,1", "60,2,3", "120,4"], "line 3 has 3 cells"],
    ["nothing but its header", [], "has 0 rows"],
  ] as const) {
    it(`refuses ${what}, by its line`, async () => {
      const error = await failsWith("INVALID_HISTORY", () => fromCsv(textOf(...rows), HOURLY));
      expect(error.message).to.include(words);
    });
  }

  it("refuses a column that is not there, with those that are", async () => {
    const error = await failsWith("INVALID_OPTION", () => fromCsv(textOf("0,1"), { time: "time", price: "price" }));
    expect(error.message).to.include("time, close");
    await failsWith("INVALID_OPTION", () => fromCsv(7 as never, HOURLY));
    await failsWith("INVALID_OPTION", () => fromCsv("", HOURLY));
    await failsWith("INVALID_OPTION", () => fromCsv(textOf("0,1"), { ...HOURLY, separator: ";" } as never));
  });

  it("reads hourly prices of ether, and finds their gaps (needs ../shared/prices)", async function () {
    if (!hasRecordedPrices()) this.skip();
    const columns = { time: "timestamp_ms", price: "close" } as const;
    const error = await failsWith("INVALID_HISTORY", () => fromCsv(recordedPrices("2020h1"), columns));
    expect(error.message).to.match(/a gap of 7200 s before row \d+ \(line \d+\)/);
    const { prices, spacing } = fromCsv(recordedPrices("2022-apr-jul"), columns);
    expect({ rows: prices.length, spacing }).to.deep.equal({ rows: 2_928, spacing: 3_600 });
  });
});
