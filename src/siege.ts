import type { Address, Hex } from "viem";

import type { CampaignResult, SurvivedResult } from "./engine/campaign/campaign-result.js";
import type { CampaignOptions } from "./engine/campaign/options.js";
import type { DiffOptions } from "./engine/diff/diff-options.js";
import type { DiffResult } from "./engine/diff/diff-result.js";
import type { SignedOrder } from "./engine/fork-snapshot/fork-snapshot.js";
import type { Outcome } from "./engine/run/outcome.js";
import type { JsonBlock } from "./order-flow/recorded.js";
import type { ContagionOptions } from "./risk/contagion/contagion-options.js";
import type { ContagionResult } from "./risk/contagion/contagion-result.js";
import type { GreeksOptions } from "./risk/greeks/greeks-options.js";
import type { GreeksResult } from "./risk/greeks/greeks-result.js";
import type { MapOptions } from "./risk/map/map-options.js";
import type { SiegeMap } from "./risk/map/map-result.js";
import type { ProposalOptions } from "./risk/proposal/proposal-options.js";
import type { ProposalResult } from "./risk/proposal/proposal-result.js";
import type { RareRuinOptions } from "./risk/rare/rare-ruin-options.js";
import type { RareRuinResult } from "./risk/rare/rare-ruin.js";
import type { RuinOptions } from "./risk/ruin/ruin-options.js";
import type { RuinResult } from "./risk/ruin/ruin-result.js";
import type { SensitivityOptions } from "./risk/sensitivity/sensitivity-options.js";
import type { SensitivityResult } from "./risk/sensitivity/sensitivity-result.js";
import type { ParameterValues } from "./scenario/parameters/setter.js";
import type { Presets } from "./scenario/presets/presets.js";
import type { Scenario, ScenarioDefinition } from "./scenario/scenario.js";
import type { Target } from "./target/target.js";
import type { Lesson, TrainOptions } from "./training/adversary/train-options.js";
import type { TrainResult } from "./training/adversary/train-result.js";
import type { BankruptOptions } from "./training/bankruptcy/bankrupt-options.js";
import type { BankruptResult } from "./training/bankruptcy/bankrupt-result.js";
import type { TuneOptions } from "./training/tuning/tune-options.js";
import type { TuneResult } from "./training/tuning/tune-result.js";

/**
 * Survival testing on one network connection: `connection.siege`. Its functions may be destructured, which is why they
 * are properties here and not methods.
 */
export interface Siege {
  /**
   * Validates a scenario and fills in its defaults.
   *
   * @throws SiegeError `INVALID_SCENARIO`
   */
  readonly scenario: (definition: ScenarioDefinition) => Scenario;

  /**
   * The address of an agent, known before there is a scenario: for an allow list, a role, or a token that a fixture gives it.
   * The same as `addressOf` of `hardhat-siege/agents`.
   *
   * @param name - the agent's name in the scenario: its own, or its role (`attacker`, and `attacker 2` for the second one)
   * @throws SiegeError `INVALID_OPTION` if no agent can have that name
   */
  readonly addressOf: (name: string) => Address;

  /** Scenarios by name: `siege.presets.flashCrash({ drop: 0.5 })`. */
  readonly presets: Presets;

  /**
   * Runs a campaign: searches for a run that violates a condition, and minimises what it finds. This is the matcher without
   * chai. The connection is left as it was before. Campaigns on one connection run one after the other.
   *
   * @param target - a viem contract, an ethers contract, or `{ address, abi }`
   * @param options - what is left out comes from the `siege` section of the config
   * @throws SiegeError `LIVE_NETWORK`, `UNSUPPORTED_HARDFORK`, `INVALID_TARGET`, `INVALID_SCENARIO`, `INVALID_OPTION`, `NO_CODE`;
   * with `parameters` `UNKNOWN_PARAMETER`, `PARAMETER_REFUSED`, `PARAMETER_WITHOUT_OWNER`, `PARAMETER_FAILED`
   *
   * @example
   * ```ts
   * const result = await siege.run(vault, scenario, { runs: 500 });
   * if (result.kind === "violation") console.log(result.finding.violation.condition);
   * ```
   */
  readonly run: (target: Target, scenario: Scenario, options?: CampaignOptions) => Promise<CampaignResult>;

