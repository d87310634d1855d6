import type { StateUpstream } from "../../chain/state-upstream/serve-state.js";
import type { World } from "../../world/world.js";
import type { LaneParameters } from "./lane.js";

import { recordingSource } from "../../chain/state-upstream/recording-source.js";
import { serveState } from "../../chain/state-upstream/serve-state.js";
import { faultOf } from "../../run/fault.js";

import { openLane } from "./lane.js";
import { whyNotInSolidity } from "./solidity-lane.js";

/** What all lanes of a search have in common. */
export type LaneRules = Pick<LaneParameters, "hardfork" | "executor" | "openNetwork" | "openChannel">;

/**
 * Worlds forked from the user's connection in its current state, over a loopback bridge; nothing is rebuilt.
 * While a lane plays, the user's world must stand at its base.
 */
export class Lanes {
  readonly #world: World;
  readonly #upstream: StateUpstream;
  readonly #chainId: number;
  #rules: LaneRules;
  #fallBack: string | undefined;
  readonly #open: World[] = [];

  private constructor(world: World, upstream: StateUpstream, chainId: number, rules: LaneRules) {
    this.#world = world;
    this.#upstream = upstream;
    this.#chainId = chainId;
    this.#rules = rules;
  }

  /** Serves the user's world; no lane is open yet. */
  static async of(world: World, rules: LaneRules): Promise<Lanes> {
    // state requested by one lane is cached for the next
    const source = await recordingSource(world.chain);
    const lanes = new Lanes(world, await serveState(source), source.chainId, rules);
    const why = rules.executor === "solidity" ? await whyNotInSolidity(world) : undefined;
    if (why !== undefined) lanes.fallBack(why);
    return lanes;
  }

  get rules(): LaneRules {
    return this.#rules;
  }

  /** Why no lane is opened in the Solidity test runner any more, although that was asked for. */
  get because(): string | undefined {
    return this.#fallBack;
  }

  /** Lanes that are opened from now on are batched: the Solidity test runner cannot do what is asked of them. */
  fallBack(because: string): void {
    this.#fallBack ??= because;
    this.#rules = { ...this.#rules, executor: "batched" };
  }

  /** The open lanes, in the order in which they were opened. */
  get worlds(): readonly World[] {
    return this.#open;
  }

  /** Opens another lane. */
  async add(): Promise<World> {
    const lane = await this.#fresh();
    this.#open.push(lane);
    return lane;
  }

  /** Replaces a lane that is no longer played on by a fresh one. */
  async renew(lane: World): Promise<World> {
    const fresh = await this.#fresh();
    this.#open[this.#open.indexOf(lane)] = fresh;
    await lane.close();
    return fresh;
  }

  /** Closes the lane that was opened last. */
  async remove(): Promise<void> {
    await this.#open.pop()?.close();
  }

  /** Closes all lanes; those that are opened from now on execute blocks in another way. */
  async switchTo(executor: LaneRules["executor"]): Promise<void> {
    while (this.#open.length > 0) await this.remove();
    this.#rules = { ...this.#rules, executor };
  }

  /** Closes all lanes. */
  async close(): Promise<void> {
    while (this.#open.length > 0) await this.remove();
    await this.#upstream.close();
  }

  async #fresh(): Promise<World> {
    const fork = { world: this.#world, url: this.#upstream.url, chainId: this.#chainId };
    try {
      return await openLane({ ...fork, ...this.#rules });
    } catch (error) {
      const fault = faultOf(error);
      if (this.#rules.executor !== "solidity" || fault === undefined) throw error;
      this.fallBack(fault.message);
      return openLane({ ...fork, ...this.#rules });
    }
  }
}
