import type { ContractCall } from "../../protocols/call.js";
import type { Draw } from "../../scenario/draw.js";
import type { EventValues, ValueRange, ValueRanges } from "../../scenario/event-values.js";
import type { EventName } from "../../scenario/event.js";
import type { AgentIntent } from "../run/intent.js";
import type { BoundEvent } from "../world/bind-event.js";
import type { InnerCallData } from "./call-data.js";
import type { EffectData } from "./effect-data.js";
import type { EventKind } from "./kind.js";

import { z } from "zod";

import { SiegeError } from "../../errors.js";
import { isEventName } from "../../scenario/event.js";
import { checkIntent } from "../run/intent.js";

import { callData } from "./call-data.js";
import { draws } from "./draw.js";
import { effectWords } from "./effect-data.js";
import { again, block } from "./fields.js";

/** An event of a scenario's own kind, as the search draws it. */
export interface OwnGene {
  readonly block: number;
  readonly values: EventValues;
}

/** A transaction that no agent sends, of a kind that the scenario defines. */
export interface OwnStep {
  /** The kind's name, which has a dot: `vault.loanLimitChange`. */
  readonly kind: EventName;
  readonly block: number;
  /** In the block that replaces one of this height after a reorganisation. */
  readonly again?: true;
  readonly values: EventValues;
}

/** A value of an event, described. */
export interface ValueData {
  readonly name: string;
  readonly value: number | string | boolean;
  readonly unit?: string;
}

/** An event of a scenario's own kind, described. */
export interface OwnData extends InnerCallData {
  readonly kind: EventName;
  readonly values: readonly ValueData[];
  /** How it reads in a report. */
  readonly text: string;
  /** The name of its kind in a report. */
  readonly noun: string;
  /** The nearest size that survives, if it is known. */
  readonly survives?: ValueData & { readonly text: string };
  /** What the transaction did; absent if it was not observed. */
  readonly effect?: EffectData;
}

/** The record of a kind that a scenario defines. */
export function ownEvent(bound: BoundEvent): EventKind<OwnGene, OwnStep, OwnData> {
  const { kind, actor, size, values: ranges } = bound;
  const ofValues = valuesSchema(ranges);
  const gene = z.object({ block, values: ofValues });
  return {
    kind,
    genes: {
      schema: gene,
      draw: ({ scenario: { blocks } }) => {
        const drawn = bound.draw(draws, { blocks });
        if (drawn === undefined) return inAnyBlock(bound, blocks);
        return drawn.map((events) => events.map((event) => requireInRange(bound, event, gene, blocks)));
      },
    },
    schema: z.object({ kind: z.literal(kind), block, again, values: ofValues }),
    submits: {
      ofGenes: async (genes) => genes.map(({ values }) => intentOf(bound, values, "event")),
      ofStep: ({ values }) => intentOf(bound, values, "trace"),
    },
    tells: {
      actor: () => actor,
      data: ({ values }, context) => {
        const { kind: _call, effect, ...made } = callData(callOf(bound, values), bound.sender, context);
        return {
          kind,
          values: Object.entries(values).map(([name, value]) => valueData(name, value, ranges[name])),
          text: bound.words(values),
          noun: bound.noun,
          ...made,
          ...(context.threshold === undefined || size === undefined
            ? {}
            : {
                survives: {
                  ...valueData(size.value, context.threshold.survives, ranges[size.value]),
                  text: size.words(context.threshold.survives),
                },
              }),
          ...(effect === undefined ? {} : { effect }),
        };
      },
      words: ({ text, survives, effect }) => {
        const parts = [survives === undefined ? undefined : `(survives at ${survives.text})`, effectWords(effect)];
        const consequence = parts.filter((part) => part !== undefined).join(", ");
        return { action: text, consequence: consequence === "" ? undefined : consequence };
      },
      noun: () => bound.noun,
    },
    shrinks: {
      group: () => kind,
      ...(size === undefined
        ? {}
        : {
            size: {
              turn: "early",
              of: ({ values }) => Number(values[size.value]),
              with: (step, wanted) => ({ ...step, values: { ...step.values, [size.value]: wanted } }),
              from: size.from,
              resolution: size.resolution,
              unit: unitOf(ranges[size.value]),
              rounding: "up",
              fits: (wanted) => isWithin(ranges[size.value], wanted),
            },
          }),
    },
  };
}

