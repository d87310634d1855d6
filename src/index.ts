import type { HardhatPlugin } from "hardhat/types/plugins";

import { task } from "hardhat/config";
import { definePlugin } from "hardhat/plugins";
import { ArgumentType } from "hardhat/types/arguments";

export type * from "./type-extensions.js";

interface TextOption<NameT extends string> {
  readonly name: NameT;
  readonly description: string;
  readonly type: ArgumentType.STRING_WITHOUT_DEFAULT;
  readonly defaultValue: undefined;
}

/** An option of a task. Without a default: what is left out comes from the config. */
function option<const NameT extends string>(name: NameT, description: string): TextOption<NameT> {
  return { name, description, type: ArgumentType.STRING_WITHOUT_DEFAULT, defaultValue: undefined };
}

/** A flag that every task which runs scenarios has. */
const NO_COMPILE = { name: "noCompile", description: "Don't compile the project first" } as const;

/** What every task that has results of campaigns takes. */
const REPORTER = option(
  "reporter",
  "Reports to leave, like junit=siege/junit.xml,sarif=siege/siege.sarif; one without a file is printed; default: those of the config",
);

/**
 * The plugin. Add it to `plugins` in `hardhat.config.ts`.
 *
 * @example
 * ```ts
 * import hardhatSiege from "hardhat-siege";
 * import { defineConfig } from "hardhat/config";
 *
 * export default defineConfig({ plugins: [hardhatSiege], siege: { runs: 500 } });
 * ```
 */