  /**
   * Estimates how likely ruin is over the scenario's horizon: plays independent paths to their end, whatever breaks on the way,
   * and counts those in which a condition did not hold after some block. It searches for nothing: prices follow their processes,
   * agents their policies, and what has no policy is drawn. The connection is left as it was before.
   *
   * @param target - a viem contract, an ethers contract, or `{ address, abi }`
   * @param options - seed, lanes, time limit and executor come from the `siege` section of the config if they are left out
   * @returns the probability with its interval, when ruin came and what was lost; `incomplete` if not all paths were played
   * @throws SiegeError `PATHS_FILE_INVALID`, `PATHS_FILE_UNWRITABLE`, and what {@link Siege.run} throws
   *
   * @example
   * ```ts
   * const { probability } = await siege.ruin(vault, scenario, { paths: 2_000 });
   * console.log(probability.value, probability.interval.lower, probability.interval.upper);
   * ```
   */
  readonly ruin: (target: Target, scenario: Scenario, options?: RuinOptions) => Promise<RuinResult>;

  /**
   * Estimates how likely a rare ruin is by splitting: runs branch where they come closer to ruin, on the chain itself, from its
   * snapshots. For probabilities of one in ten thousand and less. It plays on the connection, one transaction per call, and leaves it
   * as it was before.
   *
   * @param target - a viem contract, an ethers contract, or `{ address, abi }`
   * @param options - `score` says how close a state is to ruin
   * @returns the probability with its interval, and what it cost
   * @throws SiegeError `INVALID_OPTION`, also for a scenario that cannot be branched, and what {@link Siege.ruin} throws
   *
   * @example
   * ```ts
   * const { probability } = await siege.rareRuin(note, scenario, { score: ({ view }) => -view.price("ETH") });
   * ```
   */
  readonly rareRuin: (target: Target, scenario: Scenario, options?: RareRuinOptions) => Promise<RareRuinResult>;

  /**
   * Asserts that the target survives a campaign: {@link Siege.run} for `node:test` and any other runner without chai.
   *
   * @param target - a viem contract, an ethers contract, or `{ address, abi }`
   * @param options - what is left out comes from the `siege` section of the config
   * @returns the result of the campaign, whose `kind` is `survived`
   * @throws AssertionError of `node:assert` if a condition was violated; its message is the report with the minimal
   * reproduction
   * @throws SiegeError `INCOMPLETE` if the campaign reached no verdict, and everything that {@link Siege.run} throws
   *
   * @example
   * ```ts
   * test("the vault survives a flash crash", async () => {
   *   await siege.assertSurvives(vault, siege.presets.flashCrash({ drop: 0.5 }), { runs: 500 });
   * });
   * ```
   */
  readonly assertSurvives: (target: Target, scenario: Scenario, options?: CampaignOptions) => Promise<SurvivedResult>;

  /**
   * Finds where a target stops surviving: along one parameter of the scenario, by bisection of campaigns, or in two, as a grid that
   * is refined only where neighbours differ. Every point is a campaign of its own, with the same seed and runs; saved reproductions
   * are not played. What breaks is saved in the folder `map` of the reproductions.
   *
   * @param options - `along`, and those of a campaign, which hold for every point
   * @returns every point that was tested, and between which survival ends; that there is no threshold is a result, too
   * @throws SiegeError `UNKNOWN_PARAMETER`, `INVALID_OPTION`; `PARAMETER_REFUSED` if a contract does not take a value of the
   * range; and everything that {@link Siege.run} throws apart from `BROKEN_AT_START`: such values are values that break it
   *
   * @example
   * ```ts
   * const { edges } = await siege.map(vault, scenario, { along: "ltv", precision: 0.001, runs: 200 });
   * ```
   */
  readonly map: (target: Target, scenario: Scenario, options: MapOptions) => Promise<SiegeMap>;

