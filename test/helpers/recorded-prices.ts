import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Beside the project, where there is one; data that is read in place and never copied. */
const FOLDER = new URL("../../../shared/prices/", import.meta.url);

/** Whether recorded prices lie beside the project. */
export function hasRecordedPrices(): boolean {
  return existsSync(fileURLToPath(FOLDER));
}

/** Hourly prices of ether that span a crash. */
export type RecordedCrash = "2020h1" | "2021q2" | "2022-apr-jul";

/** The text of a CSV file: `timestamp_ms,open,high,low,close,volume_eth`. */
export function recordedPrices(crash: RecordedCrash): string {
  return readFileSync(new URL(`eth-usdt-1h-${crash}.csv`, FOLDER), "utf8");
}

/** What Deribit quoted for an option on bitcoin on 22 May 2020. */
export interface RecordedOption {
  readonly type: "call" | "put";
  readonly strike: number;
  /** Years, in whole hours. */
  readonly expiry: number;
  /** Price for delivery at expiry, US dollars. */
  readonly forward: number;
  /** US dollars. */
  readonly price: number;
  /** Implied volatilities. */
  readonly mark: number;
  readonly bid: number;
  readonly ask: number;
  readonly delta: number;
  /** US dollars a point. */
  readonly vega: number;
}

/** The chain of options. */
export function recordedOptions(): readonly RecordedOption[] {
  const text = readFileSync(new URL("deribit-btc-options-2020-05-22.csv", FOLDER), "utf8");
  const [header = [], ...rows] = text
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  return rows.map((cells) => {
    const number = (name: string): number => Number(cells[header.indexOf(name)]);
    const hours = Math.round((number("expiration_timestamp_ms") - number("timestamp_ms")) / 3_600_000);
    const forward = number("underlying_price");
    return {
      type: cells[header.indexOf("option_type")] === "put" ? "put" : "call",
      strike: number("strike"),
      expiry: hours / 8_760,
      forward,
      price: number("mark_price_btc") * forward,
      mark: number("mark_iv_pct") / 100,
      bid: number("bid_iv_pct") / 100,
      ask: number("ask_iv_pct") / 100,
      delta: number("delta"),
      vega: number("vega"),
    };
  });
}