const hardhatSiegePlugin: HardhatPlugin = definePlugin({
  id: "hardhat-siege",
  npmPackage: "hardhat-siege",
  hookHandlers: {
    config: () => import("./hooks/config.js"),
    network: () => import("./hooks/network.js"),
    test: () => import("./hooks/test.js"),
  },
  tasks: [
    task("siege", "Lays siege to your contracts: survival campaigns and their reproductions")
      .setAction(() => import("./tasks/overview.js"))
      .build(),
    task(["siege", "init"], "Writes a first scenario for a contract")
      // without one, the task itself says which there are
      .addPositionalArgument({
        name: "contract",
        description: "A contract of the project, or an address on the network",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/init.js"))
      .build(),
    task(["siege", "run"], "Runs the survival campaigns of scenario files")
      .addVariadicArgument({
        name: "files",
        description: "Modules whose default export is made by defineScenario",
        type: ArgumentType.FILE,
        // the task itself rejects a call without files: Hardhat would exit with 1, which means that a target broke
        defaultValue: [],
      })
      .addOption(option("runs", "How many runs the search may use; default 500"))
      .addOption(option("seed", "Seed of the search; default 1"))
      .addOption(option("timeLimit", "Seconds after which a campaign stops, incomplete; default: no limit"))
      .addOption(option("lanes", 'How many worlds the search plays on in parallel, or "auto"; default auto'))
      .addOption(option("executor", "How the search executes blocks: batched or faithful; default batched"))
      .addOption(
        option(
          "findings",
          'After how many findings a campaign stops, or "all" to search until its runs are used up; default 1',
        ),
      )
      .addOption(
        option("parameters", "Values of the scenario's parameters, like ltv=0.8,blockTime=2; default: none is set"),
      )
      .addOption(
        option("shard", "Which part of the campaigns to play, like 2/4; siege merge joins the results of all parts"),
      )
      .addOption(
        option("queue", "The Redis server of a queue, like redis://127.0.0.1:6379, whose workers play the campaigns"),
      )
      .addOption(option("priority", "In a queue: 1 (first) to 100; default 50"))
      .addOption(
        option(
          "recheck",
          "In a queue: the share of unsigned results that are played again here; default 0, with a secret 0.1",
        ),
      )
      .addFlag({ name: "noExplain", description: "Don't look for the lines of code behind a finding" })
      .addOption(REPORTER)
      .addFlag({ name: "json", description: "Print one JSON document instead of the reports" })
      .addOption(option("policy", "A policy of siege train, which attacks in every second run; default: none"))
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/run.js"))
      .build(),
    task(["siege", "ruin"], "Estimates how likely ruin is over the horizon of a scenario")
      // one file; the task itself rejects a call without it, as siege run does
      .addVariadicArgument({
        name: "files",
        description: "A module whose default export is made by defineScenario",
        type: ArgumentType.FILE,
        defaultValue: [],
      })
      .addOption(option("paths", "How many paths to play; default 1000"))
      .addOption(option("confidence", "The confidence of the intervals, above 0 and below 1; default 0.95"))
      .addOption(
        option("below", "The probability that decides the exit code, like 0.01; default: whether any path is ruined"),
      )
      .addFlag({ name: "early", description: "Stop as soon as --below is decided" })
      .addOption(
        option("tilt", "Prices to tilt towards rare ruin, in deviations over the horizon, like ETH=-4; default: none"),
      )
      .addOption(option("minimise", "How many of the first ruined paths to minimise into reproductions; default 0"))
      .addOption(option("resume", "A file that keeps every finished path, and whose paths are not played again"))
      .addOption(option("seed", "Seed of the paths; default 1"))
      .addOption(option("timeLimit", "Seconds after which it stops, incomplete; default: no limit"))
      .addOption(option("lanes", 'How many worlds paths are played on in parallel, or "auto"; default auto'))
      .addOption(option("executor", "How blocks are executed: batched or faithful; default batched"))
      .addOption(
        option("parameters", "Values of the scenario's parameters, like ltv=0.8,blockTime=2; default: none is set"),
      )
      .addOption(option("figures", "A folder for figures, which need the package echarts"))
      .addOption(option("json", "A file for the result as JSON"))
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/ruin.js"))
      .build(),
    task(["siege", "rare"], "Estimates how likely a rare ruin is, by splitting runs on the chain")
      .addPositionalArgument({ name: "file", description: "The scenario file", type: ArgumentType.FILE })
      .addOption(option("trees", "How many independent trees of runs to grow; default 1000"))
      .addOption(option("pilots", "Paths of the pilot that places the levels; default 50"))
      .addOption(option("confidence", "The confidence of the interval, above 0 and below 1; default 0.95"))
      .addOption(
        option("below", "The probability that decides the exit code, like 0.0001; default: whether any path is ruined"),
      )
      .addOption(option("minimise", "How many of the first ruined paths to minimise into reproductions; default 0"))
      .addOption(option("seed", "Seed of all branches; default 1"))
      .addOption(option("lanes", 'How many worlds trees grow on in parallel, or "auto"; default auto'))
      .addOption(option("executor", "How blocks are executed: batched or faithful; default batched"))
      .addOption(option("timeLimit", "Seconds after which it stops, incomplete; default: no limit"))
      .addOption(option("parameters", "Values of the scenario's parameters, like ltv=0.8; default: none is set"))
      .addFlag({ name: "json", description: "Print one JSON document instead of the table" })
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/rare.js"))
      .build(),
    task(["siege", "merge"], "Joins the results of shards into one report")
      .addVariadicArgument({
        name: "results",
        description: "Results of shards, or folders of them; default siege/shards",
        type: ArgumentType.FILE,
        defaultValue: [],
      })
      .addOption(REPORTER)
      .addFlag({ name: "json", description: "Print one JSON document instead of the reports" })
      .setAction(() => import("./tasks/merge.js"))
      .build(),
    task(["siege", "worker"], "Plays the jobs of a queue until it is interrupted")
      .addOption(option("queue", "The Redis server of the queue, like redis://127.0.0.1:6379"))
      .addOption(option("lanes", 'How many worlds a search plays on in parallel, or "auto"; default auto'))
      .addOption(option("jobs", "After how many jobs it stops; default: none"))
      .addOption(option("name", "What it calls itself; default: made of the host's name"))
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/queue/worker.js"))
      .build(),
    task(["siege", "snapshot"], "Saves the state that scenarios touch on a fork, to fork from the file offline")
      .addVariadicArgument({
        name: "files",
        description: "Modules whose default export is made by defineScenario",
        type: ArgumentType.FILE,
        defaultValue: [],
      })
      .addOption(option("out", "The file to write, like siege/fork.json.gz"))
      .addFlag({ name: "add", description: "Add to what the file holds, of the same block" })
      .addOption(option("pending", "A JSON file of pending transactions to keep, as a node returns a block"))
      .addOption(option("orders", "A JSON file of signed orders to keep"))
      .addOption(option("runs", "How many runs the searches may use; default 500"))
      .addOption(option("seed", "Seed of the searches; default 1"))
      .addOption(option("timeLimit", "Seconds after which it gives up; default: no limit"))
      .addOption(option("lanes", 'How many worlds the search plays on in parallel, or "auto"; default auto'))
      .addOption(option("executor", "How the search executes blocks: batched or faithful; default batched"))
      .addOption(option("findings", "After how many findings a campaign stops; default all"))
      .addOption(option("parameters", "Values of the scenario's parameters, like ltv=0.8; default: none is set"))
      .addFlag({ name: "noExplain", description: "Don't look for the lines of code behind a finding" })
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/snapshot.js"))
      .build(),
    task(["siege", "snapshot", "show"], "Tells what a snapshot holds")
      .addPositionalArgument({ name: "file", description: "The snapshot", type: ArgumentType.FILE })
      .setAction(() => import("./tasks/snapshot-show.js"))
      .build(),
    task(["siege", "snapshot", "verify"], "Compares a snapshot with a node")
      .addPositionalArgument({ name: "file", description: "The snapshot", type: ArgumentType.FILE })
      .addOption(option("rpc", "The URL of a node that has the state of the snapshot's block"))
      .setAction(() => import("./tasks/snapshot-verify.js"))
      .build(),
    task(["siege", "map"], "Finds where a target stops surviving along one parameter, or in two")
      .addPositionalArgument({ name: "file", description: "The scenario file", type: ArgumentType.FILE })
      .addOption(option("along", "The parameter, or two with a comma: ltv,drop"))
      .addOption(option("points", "How many evenly spaced values of each are tested first; default 5"))
      .addOption(
        option(
          "precision",
          "Along one parameter: how near its threshold is found; default its step, or a hundredth of its range",
        ),
      )
      .addOption(option("refinements", "In two: how often a cell whose points differ is halved; default 2"))
      .addOption(
        option("rest", "Blocks for which all rest after what broke, to see whether it is lost; 0 for no; default 10"),
      )
      .addOption(option("resume", "A file that keeps every decided point, and whose points are not played again"))
      .addOption(option("runs", "How many runs the search of each point may use; default 500"))
      .addOption(option("seed", "Seed of each search; default 1"))
      .addOption(option("timeLimit", "Seconds after which the map stops; default: no limit"))
      .addOption(option("lanes", 'How many worlds each search plays on in parallel, or "auto"; default auto'))
      .addOption(option("executor", "How each search executes blocks: batched or faithful; default batched"))
      .addOption(option("parameters", "Values of other parameters, the same at every point, like delay=3"))
      .addOption(option("figures", "A folder for figures, which need the package echarts"))
      .addFlag({ name: "json", description: "Print one JSON document instead of the map" })
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/map.js"))
      .build(),
    task(["siege", "sensitivity"], "Estimates which parameters drive the outcome of a scenario")
      .addPositionalArgument({ name: "file", description: "The scenario file", type: ArgumentType.FILE })
      .addOption(option("of", "Parameters, with commas; default: all of the scenario"))
      .addOption(option("method", "morris (screening) or sobol (indices); default morris"))
      .addOption(option("samples", "Trajectories of morris, default 10; rows of sobol, default 64"))
      .addOption(
        option("margin", "Measure the least margin of this condition; default: the share of runs that violate one"),
      )
      .addOption(option("runs", "How many runs to play at each point; default 20"))
      .addOption(option("resume", "A file that keeps every measured point, and whose points are not played again"))
      .addOption(option("seed", "Seed of the design and of the runs; default 1"))
      .addOption(option("lanes", 'How many worlds each point is played on in parallel, or "auto"; default auto'))
      .addOption(option("executor", "How blocks are executed: batched or faithful; default batched"))
      .addOption(option("timeLimit", "Seconds after which it stops, with what it has; default: no limit"))
      .addOption(option("parameters", "Values of other parameters, the same at every point, like delay=3"))
      .addOption(option("figures", "A folder for figures, which need the package echarts"))
      .addFlag({ name: "json", description: "Print one JSON document instead of the table" })
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/sensitivity.js"))
      .build(),
    task(["siege", "tune"], "Tunes parameters for a scenario's objectives, with ruin below a limit")
      .addPositionalArgument({ name: "file", description: "The scenario file", type: ArgumentType.FILE })
      .addOption(option("limit", "How likely ruin may be over the horizon, like 0.01"))
      .addOption(option("confidence", "How sure that is of all accepted points together; default 0.95"))
      .addOption(option("of", "Parameters, with commas; default: all of the scenario"))
      .addOption(option("candidates", "How many points the search tries; default 40"))
      .addOption(option("paths", "How many paths to play at each of them; default 50"))
      .addOption(option("points", "How many points are judged on fresh paths at most; default 5"))
      .addOption(option("fresh", "How many fresh paths for each of them at most; default: 40 divided by the limit"))
      .addOption(option("attacks", "Runs of the search that attacks each accepted point; default 100"))
      .addOption(option("seed", "Seed of the search, of the paths and of the attacks; default 1"))
      .addOption(option("timeLimit", "Seconds after which it stops, with what it has; default: no limit"))
      .addOption(option("parameters", "Values of other parameters, the same at every point, like delay=3"))
      .addFlag({ name: "json", description: "Print one JSON document instead of the points" })
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/tune.js"))
      .build(),
    task(["siege", "bankrupt"], "Looks for the cheapest ways to break a target")
      .addPositionalArgument({ name: "file", description: "The scenario file", type: ArgumentType.FILE })
      .addOption(option("campaigns", "Campaigns at most, each with less capital or smaller price moves; default 16"))
      .addOption(option("runs", "How many runs each of them may use; default 100"))
      .addOption(option("seed", "Seed of the campaigns; default 1"))
      .addOption(option("timeLimit", "Seconds after which it stops, with what it has; default: no limit"))
      .addOption(option("parameters", "Values of the scenario's parameters, like ltv=0.8; default: none is set"))
      .addOption(option("figures", "A folder for figures, which need the package echarts"))
      .addFlag({ name: "json", description: "Print one JSON document instead of the table" })
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/bankrupt.js"))
      .build(),
    task(["siege", "train"], "Trains an adversary on scenarios, as a policy that attacks other targets, too")
      .addVariadicArgument({
        name: "files",
        description: "Modules whose default export is made by defineScenario",
        type: ArgumentType.FILE,
        defaultValue: [],
      })
      .addOption(option("out", "The file of the policy; default siege/policy.json"))
      .addOption(option("runs", "Runs of a campaign in the last stage; default 256"))
      .addOption(option("stages", "Stages, each with twice the runs of the one before; default 4"))
      .addOption(option("seed", "Seed of all campaigns; default 1"))
      .addOption(option("timeLimit", "Seconds after which it stops, with what it has learnt; default: no limit"))
      .addFlag({ name: "json", description: "Print one JSON document instead of the table" })
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/train.js"))
      .build(),
    task(["siege", "watch"], "Runs scenarios again when the market regime that they were tuned for has ended")
      .addVariadicArgument({
        name: "files",
        description: "Modules whose default export is made by defineScenario; none: it only tells",
        type: ArgumentType.FILE,
        defaultValue: [],
      })
      .addOption(option("prices", "A CSV file of prices, oldest first"))
      .addOption(option("time", "Its column of times; default time"))
      .addOption(option("price", "Its column of prices; default price"))
      .addOption(option("feed", "A price feed of Chainlink on the network, instead of a file"))
      .addOption(option("from", "The block from which on the feed is read"))
      .addOption(option("spacing", "Seconds between its prices; default 3600"))
      .addOption(option("ranges", "A file for what was read of it; default: one in Hardhat's cache"))
      .addOption(option("tuned", "When parameters were chosen, like 2026-03-01; default: the first price"))
      .addOption(option("method", "two-state, bayesian or cusum; default two-state"))
      .addOption(option("every", "Seconds after which it looks again, until it is interrupted; default: once"))
      .addOption(option("runs", "How many runs the searches may use; default 500"))
      .addOption(option("seed", "Seed of the searches; default 1"))
      .addOption(option("timeLimit", "Seconds after which a campaign stops, incomplete; default: no limit"))
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/watch.js"))
      .build(),
    task(["siege", "proposal"], "Judges governance proposals before they are executed")
      .addVariadicArgument({
        name: "files",
        description: "Proposals as JSON: a config of Seatbelt, a log, or calls; of several, every order is judged",
        type: ArgumentType.FILE,
        defaultValue: [],
      })
      .addOption(option("scenario", "The scenario file"))
      .addOption(
        option("executor", "Who executes them without a vote; default: their governor, or each contract's owner"),
      )
      .addOption(option("governor", "The governor that calls without one are proposed in"))
      .addOption(option("voters", "Who may vote, with commas; default: whom the governor's recent events name"))
      .addOption(option("signatures", "Functions of calldata without signatures, with semicolons"))
      .addOption(option("paths", "Paths on which ruin is compared; default 200"))
      .addOption(option("runs", "Runs that are compared call by call; default 20"))
      .addOption(option("attacks", "Runs of the searches before and after; default 100"))
      .addOption(option("seed", "Seed of paths, runs and searches; default 1"))
      .addOption(option("timeLimit", "Seconds after which it stops, with what it has; default: no limit"))
      .addOption(option("parameters", "Values of the scenario's parameters, before and after"))
      .addFlag({ name: "json", description: "Print one JSON document instead of Markdown" })
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/proposal.js"))
      .build(),
    task(["siege", "greeks"], "Estimates how a number of the protocol responds to prices, volatility, time, parameters")
      .addPositionalArgument({ name: "file", description: "The scenario file", type: ArgumentType.FILE })
      .addOption(option("margin", "The condition whose least margin responds"))
      .addOption(option("reads", "In place of --margin: the function of the target whose answer responds"))
      .addOption(option("decimals", "Decimals of that answer; default 0"))
      .addOption(option("of", "What is changed, like price:ETH,volatility:ETH,time,ltv; default: whatever moves"))
      .addOption(option("step", "The size of a change, as a fraction; default 0.01"))
      .addOption(option("paths", "How many paths to play in each variant; default 100"))
      .addOption(option("seed", "Seed of the paths; default 1"))
      .addOption(option("lanes", 'How many worlds paths are played on in parallel, or "auto"; default auto'))
      .addOption(option("executor", "How blocks are executed: batched or faithful; default batched"))
      .addOption(option("timeLimit", "Seconds after which it stops, with what it has; default: no limit"))
      .addOption(option("parameters", "Values of the scenario's parameters, like ltv=0.8; default: none is set"))
      .addOption(option("resume", "A file that keeps every measured point, and whose points are not played again"))
      .addOption(option("figures", "A folder for figures, which need the package echarts"))
      .addFlag({ name: "json", description: "Print one JSON document instead of the table" })
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/greeks.js"))
      .build(),
    task(["siege", "contagion"], "Measures how failure spreads among the protocols of a scenario")
      .addPositionalArgument({ name: "file", description: "The scenario file", type: ArgumentType.FILE })
      .addOption(option("protocols", "Whose losses are measured, with commas; default: all that report a shortfall"))
      .addOption(option("paths", "How many paths to play with each shock, and without; default 100"))
      .addOption(option("at", "The block in which shocks happen; default 1"))
      .addOption(option("tolerance", "US dollars beyond which a protocol has failed; default 1"))
      .addOption(option("fragmentation", "A parameter with the liquidity in one venue and in several, like venues=1:4"))
      .addOption(option("minimise", "How many edges to minimise into reproductions; default 10"))
      .addOption(option("seed", "Seed of the paths; default 1"))
      .addOption(option("lanes", "How many worlds play in parallel, or auto; default auto"))
      .addOption(option("executor", "How blocks are executed: batched or faithful; default batched"))
      .addOption(option("timeLimit", "Seconds after which it stops, with what it has; default: no limit"))
      .addOption(option("parameters", "Values of the scenario's parameters, like ltv=0.8; default: none is set"))
      .addOption(option("resume", "A file that keeps every finished path, and whose paths are not played again"))
      .addOption(option("figures", "A folder for figures, which need the package echarts"))
      .addFlag({ name: "json", description: "Print one JSON document instead of the tables" })
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/contagion.js"))
      .build(),
    task(["siege", "ingest"], "Makes a data set of order flow from a node's logs, or from files of logs")
      .addPositionalArgument({
        name: "sources",
        description: "A JSON file that names the contracts",
        type: ArgumentType.FILE,
      })
      .addOption(option("from", "The first block; default: that of the logs"))
      .addOption(option("to", "The last block; default: the last final one"))
      .addOption(option("logs", "Files of logs to read instead of a node, with commas: JSON, CSV or Parquet"))
      .addOption(option("out", "The file to write; default flow.json.gz"))
      .addFlag({ name: "senders", description: "Read who sent each transaction, too: whole blocks" })
      .setAction(() => import("./tasks/ingest.js"))
      .build(),
    task(["siege", "flow"], "Tells how order flow behaves, and how toxic it is")
      .addPositionalArgument({
        name: "file",
        description: "A data set that siege ingest wrote",
        type: ArgumentType.FILE,
      })
      .addOption(option("pool", "Only this pool; default: all"))
      .addOption(option("reference", "Prices that trades are judged by: a feed or another pool; default: its own"))
      .addOption(option("horizons", "Seconds after trades, with commas; default 1,5,30,60,300"))
      .addOption(option("seed", "Seed of the bootstrap; default 1"))
      .addOption(option("figures", "A folder for figures, which need the package echarts"))
      .addFlag({ name: "json", description: "Print one JSON document instead of the table" })
      .setAction(() => import("./tasks/flow.js"))
      .build(),
    task(["siege", "diff"], "Compares two versions of the code, or two sets of parameters: which outcomes change")
      .addPositionalArgument({ name: "file", description: "The scenario file", type: ArgumentType.FILE })
      .addOption(option("against", "The scenario file that sets up the other version; default: the same"))
      .addOption(option("parameters", "Values of the scenario's parameters, on both sides; default: none is set"))
      .addOption(option("againstParameters", "Values of its parameters on the second side, like ltv=0.7"))
      .addOption(option("runs", "How many runs to play on each side; default 100"))
      .addOption(option("seed", "Seed of the runs; default 1"))
      .addOption(option("timeLimit", "Seconds after which it stops, with what it has; default: no limit"))
      .addFlag({ name: "json", description: "Print one JSON document instead of the table" })
      .addFlag(NO_COMPILE)
      .setAction(() => import("./tasks/diff.js"))
      .build(),
    task(["siege", "replay"], "Replays a reproduction, from its file alone")
      .addPositionalArgument({ name: "file", description: "Path of the reproduction", type: ArgumentType.FILE })
      .addOption(REPORTER)
      .setAction(() => import("./tasks/replay.js"))
      .build(),
    task(["siege", "export"], "Writes a reproduction as a test for another framework")
      .addPositionalArgument({ name: "file", description: "Path of the reproduction", type: ArgumentType.FILE })
      .addOption(option("to", "The framework: foundry"))
      .addOption(option("out", "The file to write; default: beside the reproduction, .t.sol"))
      .setAction(() => import("./tasks/export.js"))
      .build(),
  ],
});

export default hardhatSiegePlugin;