  /**
   * Estimates which parameters of a scenario drive its outcome: Morris screening or Sobol indices, with bootstrap intervals. What is
   * measured at each point is the share of independent runs that violate a condition, or the least margin of a condition; the runs
   * draw the same numbers at every point.
   *
   * @param options - by default Morris screening over all parameters of the scenario
   * @returns the effects, and every point that was measured
   * @throws SiegeError `UNKNOWN_PARAMETER`, `INVALID_OPTION`; `PARAMETER_REFUSED` if a contract does not take a value of a range;
   * `INCONCLUSIVE` if the condition tells no margin; `RPC_FAILED`, as a point that was not measured is no value
   *
   * @example
   * ```ts
   * const result = await siege.sensitivity(vault, scenario, { method: "sobol", output: { margin: "noBadDebt" } });
   * ```
   */
  readonly sensitivity: (
    target: Target,
    scenario: Scenario,
    options?: SensitivityOptions,
  ) => Promise<SensitivityResult>;

  /**
   * Tunes parameters: searches their ranges for points with the best objectives whose ruin stays below a limit, on the same paths for
   * all; then judges the best ones on fresh paths. The probability that any accepted point has as much ruin as the limit is at most
   * 1 - `confidence`, however many points were tried. Each accepted point is attacked by a campaign, and comes with its nearest failure.
   * What breaks is saved in the folder `tune` of the reproductions.
   *
   * @param options - `ruin`, and what is tuned for what, and how thoroughly
   * @returns the front of accepted points, and everything that was tried and judged; that nothing is feasible is a result, too
   * @throws SiegeError `UNKNOWN_PARAMETER`, `INVALID_OPTION`; `OBJECTIVE_FAILED` if an objective is not a finite number; `RPC_FAILED`;
   * and what {@link Siege.run} throws apart from `PARAMETER_REFUSED` and `BROKEN_AT_START`: such values are no candidates
   *
   * @example
   * ```ts
   * const { front, judged } = await siege.tune(market, scenario, { of: ["ltv", "bonus"], ruin: { limit: 0.01 } });
   * ```
   */
  readonly tune: (target: Target, scenario: Scenario, options: TuneOptions) => Promise<TuneResult>;

  /**
   * Looks for the cheapest ways to break a target: campaigns with ever less capital for its attackers and ever smaller price moves, each
   * of which tries first what worked with more. Of each way on the front, no other takes less capital, a smaller price move and fewer
   * steps; each is minimal, confirmed and saved in the folder `bankrupt` of the reproductions.
   *
   * @param options - how many campaigns, and of how many runs
   * @returns the front, and the way that does most harm; that nothing broke is a result, too
   * @throws SiegeError what {@link Siege.run} throws
   *
   * @example
   * ```ts
   * const { front } = await siege.bankrupt(vault, scenario, { campaigns: 16, runs: 100 });
   * console.log(front[0]?.capital, front[0]?.reproduction);
   * ```
   */
  readonly bankrupt: (target: Target, scenario: Scenario, options?: BankruptOptions) => Promise<BankruptResult>;

  /**
   * Trains an adversary on targets: campaigns against all of them, from few runs and short attacks to many and long ones, and after
   * each stage a policy that is more like what did harm (the cross-entropy method). It knows calls by what they do for their caller,
   * not by their names, so that it attacks other targets, too: see `trainedAttacker` of `hardhat-siege/training`. What breaks is saved
   * in the folder `train` of the reproductions.
   *
   * @param lessons - the targets with their scenarios, each on this connection or on that of its `siege`
   * @returns the policy, plain JSON, and what it was trained with
   * @throws SiegeError `INVALID_OPTION`, and what {@link Siege.run} throws
   *
   * @example
   * ```ts
   * const { policy } = await siege.train([{ target: vault, scenario }], { runs: 256, seed: 1 });
   * await siege.run(market, other, { proposers: [trainedAttacker({ policy })] });
   * ```
   */
  readonly train: (lessons: readonly Lesson<Siege>[], options?: TrainOptions) => Promise<TrainResult>;

