import type { Address, Hex } from "viem";

import { z } from "zod";

import { SiegeError } from "../../errors.js";
import { legible } from "../../quantity/legible.js";

/** A log, whatever it came from. */
export interface RawLog {
  readonly address: Address;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly block: number;
  readonly index: number;
  readonly transaction: Hex;
  readonly blockHash?: Hex;
  /** Unix seconds. */
  readonly time?: number;
  /** The sender of the transaction. */
  readonly from?: Address;
  /** Whether a reorganisation took it back. */
  readonly removed: boolean;
}

const hexOf = (digits: string, expected: string): z.ZodEffects<z.ZodString, Hex, string> =>
  z
    .string()
    .regex(new RegExp(`^0x${digits}$`), `Expected ${expected}`)
    .transform((value) => value.toLowerCase() as Hex);

const address = hexOf("[0-9a-fA-F]{40}", "an address");
const word = hexOf("[0-9a-fA-F]{64}", "32 bytes");

/** A number as JSON-RPC writes it, or as files of logs do. */
const quantity = z
  .union([z.number(), z.bigint(), z.string().regex(/^(0x[0-9a-fA-F]{1,16}|\d{1,18})$/, "Expected a number")])
  .transform(Number)
  .refine((value) => Number.isSafeInteger(value) && value >= 0, "Expected a whole number");

/** Unix seconds, a date, or what a file of rows has in place of it. */
const moment = z
  .union([z.number(), z.bigint(), z.string().min(1), z.date()])
  .transform((value) => {
    if (value instanceof Date) return value.getTime() / 1_000;
    const number = Number(value);
    if (Number.isNaN(number)) return Date.parse(String(value)) / 1_000;
    // in seconds, a larger one would be in the year 5138
    return number > 1e11 ? number / 1_000 : number;
  })
  .refine((value) => Number.isFinite(value) && value >= 0, "Expected a time");

const flag = z
  .union([z.boolean(), z.enum(["true", "false", "", "0", "1"])])
  .transform((value) => value === true || value === "true" || value === "1");

const log = z.object({
  address,
  topics: z.array(word).max(4),
  data: hexOf("(?:[0-9a-fA-F]{2})*", "bytes"),
  blockNumber: quantity,
  logIndex: quantity,
  transactionHash: word,
  blockHash: word.nullish(),
  blockTimestamp: moment.nullish(),
  from: address.nullish(),
  removed: flag.nullish(),
});

/**
 * A log as JSON-RPC, or a row of a file with the same names, has it.
 *
 * @param origin - which one it is, for errors: `logs.json, log 7`
 * @throws SiegeError `LOGS_INVALID`
 */
export function rawLogOf(value: unknown, origin: string): RawLog {
  const result = log.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new SiegeError("LOGS_INVALID", {
      message: `${legible(origin, 200)}: ${legible(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`, 200)}.`,
      hint: "A log needs address, topics, data, blockNumber, logIndex and transactionHash, as eth_getLogs returns them.",
    });
  }
  const { blockNumber, logIndex, transactionHash, blockHash, blockTimestamp, from, removed, ...rest } = result.data;
  return {
    ...rest,
    block: blockNumber,
    index: logIndex,
    transaction: transactionHash,
    ...(blockHash == null ? {} : { blockHash }),
    ...(blockTimestamp == null ? {} : { time: blockTimestamp }),
    ...(from == null ? {} : { from }),
    removed: removed ?? false,
  };
}
