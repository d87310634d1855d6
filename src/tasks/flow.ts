import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Result } from "hardhat/types/utils";

import type { FlowReport } from "../report/reporters/documents.js";

import { SiegeError } from "../errors.js";
import { calibrateFlow, readFlow, toxicityOf } from "../order-flow/index.js";
import { renderFlow } from "../report/flow.js";
import { toText } from "../report/reporters/json.js";

import { toNumber } from "./campaign-flags.js";
import { undecidedIfItThrows } from "./exit-code.js";
import { requireDrawable, writeFigures } from "./figure-files.js";

interface FlowArguments {
  readonly file: string;
  readonly pool: string | undefined;
  readonly reference: string | undefined;
  readonly horizons: string | undefined;
  readonly seed: string | undefined;
  readonly figures: string | undefined;
  readonly json: boolean;
}

/** `hardhat siege flow`: exits with 0 if there was something to measure, 2 otherwise. */
const flow: NewTaskActionFunction<FlowArguments> = (taskArguments): Promise<Result<FlowReport, FlowReport>> =>
  undecidedIfItThrows(async () => {
    const { file, pool, reference, figures, json } = taskArguments;
    await requireDrawable(figures);
    const dataSet = await readFlow(file);
    const seed = taskArguments.seed === undefined ? {} : { seed: toNumber("--seed", taskArguments.seed) };
    const horizons =
      taskArguments.horizons === undefined
        ? {}
        : { horizons: taskArguments.horizons.split(",").map((text) => toNumber("--horizons", text.trim())) };
    const references = reference === undefined ? {} : referencesOf(Object.keys(dataSet.contracts), reference, pool);
    const calibration = calibrateFlow(dataSet, { ...seed, references });
    const names = Object.keys(calibration.pools).filter((name) => pool === undefined || name === pool);
    if (pool !== undefined && names.length === 0) throw unknownPool(pool, Object.keys(calibration.pools));
    const toxicity = names.map((name) => {
      const judged = references[name];
      return toxicityOf(dataSet, {
        pool: name,
        ...seed,
        ...horizons,
        ...(judged === undefined ? {} : { reference: judged }),
      });
    });
    const report: FlowReport = { calibration, toxicity };
    console.log(json ? toText({ version: 1, file, flow: report }) : renderFlow(report));
    const { flowFigures } = await import("../report/figures/flow-figures.js");
    const drawn = await writeFigures(figures, () => flowFigures(calibration));
    for (const line of drawn) (json ? console.error : console.log)(line);
    return { success: true, value: report };
  });

export default flow;

/** `feed` for all pools but itself, or `pool=feed,other=feed`. */
function referencesOf(
  names: readonly string[],
  text: string,
  pool: string | undefined,
): Readonly<Record<string, string>> {
  if (!text.includes("=")) {
    const judged = pool === undefined ? names : [pool];
    return Object.fromEntries(judged.filter((name) => name !== text).map((name) => [name, text]));
  }
  const pairs = text.split(",").map((part) => part.split("=").map((side) => side.trim()));
  if (pairs.every((sides) => sides.length === 2 && sides.every((side) => side !== ""))) {
    return Object.fromEntries(pairs as [string, string][]);
  }
  throw new SiegeError("INVALID_OPTION", {
    message: `The flag --reference is "${text}", which does not give each pool one name.`,
    hint: "Write it like --reference feed, or --reference pool=feed,other=pool.",
  });
}

function unknownPool(pool: string, known: readonly string[]): SiegeError {
  return new SiegeError("INVALID_OPTION", {
    message: `The order flow has no pool "${pool}" with enough trades.`,
    hint: known.length === 0 ? "It has none: ingest more blocks." : `Use one of: ${known.join(", ")}.`,
  });
}