  /**
   * How a number of a protocol responds to prices, volatilities, time and parameters, as the Greeks of an option do: central
   * differences on common random numbers, with intervals. Each path is played on the real contracts, with the agents reacting, once
   * as it is and once with each change, up and down.
   *
   * @param options - `output`, the number that responds: the least margin of a condition, or what is read after the last block
   * @returns the responses and their curvatures
   * @throws SiegeError `INVALID_OPTION`, `UNKNOWN_ASSET`, `UNKNOWN_PARAMETER`, `UNSUPPORTED_TARGET`; `PARAMETER_REFUSED` if a
   * contract does not take a changed value; `INCONCLUSIVE` if the number cannot be told; `RPC_FAILED`, as a path that was not played
   * is no value
   *
   * @example
   * ```ts
   * const { greeks } = await siege.greeks(vault, scenario, { output: { margin: "noBadDebt" }, of: ["price:ETH", "time"] });
   * ```
   */
  readonly greeks: (target: Target, scenario: Scenario, options: GreeksOptions) => Promise<GreeksResult>;

  /**
   * How failure spreads among the protocols of a scenario: each path is played without a shock, with each protocol's shock alone, and with
   * all together, on common random numbers. Gives the exposure matrix (what each loses given that another one fails), the order of failure,
   * the amplification against the sum of parts and, with `fragmentation`, what it adds that liquidity is in several venues. Loss is the
   * shortfall that a protocol's adapter reports, beyond that at the start; shocks are those of the scenario, made with `shock`.
   *
   * @param options - which protocols, how many paths, and what else is compared
   * @returns the matrix with intervals, and a reproduction of each edge
   * @throws SiegeError `INVALID_OPTION`, `INVALID_SCENARIO` for fewer than two protocols or no shock, `UNKNOWN_PROTOCOL`,
   * `UNSUPPORTED_PROTOCOL` if a protocol reports no loss, `UNKNOWN_PARAMETER`, `PARAMETER_REFUSED`, `PATHS_FILE_INVALID`; `RPC_FAILED`, as a
   * path that was not played is no value
   *
   * @example
   * ```ts
   * const { matrix, amplification } = await siege.contagion(pool, scenario, { paths: 200 });
   * ```
   */
  readonly contagion: (target: Target, scenario: Scenario, options?: ContagionOptions) => Promise<ContagionResult>;

  /**
   * What a change changes: plays the same runs on two sides, one transaction per call, and lists those with another outcome, with
   * the first call or margin that differs. The sides differ in the code of the target, in parameters, or in the scenario; each may
   * have a connection of its own. Saved reproductions of either target are played on both. The connections are left as they were.
   *
   * @param target - of the first side
   * @param against - how the second side differs from the first: what is left out is the same
   * @param options - seed and time limit come from the `siege` section of the config if they are left out
   * @throws SiegeError `INVALID_OPTION` if the sides have different assets, agents or blocks, as the same runs then mean something
   * else; `RPC_FAILED`, as a run without a verdict cannot be compared; and what {@link Siege.run} throws
   *
   * @example
   * ```ts
   * const { outcomes, changed } = await siege.diff(vault, scenario, { target: fixedVault }, { runs: 200 });
   * console.log(outcomes.fixed, changed[0]?.first);
   * ```
   */
  readonly diff: (
    target: Target,
    scenario: Scenario,
    against: DiffAgainst,
    options?: DiffOptions,
  ) => Promise<DiffResult>;

