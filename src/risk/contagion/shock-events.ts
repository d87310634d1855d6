import type { Genome } from "../../engine/events/genome.js";
import type { EventName, ScenarioEvent } from "../../scenario/event.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { BuiltShock } from "../../scenario/shock.js";

import { isAddressEqual, parseAbi, zeroAddress } from "viem";

import { SiegeError } from "../../errors.js";
import { attempt, read } from "../../protocols/read-plan.js";
import { PPM } from "../../quantity/ppm.js";
import { defineEvent, isEventName } from "../../scenario/event.js";

const ownableAbi = parseAbi(["function owner() view returns (address)"]);

/** How kinds of events begin that are calls of shocks. */
const NAMESPACE = "shock";

/** Ahead of what agents usually pay: a shock is what the block begins with. */
const TIP = 10n ** 12n;

/** The scenario with the calls of its shocks as kinds of events, which nobody draws, and with the agents of all shocks. */
export function withShocks(scenario: Scenario): Scenario {
  const shocks = [...scenario.shocks];
  return Object.freeze({
    ...scenario,
    agents: new Map([...scenario.agents, ...shocks.flatMap(([, { agents }]) => [...agents])]),
    events: [
      ...scenario.events,
      ...shocks.flatMap(([protocol, shock], index) => eventOf(kindOf(protocol, index), protocol, shock)),
    ],
  });
}

/**
 * A path with some of the shocks: their calls and price moves in a block, and their agents, who take no part in it otherwise. Nothing else
 * of the path changes.
 *
 * @param shocked - the protocols that fail
 */
export function shockedPath(
  genome: Genome,
  { shocks }: Pick<Scenario, "shocks">,
  { shocked, at }: { readonly shocked: ReadonlySet<string>; readonly at: number },
): Genome {
  const rests: string[] = [];
  const market = [...genome.market];
  const events: Record<string, NonNullable<Genome["events"]>[string]> = { ...genome.events };
  for (const [index, [protocol, { calls, agents, prices }]] of [...shocks].entries()) {
    if (!shocked.has(protocol)) {
      rests.push(...agents.keys());
      continue;
    }
    for (const [asset, change] of Object.entries(prices)) {
      market.push({ block: at, asset, change: Math.round(change * PPM) });
    }
    if (calls.length === 0) continue;
    events[kindOf(protocol, index)] = calls.map((_call, place) => ({ block: at, values: { call: place } }));
  }
  const { events: _drawn, ...others } = genome;
  return {
    ...others,
    muted: [...genome.muted, ...rests],
    market: market.sort((one, other) => one.block - other.block),
    ...(Object.keys(events).length === 0 ? {} : { events }),
  };
}

/** The protocol of whose shock an event is a call; `undefined` for other kinds of events. */
export function protocolOfEvent(kind: string, { shocks }: Pick<Scenario, "shocks">): string | undefined {
  return [...shocks.keys()].find((protocol, index) => kindOf(protocol, index) === kind);
}

function kindOf(protocol: string, index: number): EventName {
  const kind = `${NAMESPACE}.${protocol}`;
  // a protocol may have any name
  return isEventName(kind) ? kind : `${NAMESPACE}.number${index + 1}`;
}

/** None if the shock has no calls. */
function eventOf(kind: EventName, protocol: string, { calls, as, words }: BuiltShock): readonly ScenarioEvent[] {
  const [first] = calls;
  if (first === undefined) return [];
  const made = defineEvent<
    { readonly call: { type: "integer"; min: number; max: number } },
    { readonly sender: `0x${string}` }
  >({
    kind,
    actor: protocol,
    most: calls.length,
    values: { call: { type: "integer", min: 0, max: calls.length - 1 } },
    tip: TIP,
    inspect: async ({ read: ask }) => {
      if (as !== undefined) return { sender: as };
      const { to } = first;
      const owner = await ask(attempt(read({ address: to, abi: ownableAbi, functionName: "owner" })));
      if (owner !== undefined && !isAddressEqual(owner, zeroAddress)) return { sender: owner };
      throw new SiegeError("INVALID_SCENARIO", {
        message: `shocks.${protocol} is made by a call of ${to}, ${owner === undefined ? "which has no owner()" : "whose owner is the zero address"}.`,
        hint: "Say who makes it: shock({ calls, as: admin }).",
      });
    },
    sender: ({ sender }) => sender,
    call: ({ call: place }) => calls[place] ?? first,
    draw: (draws) => draws.constant([]),
    words: ({ call: place }) =>
      calls.length === 1 ? `fails: ${words}` : `fails: ${words} (call ${place + 1} of ${calls.length})`,
    noun: `the failure of ${protocol}`,
  });
  return [made];
}
