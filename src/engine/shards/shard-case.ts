import type { SavedFile } from "../campaign/case-file.js";
import type { CampaignOptions } from "../campaign/options.js";
import type { Answers } from "../outsider/answers.js";
import type { Player } from "../run/player.js";
import type { Found } from "../search/found.js";
import type { CampaignEnvironment } from "../world/campaign-environment.js";
import type { ShardFinding } from "./result.js";

import { Case } from "../campaign/case.js";
import { Trials } from "../campaign/trials.js";

import { HeldCase } from "./held-case.js";
import { spentBy } from "./spent-by.js";

/** What a shard does with what is known of a finding. */
interface Keeping {
  /** Those of its strand; absent for a saved reproduction. */
  readonly answers?: Answers | undefined;
  /** Called with the finding whenever more is known of it. */
  readonly kept: (finding: ShardFinding) => void;
  /** Called after that. */
  readonly save: () => Promise<void>;
  /** Called before every block; throws to stop. */
  readonly checkpoint: () => void;
  /** Told when it is opened, and when it gets smaller. */
  readonly progress: CampaignOptions["progress"];
}

/** The case of a finding in a shard: what is known of it is in the shard's result all the time. */
export class ShardCase {
  readonly cause: string;
  readonly #player: Player;
  readonly #found: Found;
  readonly #isSaved: boolean;
  readonly #keeping: Keeping;
  #held: HeldCase | undefined;
  #case: Case | undefined;

  private constructor(player: Player, found: Found, isSaved: boolean, keeping: Keeping) {
    this.cause = found.violation.cause;
    this.#player = player;
    this.#found = found;
    this.#isSaved = isSaved;
    this.#keeping = keeping;
  }

  /** @param player - one that plays and counts for this case alone */
  static async open(
    player: Player,
    environment: CampaignEnvironment,
    { found, saved }: { readonly found: Found; readonly saved?: SavedFile | undefined },
    keeping: Keeping,
  ): Promise<ShardCase> {
    const opened = new ShardCase(player, found, saved !== undefined, keeping);
    // what a shard's lanes have learned is none of its cases', which have to be the same in every shard
    const trials = new Trials(player, keeping.checkpoint);
    const storeAt = (place: string | SavedFile): HeldCase => {
      opened.#held = new HeldCase(place, async () => {
        opened.#keep();
        await keeping.save();
      });
      return opened.#held;
    };
    // the search of its strand is over
    const { answers, progress } = keeping;
    const tools = { player, environment, trials, answers, progress, keeps: true as const, storeAt };
    opened.#case = await Case.open(tools, found, saved);
    opened.#keep();
    return opened;
  }

  /** Minimises, confirms and explains the finding. */
  async close(): Promise<void> {
    try {
      await this.#case?.close([]);
    } finally {
      this.#keep();
    }
    await this.#keeping.save();
  }

  #keep(): void {
    const reproduction = this.#held?.reproduction;
    if (this.#held === undefined || reproduction === undefined) return;
    const { original, also, steps } = this.#case?.soFar() ?? { ...this.#found, steps: [] };
    this.#keeping.kept({
      name: this.#held.name,
      run: this.#isSaved ? 0 : this.#found.run,
      // those of a finding that is not explained yet are described without their effects
      reproduction: { ...reproduction, finding: { ...reproduction.finding, steps } },
      original,
      also,
      spent: spentBy(this.#player.count),
    });
  }
}
