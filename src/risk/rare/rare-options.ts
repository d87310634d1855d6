import type { Scenario } from "../../scenario/scenario.js";

import { SiegeError } from "../../errors.js";
import { requireInRange, requireKnown, shown } from "../../options.js";

/** How the price of an asset is tilted. */
export interface AssetTilt {
  /**
   * By how many of its own standard deviations the diffusion is moved over the horizon, evenly in all blocks: -4 for a crash. From
   * -20 to 20.
   */
  readonly deviations: number;
}

/** Importance sampling of a ruin that is rare. */
export interface RareOptions {
  /**
   * The assets whose prices are tilted, by name. Their processes must have normal noise for each block, as `gbm`, `merton`, `kou`,
   * `heston`, `hawkes`, `regimes` and `bridge` have: what else they draw, jumps included, stays as it is, and so do the draws of
   * agents.
   */
  readonly assets: Readonly<Record<string, AssetTilt>>;
  /**
   * The share of the paths that is not tilted, 0.01 to 1: no path weighs more than one over it, and ruin that comes in another way than
   * by the tilt is seen, too. Default 0.1.
   */
  readonly defensive?: number;
}

const OWNER = "rare";

/**
 * Checks that a scenario can be tilted so.
 *
 * @param stopWhen - when paths may stop early, which tilted ones may not
 * @throws SiegeError `UNKNOWN_ASSET`; `INVALID_OPTION`, also for a price that has no normal noise of its own
 */
export function requireTilts({ assets, correlation }: Scenario, options: RareOptions, stopWhen?: object): void {
  if (stopWhen !== undefined) {
    throw new SiegeError("INVALID_OPTION", {
      message: "Tilted paths cannot stop early: there is no confidence sequence of weighted paths.",
      hint: "Leave out `stopWhen` (`--early`), or `rare` (`--tilt`).",
    });
  }
  requireKnown(OWNER, options, ["assets", "defensive"]);
  requireInRange(OWNER, "defensive", options.defensive ?? 1, { min: 0.01, max: 1 });
  requireKnownAssets(options.assets, [...assets.keys()]);
  for (const [name, tilt] of Object.entries(options.assets)) {
    requireKnown(`${OWNER}: ${name}`, tilt, ["deviations"]);
    requireInRange(`${OWNER}: ${name}`, "deviations", tilt.deviations, { min: -20, max: 20 });
    const process = assets.get(name)?.process;
    if (process === undefined) {
      throw untiltable(`The price of ${name} does not move`, "Give it a process, or tilt another asset.");
    }
    if (process.correlates !== true) {
      throw untiltable(
        `The price of ${name} (${process.kind}) has no noise with a density that could be shifted`,
        "Only processes that diffuse can be: gbm, merton, kou, heston, hawkes, regimes, bridge, and your own with `correlates: true`.",
      );
    }
    if (correlation?.assets.includes(name) === true) {
      throw untiltable(
        `The price of ${name} is correlated with others, so its noise is not its own`,
        "Tilt an asset that is not correlated, or play the scenario without `rare`.",
      );
    }
  }
}

function requireKnownAssets(tilts: unknown, names: readonly string[]): void {
  if (typeof tilts !== "object" || tilts === null || Object.keys(tilts).length === 0) {
    throw new SiegeError("INVALID_OPTION", {
      message: `${OWNER}: "assets" is ${shown(tilts)}.`,
      hint: "It must say how at least one asset is tilted, like { ETH: { deviations: -4 } }.",
    });
  }
  const unknown = Object.keys(tilts).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new SiegeError("UNKNOWN_ASSET", {
    message: `${OWNER}: the scenario has no asset ${shown(unknown)}.`,
    hint: names.length === 0 ? "It has no assets." : `Use one of: ${names.join(", ")}.`,
  });
}

function untiltable(message: string, hint: string): SiegeError {
  return new SiegeError("INVALID_OPTION", { message: `${message}: it cannot be tilted.`, hint });
}