  /**
   * Judges governance proposals before they are executed: decodes what they do, executes them before the scenario begins, in every order, and
   * compares with the scenario without them: ruin on the same paths, the same runs call by call, and what a search finds only before or only
   * after. They are executed as the timelock or executor, each call in a block of its own; nobody votes. What is found is saved in the folder
   * `proposal` of the reproductions. The connection is left as it was before.
   *
   * @param proposals - 1 to 4, as parsed JSON: simulation configs of Seatbelt, logs of `ProposalCreated` or `PayloadCreated`, or calls
   * `[{ target, signature, args }]`
   * @throws SiegeError `PROPOSAL_INVALID`, `PROPOSAL_REFUSED`, `INVALID_OPTION`, and what {@link Siege.run} throws; a call that reverts is a
   * result
   *
   * @example
   * ```ts
   * const { verdict, orders } = await siege.proposal(market, scenario, [proposal], { executor: timelock });
   * ```
   */
  readonly proposal: (
    target: Target,
    scenario: Scenario,
    proposals: readonly unknown[],
    options?: ProposalOptions,
  ) => Promise<ProposalResult>;

  /**
   * The snapshot that this connection's network was forked from, as far as scenarios use it: pending transactions and signed
   * orders that were kept with the state. `undefined` if the network was forked from none.
   *
   * @throws SiegeError `SNAPSHOT_NOT_FOUND`, `SNAPSHOT_INVALID`
   *
   * @example
   * ```ts
   * const flow = siege.snapshot()?.pending;
   * const orderFlow = flow === undefined ? [] : [orderFlowOf(flow)];
   * ```
   */
  readonly snapshot: () => ForkedSnapshot | undefined;

  /**
   * Replays a reproduction. It needs nothing but the file: no state of the connection, no fork, no fixture.
   *
   * @param reproduction - its path, relative to the project's root, or its parsed content
   * @throws SiegeError `REPRODUCTION_NOT_FOUND`, `REPRODUCTION_INVALID` and the other codes of reproductions
   */
  readonly replay: (reproduction: string | object) => Promise<Outcome>;

  /**
   * A reproduction as a test for Foundry: one file of Solidity that fails while the flaw is there. It needs nothing but the
   * reproduction, unless the test is to run with a fix, too, that reads other state than the flawed code.
   *
   * @param reproduction - its path, relative to the project's root, or its parsed content
   * @param options - `fix`: the address of a contract on this connection that has the code of the fix, whose state the file then
   * holds besides. It is read from this connection, which is to be in the state of the fixture
   * @returns the text of a `.t.sol` file
   * @throws SiegeError `EXPORT_UNAVAILABLE`, `EXPORT_INEXACT`, `NO_CODE`, and the codes of reproductions
   *
   * @example
   * ```ts
   * const text = await siege.exportFoundry("siege/reproductions/vault-7f3a.json", { fix: fixedVault.address });
   * await writeFile("test/vault-7f3a.t.sol", text);
   * ```
   */
  readonly exportFoundry: (reproduction: string | object, options?: { readonly fix?: Address }) => Promise<string>;
}

/** What {@link Siege.snapshot} tells of the file that a network was forked from. */
export interface ForkedSnapshot {
  /** Of the chain that the snapshot was taken of. */
  readonly chainId: number;
  readonly blockNumber: number;
  /** SHA-256 of the file's content. */
  readonly checksum: Hex;
  /** The transactions that were kept, for `orderFlowOf`; the base fee is that of the snapshot's block. */
  readonly pending: JsonBlock;
  /** The signed orders that were kept, as they were given. */
  readonly orders: readonly SignedOrder[];
}

/** How the second side of {@link Siege.diff} differs from the first. */
export interface DiffAgainst {
  /** Its target. Default: that of the first side. */
  readonly target?: Target;
  /** Its scenario, with the same assets, agents and blocks. Default: that of the first side. */
  readonly scenario?: Scenario;
  /** Values of its parameters. Default: those of the first side. */
  readonly parameters?: ParameterValues;
  /** `siege` of another connection on which its target is. Default: the same connection. */
  readonly siege?: Siege;
}
