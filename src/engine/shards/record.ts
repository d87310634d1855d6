import type { Interruption } from "../campaign/campaign-result.js";
import type { Replayed } from "../campaign/replayed.js";
import type { Found } from "../search/found.js";
import type { Background, Campaign, Cut, Opening, ShardFinding, ShardResults, Spent, StrandResult } from "./result.js";

import { faultOf } from "../run/fault.js";

import { SHARD_VERSION } from "./job.js";
import { SHARD_FORMAT } from "./result.js";

/** Of a shard that is not over: if its process is killed, that is what its file says. */
const UNFINISHED: Cut = { reason: "interrupted" };

/** The result of a shard while it is played. */
export class ShardRecord {
  readonly #campaign: Campaign;
  readonly #background: Background;
  readonly #index: number;
  readonly #seconds: () => number;
  readonly #strands: StrandResult[] = [];
  #opening: Opening = {
    replayed: { violating: [], surviving: [], skipped: [] },
    findings: [],
    spent: { runs: 0, blocks: 0, calls: 0 },
  };
  #searchedFor = 0;
  #cut: Cut | undefined = UNFINISHED;

  /** @param seconds - since the shard began */
  constructor(campaign: Campaign, background: Background, index: number, seconds: () => number) {
    this.#campaign = campaign;
    this.#background = background;
    this.#index = index;
    this.#seconds = seconds;
  }

  /** Adds a finding of the opening, or replaces it by what is known of it now. */
  openingFinding(finding: ShardFinding): void {
    const others = this.#opening.findings.filter(({ name }) => name !== finding.name);
    this.#opening = { ...this.#opening, findings: [...others, finding] };
  }

  opened(replayed: Replayed, spent: Spent): void {
    this.#opening = { ...this.#opening, replayed, spent };
  }

  /** The search begins. */
  searching(): void {
    this.#searchedFor = this.#seconds();
  }

  strand(result: Omit<StrandResult, "met">, found: readonly Found[]): void {
    this.#strands.push({ ...result, met: found.map(({ violation: { cause } }) => ({ cause })) });
    this.#searchedFor = this.#seconds();
  }

  /** What is known of the finding of a cause that a strand has met. */
  strandFinding(index: number, of: string, finding: ShardFinding): void {
    const at = this.#strands.findIndex((strand) => strand.index === index);
    const strand = this.#strands[at];
    if (strand === undefined) return;
    this.#strands[at] = {
      ...strand,
      met: strand.met.map((met) => (met.cause === of ? { cause: met.cause, finding } : met)),
    };
  }

  /** The shard has played its part. */
  ended(): void {
    this.#cut = undefined;
  }

  cut({ reason, error }: Interruption): void {
    const fault =
      error === undefined
        ? undefined
        : (faultOf(error) ?? { code: error.code, message: error.summary, hint: error.hint });
    this.#cut = { reason, ...(fault === undefined ? {} : { error: fault }) };
  }

  get results(): ShardResults {
    const seconds = this.#seconds();
    return {
      format: SHARD_FORMAT,
      version: SHARD_VERSION,
      campaign: this.#campaign,
      background: this.#background,
      shards: [
        {
          index: this.#index,
          opening: this.#opening,
          strands: [...this.#strands],
          ...(this.#cut === undefined ? {} : { cut: this.#cut }),
          seconds,
          searchSeconds: this.#searchedFor,
        },
      ],
    };
  }
}
