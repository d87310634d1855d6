import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { CampaignProgress } from "../engine/campaign/progress.js";
import type { SiegeMap } from "../risk/map/map-result.js";
import type { CampaignFlags } from "./campaign-flags.js";

import path from "node:path";

import { SiegeError } from "../errors.js";
import { toText } from "../report/reporters/json.js";

import { readFlags, toNumber } from "./campaign-flags.js";
import { exitUndecided, undecidedIfItThrows } from "./exit-code.js";
import { requireDrawable, writeFigures } from "./figure-files.js";
import { interruptible } from "./interrupt.js";
import { onScenarioFile } from "./on-scenario-file.js";
import { CampaignDisplay } from "./progress/campaign-display.js";

interface MapArguments extends Omit<CampaignFlags, "findings"> {
  readonly file: string;
  readonly along: string | undefined;
  readonly points: string | undefined;
  readonly precision: string | undefined;
  readonly refinements: string | undefined;
  readonly rest: string | undefined;
  readonly resume: string | undefined;
  readonly figures: string | undefined;
  readonly json: boolean;
  readonly noCompile: boolean;
}

/** `hardhat siege map`: exits with 0 if the map is complete, 2 if it was stopped or not a single point could be decided. */
const map: NewTaskActionFunction<MapArguments> = (taskArguments, hre): Promise<Result<SiegeMap, SiegeMap>> =>
  undecidedIfItThrows(async () => {
    const { file, json, figures } = taskArguments;
    const { along, points, precision, refinements, rest, resume } = taskArguments;
    const flags = readFlags({ ...taskArguments, findings: undefined });
    if (along === undefined) {
      throw new SiegeError("INVALID_OPTION", {
        message: "siege map was given no parameter.",
        hint: "Name one, or two with a comma: --along ltv, or --along ltv,drop.",
      });
    }
    const options = {
      ...flags,
      // that there is one or two of them is checked with the other options
      along: along.split(",").map((name) => name.trim()) as [string],
      ...(points === undefined ? {} : { points: toNumber("--points", points) }),
      ...(precision === undefined ? {} : { precision: toNumber("--precision", precision) }),
      ...(refinements === undefined ? {} : { refinements: toNumber("--refinements", refinements) }),
      ...(rest === undefined ? {} : { rest: toNumber("--rest", rest) }),
      // as typed: relative to the working directory
      ...(resume === undefined ? {} : { resume: path.resolve(resume) }),
    };
    await requireDrawable(figures);
    const display = new CampaignDisplay(process.stderr, { isSpoken: false });
    let point = 0;
    const progress = (one: CampaignProgress): void => {
      // every point is a campaign
      if (one.phase === "opening") display.begin(`point ${(point += 1)}`);
      if (one.phase !== "found") display.progress(one);
    };
    const result = await interruptible((signal) =>
      onScenarioFile(file, hre, taskArguments, ({ connection, target, scenario }) =>
        connection.siege.map(target, scenario, { ...options, signal, progress }),
      ),
    ).finally(() => {
      display.clear();
    });
    const { renderMap } = await import("../report/map.js");
    console.log(json ? toText({ version: 1, file, map: result }) : renderMap(result, relative(hre, file)));
    const drawn = await writeFigures(figures, async () => {
      const { mapFigures } = await import("../report/figures/map-figures.js");
      return mapFigures(result);
    });
    // beside a document, not in it
    for (const line of drawn) (json ? console.error : console.log)(line);
    if (result.cut === undefined && result.outcome !== "undecided") return { success: true, value: result };
    exitUndecided();
    return { success: false, error: result };
  });

export default map;

/** As reports name files, from the project's root. */
function relative({ config }: HardhatRuntimeEnvironment, file: string): string {
  return path.relative(config.paths.root, path.resolve(file)).replaceAll(path.sep, "/");
}
