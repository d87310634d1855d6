import type { Address } from "viem";

import type { ContractCall } from "../../protocols/call.js";
import type { Draw, Draws } from "../../scenario/draw.js";
import type { EventValues, ValueRanges } from "../../scenario/event-values.js";
import type { DrawnEvent, EventInspectContext, EventName, ScenarioEvent } from "../../scenario/event.js";
import type { UserCode } from "./user-code.js";

import { asked, askedNumber, awaited, isAnyAddress, nonsense } from "./user-code.js";

/** A scenario's own kind of event bound to a world: its facts are known and hidden in it. */
export interface BoundEvent {
  readonly kind: EventName;
  readonly actor: string;
  readonly noun: string;
  readonly values: ValueRanges;
  /** The most of them per run. */
  readonly most: number;
  readonly sender: Address;
  /** Wei per unit of gas; `undefined` for that of an ordinary call. */
  readonly tip: bigint | undefined;
  /** Whether the sender has code, which must not be replaced. */
  readonly isContract: boolean;
  readonly size:
    | {
        readonly value: string;
        readonly from: number;
        readonly resolution: number;
        words(size: number): string;
      }
    | undefined;
  draw(draws: Draws, run: { readonly blocks: number }): Draw<readonly DrawnEvent<EventValues>[]> | undefined;
  call(values: EventValues): ContractCall;
  words(values: EventValues): string;
}

/** Events per run of a kind that does not set a number. */
const DEFAULT_MOST = 3;

/** Inspects the chain for the facts that a kind of event needs. */
export async function bindEvent(event: ScenarioEvent, context: EventInspectContext): Promise<BoundEvent> {
  const { kind, definition } = event;
  // as with protocols: facts and values are private to the definition
  const user: UserCode = { code: "EVENT_FAILED", name: `The event "${kind}"` };
  const facts = (await awaited<unknown>(user, "inspect()", () => definition.inspect?.(context))) as never;
  const { actor, noun, values, most = DEFAULT_MOST, size, tip } = definition;
  const sender: unknown = asked(user, "sender()", () => definition.sender(facts));
  if (!isAnyAddress(sender)) throw nonsense(user, "sender()", sender, "an address");
  return {
    kind,
    actor,
    noun,
    values,
    most,
    sender,
    tip,
    isContract: await context.hasCode(sender),
    size:
      size === undefined
        ? undefined
        : {
            value: size.value,
            from: askedNumber(user, "size.from()", () => size.from(facts)),
            resolution: size.resolution ?? 1,
            words: (wanted) => size.words(wanted),
          },
    draw: (draws, run) => definition.draw?.(draws, run),
    call: (drawn) => definition.call(drawn as never, facts),
    words: (drawn) => definition.words(drawn as never),
  };
}
