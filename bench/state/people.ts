import type { Address } from "viem";

import type { FixtureFork } from "../../test/fixtures/fixture.js";

import { give, person } from "../../test/fixtures/give.js";

/** Whole tokens. */
export interface Capital {
  readonly USDC?: number;
  readonly WETH?: number;
}

/** The actors of each fixture's siege, with the capital that test/fixtures/scenarios.ts gives them. */
export const CAPITAL: Readonly<Record<string, Readonly<Record<string, Capital>>>> = {
  SpotLendingVault: { attacker: { USDC: 6_000_000, WETH: 500 } },
  LeveragedVault: { attacker: { USDC: 3_000_000 } },
  InflatableVault: { attacker: { USDC: 200_000 }, saver: { USDC: 100_000 } },
  OptionsVault: { attacker: { USDC: 1_000_000 } },
  CoupledVault: { attacker: { WETH: 100 } },
};

/** The actors of the throughput measurements, by name. */
export const ACTORS: readonly string[] = ["actor 0", "actor 1", "actor 2", "actor 3"];
export const ACTOR_CAPITAL: Required<Capital> = { USDC: 10_000_000, WETH: 5_000 };

/** An account with ether for gas, and capital. */
export async function fund(fork: FixtureFork, name: string, capital: Capital): Promise<Address> {
  const address = await person(fork, name);
  if (capital.USDC !== undefined) await give(fork, "USDC", address, capital.USDC);
  if (capital.WETH !== undefined) await give(fork, "WETH", address, capital.WETH);
  return address;
}
