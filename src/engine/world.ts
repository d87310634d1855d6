import type { Address } from "viem";

import type { Scenario } from "../scenario/scenario.js";
import type { BoundWorld } from "./bind-world.js";
import type { UserSettings } from "./borrowed.js";
import type { Provider } from "./chain.js";
import type { ResolvedTarget } from "./target.js";

import { SiegeError } from "../errors.js";

import { bindWorld } from "./bind-world.js";
import { Borrowed } from "./borrowed.js";
import { Chain } from "./chain.js";
import { unpackReads } from "./lens.js";
import { Observation } from "./observation.js";

/** What a world is opened on. */
export interface WorldEnvironment extends UserSettings {
  readonly provider: Provider;
}

/**
 * A chain at a base snapshot, with the scenario's assets, oracles, protocols and accounts bound to it.
 * Every run starts at the base and leaves it as it was; `close` gives the connection back as it was found.
 */
export interface World extends BoundWorld {
  /** Goes back to the base. */
  restore(): Promise<void>;
  /** Reads everything that agents and conditions need, in one call. */
  observe(): Promise<Observation>;
  /** Makes an account's transactions possible; undone by `close`. */
  impersonate(account: Address): Promise<void>;
  /** Leaves the connection as it was found. */
  close(): Promise<void>;
}

/**
 * Takes a connection over and binds a scenario to it.
 *
 * @throws SiegeError `NO_CODE`, and what {@link bindWorld} throws; the connection is then as it was found
 */
export async function openWorld(
  environment: WorldEnvironment,
  target: ResolvedTarget,
  scenario: Scenario,
): Promise<World> {
  const chain = new Chain(environment.provider);
  if ((await chain.code(target.address)) === "0x") {
    throw new SiegeError("NO_CODE", {
      message: `There is no contract at the target's address ${target.address} at the block of this connection.`,
      hint: "Deploy it on this connection first, or fork a block at which it exists.",
    });
  }
  const borrowed = await Borrowed.from(chain, environment);
  try {
    const bound = await bindWorld(chain, borrowed, target, scenario);
    // EDR uses a snapshot up when it reverts to it
    let base = await chain.snapshot();
    return {
      ...bound,
      restore: async () => {
        await chain.revert(base);
        base = await chain.snapshot();
      },
      observe: async () => new Observation(unpackReads(bound.plan, await chain.read(bound.lens))),
      impersonate: (account) => borrowed.impersonate(account),
      close: () => borrowed.giveBack(),
    };
  } catch (error) {
    await borrowed.giveBack();
    throw error;
  }
}
