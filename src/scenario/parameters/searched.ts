import type { Address } from "viem";

import type { ContractCall } from "../../protocols/call.js";
import type { ScenarioEvent } from "../event.js";
import type { Parameter, Scenario } from "../scenario.js";
import type { CallSetter } from "./setter.js";

import { parseAbi, zeroAddress } from "viem";

import { SiegeError } from "../../errors.js";
import { attempt, read } from "../../protocols/read-plan.js";
import { defineEvent, isEventName } from "../event.js";

import { nearest } from "./parameter.js";
import { withoutOwner } from "./without-owner.js";

const ownableAbi = parseAbi(["function owner() view returns (address)"]);

/** Without a step, a value is one of so many parts of the range. */
const PARTS = 10_000;

/** Ahead of what agents usually pay: a value holds in the whole block in which it is set. */
const TIP = 10n ** 12n;

/** How the kinds of events begin that set parameters. */
export const SEARCHED_PARAMETER = "parameter.";

/** The values of a parameter, as whole numbers. */
interface Grid {
  readonly least: number;
  readonly most: number;
  readonly valueAt: (index: number) => number;
  readonly indexOf: (value: number) => number;
  /** What an index counts. */
  readonly unit: string;
}

/**
 * The scenario as a campaign plays it: parameters that are to be searched, and that it does not set itself, are events of it.
 *
 * @throws SiegeError `INVALID_SCENARIO`
 */
export function withSearched(scenario: Scenario): Scenario {
  const set = new Set(scenario.settings.map(({ name }) => name));
  const events = [...scenario.parameters].flatMap(([name, parameter]) =>
    parameter.search === true && !set.has(name) ? [eventOf(name, parameter)] : [],
  );
  return events.length === 0 ? scenario : Object.freeze({ ...scenario, events: [...scenario.events, ...events] });
}

function eventOf(name: string, parameter: Parameter): ScenarioEvent {
  const kind = `${SEARCHED_PARAMETER}${name}`;
  const { set, reads, unit } = parameter;
  if (!isEventName(kind) || typeof set !== "object" || !("calls" in set) || reads === undefined) {
    throw new SiegeError("INVALID_SCENARIO", {
      message: `The parameter "${name}" cannot be searched.`,
      hint: "Its name has to begin with a letter, and it has to be made by parameter({ range, set: { calls }, reads, search: true }).",
    });
  }
  const grid = gridOf(parameter);
  const words = (index: number): string => `${grid.valueAt(index)}${unit === undefined ? "" : ` ${unit}`}`;
  return defineEvent<{ readonly value: { type: "integer"; min: number; max: number; unit: string } }, Facts>({
    kind,
    actor: set.as === undefined ? "owner" : "administrator",
    most: 1,
    values: { value: { type: "integer", min: grid.least, max: grid.most, unit: grid.unit } },
    tip: TIP,
    inspect: async ({ read: ask }) => {
      const [first] = callsOf(name, set, grid.valueAt(grid.least));
      const sender =
        set.as ?? (await ask(attempt(read({ address: first.to, abi: ownableAbi, functionName: "owner" }))));
      if (sender === undefined || sender === zeroAddress) throw withoutOwner(name, first.to, sender !== undefined);
      return { sender, present: await ask(reads) };
    },
    sender: ({ sender }) => sender,
    call: ({ value }) => callsOf(name, set, grid.valueAt(value))[0],
    draw: (draws, { blocks }) =>
      draws.list(
        draws.record({
          // half of the time from the start
          block: draws.either(draws.constant(1), draws.integer(1, blocks)),
          values: draws.record({
            value: draws.either(draws.integer(grid.least, grid.most), draws.oneOf(grid.least, grid.most)),
          }),
        }),
        { max: 1 },
      ),
    words: ({ value }) => `sets ${name} to ${words(value)}`,
    noun: `a change of ${name}`,
    size: { value: "value", from: ({ present }) => grid.indexOf(present), words },
  });
}

interface Facts {
  readonly sender: Address;
  readonly present: number;
}

/** The one call that sets a value. */
function callsOf(name: string, setter: CallSetter, value: number): readonly [ContractCall] {
  const made = setter.calls(value);
  const [first, ...others] = Array.isArray(made) ? (made as readonly ContractCall[]) : [made as ContractCall];
  if (first !== undefined && others.length === 0) return [first];
  throw new SiegeError("PARAMETER_FAILED", {
    message: `The parameter "${name}" cannot be searched: ${first === undefined ? "no call sets" : `${others.length + 1} calls set`} ${value}.`,
    hint: "In a run, one transaction has to set it. Leave out search, or set it by one call.",
  });
}

function gridOf(parameter: Parameter): Grid {
  const {
    range: [least, most],
    step,
  } = parameter;
  if (step === undefined) {
    const part = (most - least) / PARTS;
    return {
      least: 0,
      most: PARTS,
      valueAt: (index) => nearest(parameter, least + index * part),
      indexOf: (value) => Math.round((value - least) / part),
      unit: `parts of the range, of ${PARTS}`,
    };
  }
  const indexOf = (value: number): number => Math.round(value / step);
  return {
    least: indexOf(nearest(parameter, least)),
    most: indexOf(nearest(parameter, most)),
    valueAt: (index) => nearest(parameter, index * step),
    indexOf,
    unit: `steps of ${step}`,
  };
}
