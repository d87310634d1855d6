import type { ScenarioDefinition } from "../scenario.js";
import type { Market } from "./market.js";
import type { PresetOptions } from "./preset.js";

import { governanceAttacker } from "../../agents/governance-attacker.js";
import { oneOf, SiegeError } from "../../errors.js";
import { requireInRange, requireKnown } from "../../options.js";
import { governor, type GovernorOptions } from "../../protocols/governor/governor.js";

import { opportunist } from "./cast.js";
import { capitalOf, namesOf } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";

/** Options of {@link governanceCapture}. */
export interface GovernanceCaptureOptions extends PresetOptions {
  /** The governor's name among the market's protocols. Default: the first. */
  readonly governor?: string;
  /** The proposal, by its name among those of the governor. Default: the first. */
  readonly proposal?: string;
  /** What it is worth to the attacker, US dollars, 0 to 1e15. Default 1e15: whatever the votes cost. */
  readonly prize?: number;
  /** What votes are bought with or borrowed against, whole tokens by asset. Default: the market's `capital`. */
  readonly capital?: Readonly<Record<string, number>>;
}

/** No prize is larger. */
const PRICELESS = 1e15;

/**
 * Somebody buys or borrows the votes that a proposal needs, and carries it (Beanstalk on 17 April 2022; Build Finance on 9
 * February 2022). What can be proposed is what the market's {@link governor} says; proposals may name the attacker's account,
 * `governance attacker`.
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`, `UNKNOWN_PROTOCOL` where there is no governor
 */
export function governanceCapture(options: GovernanceCaptureOptions = {}): ScenarioDefinition {
  requireKnown("governanceCapture", options, [...PRESET_OPTIONS, "governor", "proposal", "prize", "capital"]);
  const market = marketOf(options);
  const { prize = PRICELESS, capital = capitalOf(market) } = options;
  requireInRange("governanceCapture", "prize", prize, { min: 0, max: PRICELESS });
  const name = governorOf(options, market);
  const [first = ""] = Object.keys((market.protocols?.[name]?.options as GovernorOptions | undefined)?.proposals ?? {});
  const { proposal = first } = options;
  return presetScenario(options, market, {
    name: `somebody takes over ${name}`,
    blocks: 40,
    agents: [governanceAttacker({ governor: name, proposal, prize, capital }), opportunist(market)],
  });
}

/** @throws SiegeError `UNKNOWN_PROTOCOL` */
function governorOf({ governor: wanted }: GovernanceCaptureOptions, market: Market): string {
  const governors = namesOf(market, ({ kind }) => kind === governor.kind);
  const name = wanted ?? governors[0];
  if (name !== undefined && governors.includes(name)) return name;
  throw new SiegeError("UNKNOWN_PROTOCOL", {
    message:
      name === undefined
        ? "governanceCapture: the market has no governor."
        : `governanceCapture: "${name}" is no governor of the market.`,
    hint: oneOf(
      governors,
      "Add one with what can be proposed: { protocols: { dao: governor(address, { proposals }) } }.",
    ),
  });
}
