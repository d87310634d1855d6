import type { CodePoint } from "../engine/explain/code-point.js";

import { legible, NAME_WIDTH } from "../quantity/legible.js";

/** How many points the report names; the result has more. */
const POINTS = 3;

/** The widest text of a line of code, and of what opens it. */
const TEXT = 80;

/**
 * The code that makes the difference, one line each:
 * `CoupledVault.sol:49 price(): also in 3 of 5 nearest survivors; opened by: ETH feed publishes nothing for 4 blocks`
 */
export function codeTexts(code: readonly CodePoint[] = []): readonly string[] {
  return code.slice(0, POINTS).map((point) => `${placeText(point)}: ${whereText(point)}${opensText(point)}`);
}

/** `CoupledVault.sol:49 price()`; without a source, `CoupledVault.price()` */
function placeText({ file, line, contract, function: name }: CodePoint): string {
  const called = name === "" ? "" : `${legible(name, NAME_WIDTH)}()`;
  if (file === undefined || line === undefined) return `${legible(contract, NAME_WIDTH)}.${called}`;
  return `${legible(file.split("/").at(-1) ?? file, NAME_WIDTH)}:${line} ${called}`.trimEnd();
}

function whereText({ survivors }: CodePoint): string {
  if (survivors === undefined || survivors.of === 0) return "in the failing run";
  const { executing, of } = survivors;
  if (executing === 0) return "in the failing run, in no nearest survivor";
  return `also in ${executing === of ? "all" : executing} of ${of} nearest survivors`;
}

function opensText({ opens }: CodePoint): string {
  return opens === undefined ? "" : `; opened by: ${legible(opens, TEXT)}`;
}
