import { legible, NAME_WIDTH } from "../../quantity/legible.js";

/** What a figure is about: `LeveragedVault under "crash"`. Names are cut to what a title can hold. */
export function subjectOf({ target, scenario }: { readonly target: string; readonly scenario: string }): string {
  return `${legible(target, NAME_WIDTH)} under "${legible(scenario, NAME_WIDTH)}"`;
}
