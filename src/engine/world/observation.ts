import type { ReadPlan } from "../../protocols/read-plan.js";
import type { LensAnswer } from "../chain/lens.js";

import { list } from "../../protocols/read-plan.js";

/** A part of the batched read, with the position of its results. */
export interface Part<T> {
  readonly plan: ReadPlan<T>;
  readonly calls: number;
  readonly simulations: number;
}

/** The batched read of a scenario: one plan, made of parts that are decoded on demand. */
export class ObservationLayout {
  readonly #parts: ReadPlan<unknown>[] = [];
  #calls = 0;
  #simulations = 0;

  /** Adds a part; its results follow those of the earlier parts. */
  add<T>(plan: ReadPlan<T>): Part<T> {
    const part = { plan, calls: this.#calls, simulations: this.#simulations };
    this.#parts.push(plan);
    this.#calls += plan.calls.length;
    this.#simulations += plan.simulations.length;
    return part;
  }

  /** All parts as one plan. */
  plan(): ReadPlan<unknown> {
    return list(this.#parts);
  }
}

/** What was read after one block. */
export class Observation {
  readonly #answer: LensAnswer;
  // most agents look at little of what is read; decoding it all would cost more than reading it
  readonly #decoded = new Map<Part<unknown>, unknown>();

  constructor(answer: LensAnswer) {
    this.#answer = answer;
  }

  /** What the calls of a part returned, undecoded. */
  raw({ plan, calls, simulations }: Part<unknown>): string {
    const results = [
      ...this.#answer.calls.slice(calls, calls + plan.calls.length),
      ...this.#answer.simulations.slice(simulations, simulations + plan.simulations.length).flat(),
    ];
    return results.map(({ success, data }) => `${success ? "" : "!"}${data}`).join();
  }

  /** The value of a part; decoded once. */
  get<T>(part: Part<T>): T {
    if (!this.#decoded.has(part)) {
      const { plan, calls, simulations } = part;
      this.#decoded.set(
        part,
        plan.decode(
          this.#answer.calls.slice(calls, calls + plan.calls.length),
          this.#answer.simulations.slice(simulations, simulations + plan.simulations.length),
        ),
      );
    }
    // only this method writes to the map, and under the part it decoded
    return this.#decoded.get(part) as T;
  }
}
