import type { HardhatPlugin } from "hardhat/types/plugins";

import { emptyTask, task } from "hardhat/config";
import { definePlugin } from "hardhat/plugins";
import { ArgumentType } from "hardhat/types/arguments";

export type * from "./type-extensions.js";

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
  },
  tasks: [
    emptyTask("siege", "Lays siege to your contracts: survival campaigns and their reproductions").build(),
    task(["siege", "run"], "Runs the survival campaigns of scenario files")
      .addVariadicArgument({
        name: "files",
        description: "Modules whose default export is made by defineScenario",
        type: ArgumentType.FILE,
        // the task itself rejects a call without files: Hardhat would exit with 1, which means that a target broke
        defaultValue: [],
      })
      // options without a default, so that omitted ones come from the config
      .addOption({
        name: "runs",
        description: "How many runs the search may use; default 200",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "seed",
        description: "Seed of the search; default 1",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "timeLimit",
        description: "Seconds after which a campaign stops, incomplete; default: no limit",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "lanes",
        description: 'How many worlds the search plays on in parallel, or "auto"; default auto',
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "executor",
        description: "How the search executes blocks: batched or faithful; default batched",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "findings",
        description:
          'After how many findings a campaign stops, or "all" to search until its runs are used up; default 1',
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "parameters",
        description: "Values of the scenario's parameters, like ltv=0.8,blockTime=2; default: none is set",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "shard",
        description: "Which part of the campaigns to play, like 2/4; siege merge joins the results of all parts",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addFlag({ name: "json", description: "Print one JSON document instead of the reports" })
      .addFlag({ name: "noCompile", description: "Don't compile the project first" })
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
      .addOption({
        name: "paths",
        description: "How many paths to play; default 1000",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "confidence",
        description: "The confidence of the intervals, above 0 and below 1; default 0.95",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "below",
        description: "The probability that decides the exit code, like 0.01; default: whether any path is ruined",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addFlag({ name: "early", description: "Stop as soon as --below is decided" })
      .addOption({
        name: "tilt",
        description: "Prices to tilt towards rare ruin, in deviations over the horizon, like ETH=-4; default: none",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "minimise",
        description: "How many of the first ruined paths to minimise into reproductions; default 0",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "resume",
        description: "A file that keeps every finished path, and whose paths are not played again",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "seed",
        description: "Seed of the paths; default 1",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "timeLimit",
        description: "Seconds after which it stops, incomplete; default: no limit",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "lanes",
        description: 'How many worlds paths are played on in parallel, or "auto"; default auto',
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "executor",
        description: "How blocks are executed: batched or faithful; default batched",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "parameters",
        description: "Values of the scenario's parameters, like ltv=0.8,blockTime=2; default: none is set",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "figures",
        description: "A folder for figures, which need the package echarts",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "json",
        description: "A file for the result as JSON",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addFlag({ name: "noCompile", description: "Don't compile the project first" })
      .setAction(() => import("./tasks/ruin.js"))
      .build(),
    task(["siege", "merge"], "Joins the results of shards into one report")
      .addVariadicArgument({
        name: "results",
        description: "Results of shards, or folders of them; default siege/shards",
        type: ArgumentType.FILE,
        defaultValue: [],
      })
      .addFlag({ name: "json", description: "Print one JSON document instead of the reports" })
      .setAction(() => import("./tasks/merge.js"))
      .build(),
    task(["siege", "map"], "Finds where a target stops surviving along one parameter, or in two")
      .addPositionalArgument({ name: "file", description: "The scenario file", type: ArgumentType.FILE })
      .addOption({
        name: "along",
        description: "The parameter, or two with a comma: ltv,drop",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "points",
        description: "How many evenly spaced values of each are tested first; default 5",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "precision",
        description:
          "Along one parameter: how near its threshold is found; default its step, or a hundredth of its range",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "refinements",
        description: "In two: how often a cell whose points differ is halved; default 2",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "runs",
        description: "How many runs the search of each point may use; default 500",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "seed",
        description: "Seed of each search; default 1",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "timeLimit",
        description: "Seconds after which the map stops; default: no limit",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "lanes",
        description: 'How many worlds each search plays on in parallel, or "auto"; default auto',
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "executor",
        description: "How each search executes blocks: batched or faithful; default batched",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "parameters",
        description: "Values of other parameters, the same at every point, like delay=3",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "figures",
        description: "A folder for figures, which need the package echarts",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addFlag({ name: "json", description: "Print one JSON document instead of the map" })
      .addFlag({ name: "noCompile", description: "Don't compile the project first" })
      .setAction(() => import("./tasks/map.js"))
      .build(),
    task(["siege", "sensitivity"], "Estimates which parameters drive the outcome of a scenario")
      .addPositionalArgument({ name: "file", description: "The scenario file", type: ArgumentType.FILE })
      .addOption({
        name: "of",
        description: "Parameters, with commas; default: all of the scenario",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "method",
        description: "morris (screening) or sobol (indices); default morris",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "samples",
        description: "Trajectories of morris, default 10; rows of sobol, default 64",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "margin",
        description: "Measure the least margin of this condition; default: the share of runs that violate one",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "runs",
        description: "How many runs to play at each point; default 20",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "seed",
        description: "Seed of the design and of the runs; default 1",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "timeLimit",
        description: "Seconds after which it stops, with what it has; default: no limit",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "parameters",
        description: "Values of other parameters, the same at every point, like delay=3",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addOption({
        name: "figures",
        description: "A folder for figures, which need the package echarts",
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      })
      .addFlag({ name: "json", description: "Print one JSON document instead of the table" })
      .addFlag({ name: "noCompile", description: "Don't compile the project first" })
      .setAction(() => import("./tasks/sensitivity.js"))
      .build(),
    task(["siege", "replay"], "Replays a reproduction, from its file alone")
      .addPositionalArgument({ name: "file", description: "Path of the reproduction", type: ArgumentType.FILE })
      .setAction(() => import("./tasks/replay.js"))
      .build(),
  ],
});

export default hardhatSiegePlugin;
