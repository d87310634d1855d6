import type { World } from "./world.js";

/**
 * Closes what plays, and gives the connection back. After a fault, the chain may not even answer to that; the fault is what to
 * report.
 *
 * @param player - what was opened on the world, such as its lanes
 */
export async function giveBack(
  world: World,
  player: { readonly close: () => Promise<void> },
  isFaulty: boolean,
): Promise<void> {
  try {
    await player.close();
    await world.close();
  } catch (error) {
    if (!isFaulty) throw error;
  }
}
