import type { Correlation } from "../../market/correlation.js";
import type { Assets } from "./assets.js";

import { oneOf, SiegeError } from "../../errors.js";
import { cholesky } from "../../numeric/matrix.js";
import { shown } from "../../options.js";

import { check, isRecord, requireNumber, requireValue } from "./check.js";

const EXAMPLE = "Give each pair of assets once: correlations: { ETH: { BTC: 0.8, SOL: 0.7 }, BTC: { SOL: 0.6 } }.";

/** Checks the correlations; pairs that are not given have none. @returns `undefined` without any */
export function buildCorrelations(correlations: unknown, assets: Assets): Correlation | undefined {
  if (correlations === undefined) return undefined;
  requireValue("correlations", correlations, isRecord(correlations), EXAMPLE);
  const pairs = new Map<string, Map<string, number>>();
  for (const [first, row] of Object.entries(correlations)) {
    requireValue(`correlations.${first}`, row, isRecord(row), EXAMPLE);
    for (const [second, value] of Object.entries(row)) {
      const path = `correlations.${first}.${second}`;
      for (const name of [first, second]) requireCorrelated(path, name, assets);
      requireNumber(path, value, { min: -1, max: 1 });
      requireConsistent(path, { first, second, value, known: pairs.get(second)?.get(first) });
      for (const [one, other] of [
        [first, second],
        [second, first],
      ] as const) {
        pairs.set(one, (pairs.get(one) ?? new Map<string, number>()).set(other, value));
      }
    }
  }
  if (pairs.size === 0) return undefined;
  const names = [...assets.keys()].filter((name) => pairs.has(name));
  const matrix = names.map((one) => names.map((other) => (one === other ? 1 : (pairs.get(one)?.get(other) ?? 0))));
  const lower = cholesky(matrix);
  check(lower !== undefined, {
    message: `correlations: the matrix of ${names.join(", ")} is not positive definite; no prices move like this.`,
    hint: "Assets that both move with a third also move with each other: estimate all pairs from one history, or lower the largest.",
  });
  return Object.freeze({ assets: Object.freeze(names), lower });
}

function requireCorrelated(path: string, name: string, assets: Assets): void {
  const asset = assets.get(name);
  if (asset === undefined) {
    throw new SiegeError("UNKNOWN_ASSET", {
      message: `${path} names the asset "${name}", which the scenario does not have.`,
      hint: oneOf(assets.keys(), `Add it: assets: { ${name}: { price: 2000 } }.`),
    });
  }
  const { process } = asset;
  check(process?.correlates === true, {
    message: `${path}: the price of ${name} ${process === undefined ? "does not move" : `follows ${process.kind}, which does not diffuse`}.`,
    hint: "Give it a process with a volatility, such as gbm, merton, kou, heston, hawkes, regimes or bridge, or leave the pair out.",
  });
}

function requireConsistent(
  path: string,
  pair: { readonly first: string; readonly second: string; readonly value: number; readonly known: number | undefined },
): void {
  const { first, second, value, known } = pair;
  check(first !== second || value === 1, {
    message: `${path} is ${shown(value)}, and an asset is perfectly correlated with itself.`,
    hint: EXAMPLE,
  });
  check(known === undefined || known === value, {
    message: `${path} is ${shown(value)}, and correlations.${second}.${first} is ${shown(known)}.`,
    hint: EXAMPLE,
  });
}
