import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { readdir } from "node:fs/promises";
import path from "node:path";

import { legible } from "../quantity/legible.js";
import { columnsOf, padded } from "../report/columns.js";
import { count } from "../report/lines.js";

/** The most scenario files that are named. */
const NAMED = 5;

/** `hardhat siege` alone: what there is, and what to do first. */
const overview: NewTaskActionFunction = async (_taskArguments, { config }): Promise<void> => {
  const { root } = config.paths;
  const scenarios = await filesIn(path.join(root, "siege"), ".scenario.ts");
  const saved = await filesIn(path.resolve(root, config.siege.reproductions), ".json");
  const [first] = scenarios;
  const more = scenarios.length - NAMED;
  const named = [...scenarios.slice(0, NAMED), ...(more > 0 ? [`${more} more`] : [])];
  const example = first === undefined ? "siege/*.scenario.ts" : legible(`siege/${first}`, 60);
  const commands = [
    ["siege init Vault", "writes a first scenario for a contract of the project, or for an address on a fork"],
    [`siege run ${example}`, "searches, and exits with 1 if something broke"],
    ["siege run … --reporter junit=a.xml", "leaves reports for CI, code scanning, a pull request or an audit"],
    ["siege replay FILE", "replays what was found, from its file alone"],
    ["siege export FILE --to foundry", "writes what was found as a test for Foundry"],
    ["siege diff FILE --against FILE", "plays the same runs on two versions of the code"],
    ["siege ruin FILE", "estimates how likely ruin is where nobody searches for it"],
    ["siege rare FILE", "estimates how likely a rare ruin is, by splitting runs"],
    ["siege map FILE --along PARAMETER", "finds where a target stops surviving"],
    ["siege sensitivity FILE", "estimates which parameters drive the outcome"],
    ["siege tune FILE --limit 0.01", "tunes parameters, with ruin below a limit"],
    ["siege bankrupt FILE", "looks for the cheapest ways to break a target"],
    ["siege train FILES --out FILE", "trains an adversary that attacks other targets, too"],
    ["siege watch FILES --prices FILE", "runs scenarios again when the market's regime has ended"],
    ["siege proposal FILE --scenario FILE", "judges a governance proposal before it is executed"],
    ["siege greeks FILE", "estimates how a number responds to prices, time, …"],
    ["siege contagion FILE", "measures how failure spreads among protocols"],
    ["siege snapshot FILES --out FILE", "saves a fork's state, to fork without an endpoint"],
    ["siege worker --queue URL", "plays campaigns for siege run … --queue URL"],
    ["siege ingest FILE --from BLOCK", "makes a data set of order flow from logs"],
    ["siege flow FILE", "tells how order flow behaves, and how toxic it is"],
    ["siege merge", "joins what several machines found with siege run … --shard 1/4"],
  ] as const;
  const width = Math.max(...commands.map(([command]) => columnsOf(command)));
  const reproductions = saved.length === 0 ? "" : ` ${count(saved.length, "saved reproduction")}, which come first.`;
  const lines = [
    "Lays siege to your contracts: searches for what breaks them, and shrinks it to the steps that are needed.",
    "",
    ...commands.map(([command, meaning]) => `  ${padded(command, width)}  ${meaning}`),
    "",
    first === undefined
      ? "There is no scenario in siege/ yet: begin with npx hardhat siege init, and the name of a contract."
      : `In siege/: ${named.map((name) => legible(name, 80)).join(", ")}.${reproductions}`,
    "npx hardhat siege run --help lists the options; node_modules/hardhat-siege/docs/command-line.md explains them.",
  ];
  console.log(lines.join("\n"));
};

export default overview;

async function filesIn(folder: string, ending: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(ending)).sort();
}
