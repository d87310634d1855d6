import type { Address } from "viem";

import type { BlockRange, FlowToken } from "../data-set/flow-data-set.js";

import { z } from "zod";

import { SiegeError } from "../../errors.js";
import { legible } from "../../quantity/legible.js";
import { addressSchema, decimalsSchema, nameSchema } from "../data-set/flow-schema.js";

/** A contract to ingest events of. What is left out is read from the node; logs from files need all of it. */
export type SourceContract =
  | {
      readonly kind: "uniswapV2" | "uniswapV3";
      readonly address: Address;
      readonly tokens?: readonly [Address, Address];
      /** The token in which the other one is priced. Default: the one whose symbol has `USD` or `DAI` in it, else the second. */
      readonly quote?: Address;
    }
  | { readonly kind: "aaveV3"; readonly address: Address }
  | { readonly kind: "compoundV2"; readonly address: Address; readonly token?: Address }
  | {
      readonly kind: "morphoBlue";
      readonly address: Address;
      readonly id: `0x${string}`;
      readonly token?: Address;
      readonly collateral?: Address;
    }
  | {
      readonly kind: "chainlink";
      /** The aggregator, or from a node also its proxy. */
      readonly address: Address;
      /** The asset that it prices in US dollars. */
      readonly asset: string;
      readonly decimals?: number;
    };

/** What is to be ingested: the contracts by the names that they get, and what is known of their tokens. */
export interface FlowSources {
  readonly chainId?: number;
  readonly contracts: Readonly<Record<string, SourceContract>>;
  /** By address. */
  readonly tokens?: Readonly<Record<string, Partial<FlowToken>>>;
  /** For logs without times on a chain with evenly spaced blocks: when one of them was, and how far apart they are, seconds. */
  readonly clock?: { readonly block: number; readonly time: number; readonly blockTime: number };
  /** For logs from files: the ranges of blocks that they cover. Default: from the first to the last log. */
  readonly covered?: readonly BlockRange[];
}

const word = z.custom<`0x${string}`>(
  (value) => typeof value === "string" && /^0x[0-9a-fA-F]{64}$/.test(value),
  "Expected 32 bytes",
);
const whole = z.number().int().nonnegative();

const contract = z.discriminatedUnion("kind", [
  z
    .object({
      kind: z.enum(["uniswapV2", "uniswapV3"]),
      address: addressSchema,
      tokens: z.tuple([addressSchema, addressSchema]).optional(),
      quote: addressSchema.optional(),
    })
    .strict(),
  z.object({ kind: z.literal("aaveV3"), address: addressSchema }).strict(),
  z.object({ kind: z.literal("compoundV2"), address: addressSchema, token: addressSchema.optional() }).strict(),
  z
    .object({
      kind: z.literal("morphoBlue"),
      address: addressSchema,
      id: word,
      token: addressSchema.optional(),
      collateral: addressSchema.optional(),
    })
    .strict(),
  z
    .object({
      kind: z.literal("chainlink"),
      address: addressSchema,
      asset: nameSchema,
      decimals: decimalsSchema.optional(),
    })
    .strict(),
]);

const sources = z
  .object({
    chainId: whole.optional(),
    contracts: z.record(nameSchema, contract).refine((all) => Object.keys(all).length > 0, "Name a contract"),
    tokens: z
      .record(
        addressSchema as unknown as z.ZodString,
        z
          .object({
            symbol: nameSchema.optional(),
            decimals: decimalsSchema.optional(),
            asset: nameSchema.optional(),
          })
          .strict(),
      )
      .optional(),
    clock: z.object({ block: whole, time: z.number().finite(), blockTime: z.number().positive().finite() }).optional(),
    covered: z
      .array(z.tuple([whole, whole]).refine(([from, to]) => from <= to, "A range ends before it begins"))
      .nonempty()
      .optional(),
  })
  .strict();

/**
 * Checks what is to be ingested.
 *
 * @param origin - where it is from, for errors
 * @throws SiegeError `LOGS_INVALID` with what is wrong
 */
export function requireSources(content: unknown, origin: string): FlowSources {
  const result = sources.safeParse(content);
  // zod writes optional fields as possibly undefined
  if (result.success) return result.data as unknown as FlowSources;
  const [issue] = result.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : `"${issue.path.join(".")}": `;
  throw new SiegeError("LOGS_INVALID", {
    message: `${legible(origin, 200)} does not say what to ingest: ${legible(`${where}${issue?.message ?? ""}`, 300)}.`,
    hint: 'Write it like { "contracts": { "pool": { "kind": "uniswapV2", "address": "0x…" } } }; kinds are uniswapV2, uniswapV3, aaveV3, compoundV2, morphoBlue and chainlink.',
  });
}
