import type { ValueRange } from "../event-values.js";
import type { ScenarioEvent } from "../event.js";

import { shown } from "../../options.js";
import { isEventName } from "../event.js";

import { check, hasFunctions, isRecord, isText, requireMade, requireNumber, requireValue } from "./check.js";

/** Events of one kind that a run may have. */
const MAX_EVENTS = 100;

/** Checks the scenario's own kinds of events, no two of which share a name. */
export function buildEvents(events: unknown): readonly ScenarioEvent[] {
  if (events === undefined) return Object.freeze([]);
  requireValue("events", events, Array.isArray(events), "List kinds of events: events: [loanLimitChange].");
  const places = new Map<string, number>();
  const built = (events as readonly unknown[]).map((candidate, index) => {
    const path = `events[${index}]`;
    const event = requireEvent(path, candidate);
    const first = places.get(event.kind);
    check(first === undefined, {
      message: `${path} is of the kind "${event.kind}", which events[${first ?? 0}] defines already.`,
      hint: "List each kind once; two kinds that do different things need different names.",
    });
    places.set(event.kind, index);
    return event;
  });
  return Object.freeze(built);
}

function requireEvent(path: string, event: unknown): ScenarioEvent {
  requireMade(
    path,
    event,
    isRecord(event) &&
      typeof event.kind === "string" &&
      isEventName(event.kind) &&
      hasFunctions(event.definition, "sender", "call", "words"),
    {
      what: "a kind of event",
      call: "Call it: loanLimitChange().",
      use: "Make it with defineEvent({ kind, actor, values, sender, call, words, noun }) of hardhat-siege/scenario.",
    },
  );
  const { definition } = event as unknown as ScenarioEvent;
  const { actor, noun, most = 1, values, size } = definition;
  requireValue(`${path}.actor`, actor, isText(actor), 'Say who does it: "owner".');
  requireValue(`${path}.noun`, noun, isText(noun), 'Say what it is: "a change of the loan limit".');
  requireNumber(`${path}.most`, most, { min: 1, max: MAX_EVENTS, kind: "integer" });
  requireValue(
    `${path}.values`,
    values,
    isRecord(values),
    'Say what it consists of: values: { limit: { type: "integer", min: 0, max: 10_000 } }.',
  );
  for (const [name, range] of Object.entries(values)) requireRange(`${path}.values.${name}`, range);
  const sized: unknown = size?.value;
  check(size === undefined || (typeof sized === "string" && values[sized]?.type === "integer"), {
    message: `${path}.size.value is ${shown(sized)}, which is not one of its integers.`,
    hint: "Name the integer among the values that says how large the event is.",
  });
  if (size?.resolution !== undefined) {
    requireNumber(`${path}.size.resolution`, size.resolution, { min: 1, max: 2 ** 31, kind: "integer" });
  }
  return event as unknown as ScenarioEvent;
}

function requireRange(path: string, range: unknown): asserts range is ValueRange {
  const { type, min, max, of } = isRecord(range) ? range : {};
  const fits =
    type === "flag" ||
    (type === "choice" && Array.isArray(of) && of.length > 0 && of.every((choice) => typeof choice === "string")) ||
    (type === "integer" && Number.isSafeInteger(min) && Number.isSafeInteger(max) && Number(min) <= Number(max));
  requireValue(
    path,
    range,
    fits,
    'Use { type: "integer", min, max }, { type: "choice", of: ["a", "b"] } or { type: "flag" }.',
  );
}
