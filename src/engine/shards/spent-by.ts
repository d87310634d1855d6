import type { PlayCount } from "../run/player.js";
import type { Spent } from "./result.js";

/** What a player has played. */
export function spentBy({ runs, blocks, calls }: PlayCount): Spent {
  return { runs, blocks, calls };
}
