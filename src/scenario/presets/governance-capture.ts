import type { ScenarioDefinition } from "../scenario.js";
import type { Market } from "./market.js";
import type { PresetOptions } from "./preset.js";

import { governanceAttacker } from "../../agents/governance-attacker.js";
import { oneOf, SiegeError } from "../../errors.js";
import { requireInRange, requireKnown } from "../../options.js";
import { governance } from "../../protocols/roles/governance.js";

import { opportunist } from "./cast.js";
import { capitalOf, namesOf } from "./market.js";
import { marketOf, PRESET_OPTIONS, presetScenario } from "./preset.js";

/** Options of `governanceCapture`. */
export interface GovernanceCaptureOptions extends PresetOptions {
  /** The governor's name among the market's protocols. Default: the first. */
  readonly governor?: string;
  /** The proposal's name among the governor's proposals. Default: the first. */
  readonly proposal?: string;
  /** The proposal's value to the attacker, US dollars, 0 to 1e15. Default 1e15: worth any price of the votes. */
  readonly prize?: number;
  /** Funds to buy votes or borrow them against, whole tokens by asset. Default: the market's `capital`. */
  readonly capital?: Readonly<Record<string, number>>;
}

/** The largest possible prize. */
const PRICELESS = 1e15;

/**
 * An attacker buys or borrows the votes that a proposal needs and passes it (Beanstalk on 17 April 2022; Build Finance on 9
 * February 2022). The market's `governor` defines what can be proposed; proposals may name the attacker's account,
 * `governance attacker`.
 *
 * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`, `UNKNOWN_PROTOCOL` if there is no governor
 */
export function governanceCapture(options: GovernanceCaptureOptions = {}): ScenarioDefinition {
  requireKnown("governanceCapture", options, [...PRESET_OPTIONS, "governor", "proposal", "prize", "capital"]);
  const market = marketOf(options);
  const { prize = PRICELESS, capital = capitalOf(market) } = options;
  requireInRange("governanceCapture", "prize", prize, { min: 0, max: PRICELESS });
  const name = governorOf(options, market);
  const { proposal } = options;
  return presetScenario(options, market, {
    name: `an attacker captures ${name}`,
    blocks: 40,
    agents: [
      governanceAttacker({ governor: name, ...(proposal === undefined ? {} : { proposal }), prize, capital }),
      opportunist(market),
    ],
  });
}

/** @throws SiegeError `UNKNOWN_PROTOCOL` */
function governorOf({ governor: wanted }: GovernanceCaptureOptions, market: Market): string {
  const governors = namesOf(market, governance);
  const name = wanted ?? governors[0];
  if (name !== undefined && governors.includes(name)) return name;
  throw new SiegeError("UNKNOWN_PROTOCOL", {
    message:
      name === undefined
        ? "governanceCapture: the market has no governor."
        : `governanceCapture: "${name}" is not a governor of the market.`,
    hint: oneOf(
      governors,
      "Add one with what can be proposed: { protocols: { dao: governor(address, { proposals }) } }.",
    ),
  });
}
