import type { Setting } from "../../../scenario/scenario.js";

/** A parameter as a campaign set it. Plain data, with the same fields in results and in reproduction files. */
export interface ParameterValue {
  readonly name: string;
  readonly value: number;
  /** As the scenario has it; absent if it has none. */
  readonly unit?: string;
  /** What it was before, where the parameter says how that is read. */
  readonly was?: number;
}

/** A setting as it is told. */
export function valueOf({ name, value, parameter: { unit } }: Setting, was?: number): ParameterValue {
  return { name, value, ...(unit === undefined ? {} : { unit }), ...(was === undefined ? {} : { was }) };
}

/** Whether two campaigns were played with the same values. */
export function sameValues(one: readonly ParameterValue[] = [], other: readonly ParameterValue[] = []): boolean {
  const values = new Map(other.map(({ name, value }) => [name, value]));
  return one.length === other.length && one.every(({ name, value }) => values.get(name) === value);
}

/** `ltv 0.95 of the collateral` */
export function parameterText({ name, value, unit }: Pick<ParameterValue, "name" | "value" | "unit">): string {
  return `${name} ${value}${unit === undefined ? "" : ` ${unit}`}`;
}