const ownStep = z.object({
  kind: z.string().refine(isEventName, "must be a kind of event"),
  block,
  again,
  values: z.record(z.union([z.number().finite(), z.string().max(200), z.boolean()])),
});

/** Steps of kinds that scenarios define, in files. Their values are checked by their own kind. */
export const ownStepSchema: z.ZodTypeAny = ownStep;

/** The same for genes. */
export const ownGenesSchema: z.ZodTypeAny = z.record(z.array(ownStep.pick({ block: true, values: true })));

function inAnyBlock({ values, most }: BoundEvent, blocks: number): Draw<readonly OwnGene[]> {
  const drawn = Object.fromEntries(Object.entries(values).map(([name, range]) => [name, valueOf(range)]));
  const event = draws.record<OwnGene>({ block: draws.integer(1, blocks), values: draws.record<EventValues>(drawn) });
  return draws.list(event, { max: most }).map((events) => [...events].sort((a, b) => a.block - b.block));
}

/** Half of the time one of the bounds of a range: flaws sit at the edges. */
function valueOf(range: ValueRange): Draw<number | string | boolean> {
  switch (range.type) {
    case "integer":
      return draws.either(draws.integer(range.min, range.max), draws.oneOf(range.min, range.max));
    case "choice":
      return draws.oneOf<string>(...range.of);
    case "flag":
      return draws.flag();
  }
}

function valuesSchema(ranges: ValueRanges): z.ZodType<EventValues> {
  const fields = Object.entries(ranges).map(([name, range]) => [name, rangeSchema(range)] as const);
  return z.object(Object.fromEntries(fields)).strict();
}

function rangeSchema(range: ValueRange): z.ZodTypeAny {
  switch (range.type) {
    case "integer":
      return z.number().int().min(range.min).max(range.max);
    case "choice":
      return z.enum(range.of);
    case "flag":
      return z.boolean();
  }
}

function isWithin(range: ValueRange | undefined, value: number): boolean {
  return range?.type === "integer" && value >= range.min && value <= range.max;
}

function unitOf(range: ValueRange | undefined): string {
  return (range?.type === "integer" ? range.unit : undefined) ?? "";
}

function valueData(name: string, value: number | string | boolean, range: ValueRange | undefined): ValueData {
  const unit = unitOf(range);
  return { name, value, ...(unit === "" ? {} : { unit }) };
}

function requireInRange({ kind }: BoundEvent, drawn: OwnGene, schema: z.ZodTypeAny, blocks: number): OwnGene {
  const parsed = schema.safeParse(drawn);
  const isInRun = drawn.block >= 1 && drawn.block <= blocks;
  if (parsed.success && isInRun) return drawn;
  const [issue] = parsed.success ? [] : parsed.error.issues;
  throw new SiegeError("EVENT_FAILED", {
    message: `The event "${kind}" drew ${JSON.stringify(drawn)}: ${issue === undefined ? `its block is not from 1 to ${blocks}` : `${issue.path.join(".")}: ${issue.message}`}.`,
    hint: "Draw blocks within the run, and values within the ranges that the event defines.",
  });
}

function intentOf(bound: BoundEvent, values: EventValues, origin: "event" | "trace"): AgentIntent {
  const { kind, actor, sender, tip } = bound;
  const paid = tip === undefined ? {} : { tip };
  const intent = checkIntent(actor, { call: callOf(bound, values), note: kind, ...paid });
  return { agent: actor, from: sender, intent, origin, event: { kind, values } };
}

/** @throws SiegeError `EVENT_FAILED` */
function callOf(bound: BoundEvent, values: EventValues): ContractCall {
  try {
    return bound.call(values);
  } catch (error) {
    if (SiegeError.isSiegeError(error)) throw error;
    throw new SiegeError("EVENT_FAILED", {
      message: `The event "${bound.kind}" has no transaction for ${JSON.stringify(values)}: ${error instanceof Error ? error.message : String(error)}.`,
      hint: "call() must return a call for every value within its range.",
      cause: error,
    });
  }
}
