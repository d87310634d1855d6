import { z } from "zod";

import { SiegeError } from "../../errors.js";
import { legible } from "../../quantity/legible.js";

/** The kinds of a call, by what it did for its caller, whatever it is called: see {@link kindOf}. */
export const KINDS = ["in", "out", "swap", "none", "unseen"] as const;

/** A kind of call: it takes tokens from its caller, gives some, does both, moves none, or has never succeeded yet. */
export type Kind = (typeof KINDS)[number];

/** What comes before a call: another one of the same agent, or nothing. */
export const BEFORE: readonly ["start", ...typeof KINDS] = ["start", ...KINDS];

/**
 * When a call is made: before the moment that an attack is about, after a price fell or rose or after time passed; `flat` in a run
 * in which nothing happens.
 */
export const WHEN = ["before", "fall", "rise", "pause", "flat"] as const;
export type When = (typeof WHEN)[number];

/** How large its amounts are: as large as the state accepts, or anything else (shares of that, known numbers, dust). */
export const AMOUNTS = ["most", "any"] as const;

/** How often the function has succeeded, compared with others of its kind. */
export const RARITY = ["rare", "middle", "common"] as const;

export const PLACES = ["outside", "inside"] as const;

export const REPEATS = ["other", "same"] as const;

/** The most calls of an attack. */
export const LONGEST = 8;

export const LENGTHS = ["1", "2", "3", "4", "5", "6", "7", "8"] as const;

/** Probabilities by name; their sum is 1. */
export type Row<Name extends string> = Readonly<Record<Name, number>>;

/** What a policy has learnt: how likely each choice is, by what it depends on. */
export interface PolicyTables {
  /** The number of calls of an attack. */
  readonly length: Row<(typeof LENGTHS)[number]>;
  /** The kind of a call, by the kind before it. */
  readonly kind: Readonly<Record<(typeof BEFORE)[number], Row<Kind>>>;
  /** The rest by the call's own kind. */
  readonly when: Readonly<Record<Kind, Row<When>>>;
  readonly amount: Readonly<Record<Kind, Row<(typeof AMOUNTS)[number]>>>;
  readonly rarity: Readonly<Record<Kind, Row<(typeof RARITY)[number]>>>;
  /** Whether it is made in a callback of the call before it. */
  readonly place: Readonly<Record<Kind, Row<(typeof PLACES)[number]>>>;
  /** Whether the function is one that the attack has called before. */
  readonly repeat: Readonly<Record<Kind, Row<(typeof REPEATS)[number]>>>;
}

/** A trained adversary. Plain JSON: it names no contract, so that it attacks any. */
export interface Policy {
  readonly format: "hardhat-siege policy";
  readonly version: 1;
  /** What it was trained with. */
  readonly trained: {
    readonly seed: number;
    readonly campaigns: number;
    /** Campaigns that ended with a violation. */
    readonly found: number;
  };
  readonly tables: PolicyTables;
}

const TOLERANCE = 1e-6;

function row<Name extends string>(names: readonly [Name, ...Name[]]): z.ZodTypeAny {
  const probability = z.number().min(0).max(1);
  return z
    .object(Object.fromEntries(names.map((name) => [name, probability])))
    .strict()
    .refine(
      (given) =>
        Math.abs(Object.values(given as Record<string, number>).reduce((sum, one) => sum + one, 0) - 1) <= TOLERANCE,
      "its probabilities do not add up to 1",
    );
}

function rows<Name extends string>(by: readonly string[], names: readonly [Name, ...Name[]]): z.ZodTypeAny {
  return z.object(Object.fromEntries(by.map((name) => [name, row(names)]))).strict();
}

const count = z.number().int().min(0).max(1e9);

const schema = z
  .object({
    format: z.literal("hardhat-siege policy"),
    version: z.literal(1),
    trained: z.object({ seed: count.max(2 ** 31 - 1), campaigns: count, found: count }).strict(),
    tables: z
      .object({
        length: row(LENGTHS),
        kind: rows(BEFORE, KINDS),
        when: rows(KINDS, WHEN),
        amount: rows(KINDS, AMOUNTS),
        rarity: rows(KINDS, RARITY),
        place: rows(KINDS, PLACES),
        repeat: rows(KINDS, REPEATS),
      })
      .strict(),
  })
  .strict();

/**
 * Checks a policy.
 *
 * @param origin - what errors call it
 * @throws SiegeError `POLICY_INVALID`, `POLICY_VERSION`
 */
export function parsePolicy(given: unknown, origin: string): Policy {
  const { format, version } = (typeof given === "object" && given !== null ? given : {}) as Partial<
    Record<"format" | "version", unknown>
  >;
  if (format === "hardhat-siege policy" && version !== 1) {
    throw new SiegeError("POLICY_VERSION", {
      message: `${origin} is a policy of version ${legible(String(version), 20)}; this release reads version 1.`,
      hint: "Train it again: npx hardhat siege train siege/*.scenario.ts --out policy.json.",
    });
  }
  const read = schema.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new SiegeError("POLICY_INVALID", {
      message: `${origin} is not a policy: ${legible(`${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim(), 200)}.`,
      hint: "Give a file that siege train wrote, as it wrote it.",
    });
  }
  // its schema has the fields of the type
  return read.data as unknown as Policy;
}

function even<Name extends string>(names: readonly Name[]): Row<Name> {
  return Object.fromEntries(names.map((name) => [name, 1 / names.length])) as Row<Name>;
}

function evenBy<By extends string, Name extends string>(
  by: readonly By[],
  names: readonly Name[],
): Readonly<Record<By, Row<Name>>> {
  return Object.fromEntries(by.map((one) => [one, even(names)])) as Record<By, Row<Name>>;
}

/** What nobody has trained: everything is as likely as anything else. */
export const UNTRAINED: PolicyTables = {
  length: even(LENGTHS),
  kind: evenBy(BEFORE, KINDS),
  when: evenBy(KINDS, WHEN),
  amount: evenBy(KINDS, AMOUNTS),
  rarity: evenBy(KINDS, RARITY),
  place: evenBy(KINDS, PLACES),
  repeat: evenBy(KINDS, REPEATS),
};
