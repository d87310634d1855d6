import type { Abi } from "viem";

import type { ConditionToComplete } from "./condition-to-complete.js";
import type { Deployed, Deployment } from "./deployment.js";
import type { Shape } from "./shape.js";

import { legible, NAME_WIDTH } from "../../quantity/legible.js";

import { conditionToComplete, DRAFTED } from "./condition-to-complete.js";
import { symbolFor } from "./variable-for.js";

/** An asset of a scenario. */
export interface FirstAsset {
  readonly symbol: string;
  /** The expression of its token's address; absent for native coin. */
  readonly token?: string;
  /** The expression of its feed's address. */
  readonly feed?: string;
  /** Absent where the feed says it. */
  readonly price?: number;
}

/** What a first scenario is made of. */
export interface FirstScenario {
  /** `Vault`, or an address: for the comment on top. */
  readonly argument: string;
  /** The name of the target. */
  readonly name: string;
  readonly abi: Abi;
  /** Lines that set up the target. */
  readonly setUp: readonly string[];
  /** What the function takes of the connection, besides `siege`. */
  readonly connection: readonly string[];
  /** The expressions of the target and of its address. */
  readonly target: string;
  readonly address: string;
  readonly shape: Shape;
  readonly hasInvariants: boolean;
  readonly assets: readonly FirstAsset[];
}

/** Prices in US dollars, by what symbols contain; of anything else nothing is known. */
const PRICES: readonly (readonly [RegExp, number])[] = [
  [/USD|DAI|FRAX/, 1],
  [/ETH/, 2_000],
  [/BTC/, 60_000],
];

/** What a symbol is worth, about. */
export function priceOf(symbol: string): number {
  return PRICES.find(([pattern]) => pattern.test(symbol))?.[1] ?? 1;
}

/** The assets of what is deployed. A feed prices the token that is no dollar, or the first. */
export function assetsOf(
  { contracts }: Pick<Deployment, "contracts">,
  address: (variable: string) => string,
): readonly FirstAsset[] {
  const known = new Set<string>();
  const tokens = contracts.filter(({ role }) => role === "token");
  const feeds = contracts.filter(({ role }) => role === "feed");
  const assets = tokens.map(({ variable, contract }) => {
    const symbol = symbolFor(contract.name, known);
    known.add(symbol);
    return { symbol, token: address(variable), price: priceOf(symbol) };
  });
  const priced = [...assets].sort((one, other) => Number(one.price === 1) - Number(other.price === 1));
  return assets.map((asset) => {
    const feed: Deployed | undefined = feeds[priced.indexOf(asset)];
    return feed === undefined ? asset : { ...asset, feed: address(feed.variable) };
  });
}

/** The text of a scenario file. */
export function scenarioText(first: FirstScenario): { readonly text: string; readonly toComplete?: string } {
  const { argument } = first;
  const parts = partsOf(first);
  const { draft } = parts;
  const body = bodyLines(first, parts);
  const conditions = [...parts.conditions, ...(draft === undefined ? [] : ["defineCondition", "nothingToJudge"])];
  const protocols = [...(parts.protocols.length > 0 ? ["erc4626"] : []), ...(draft === undefined ? [] : [draft.plan])];
  const ofViem = [
    ...(body.some((line) => line.includes("getAddress(")) ? ["getAddress"] : []),
    ...(draft?.hasAbi === true ? ["parseAbi"] : []),
  ];
  const lines = [
    `// Written by npx hardhat siege init ${argument}. It is yours: prices, capital and conditions are a first guess.`,
    `import { attacker, ${parts.user} } from "hardhat-siege/agents";`,
    `import { ${conditions.sort().join(", ")} } from "hardhat-siege/conditions";`,
    ...(parts.hasFeed
      ? ['import { shock } from "hardhat-siege/market";', 'import { chainlink } from "hardhat-siege/oracles";']
      : []),
    ...(protocols.length > 0 ? [`import { ${protocols.join(", ")} } from "hardhat-siege/protocols";`] : []),
    'import { defineScenario } from "hardhat-siege/scenario";',
    ...(ofViem.length > 0 ? [`import { ${ofViem.join(", ")} } from "viem";`] : []),
    "",
    ...(draft === undefined ? [] : [...draft.lines, ""]),
    ...body,
  ];
  return { text: lines.join("\n"), ...(draft === undefined ? {} : { toComplete: DRAFTED }) };
}

function bodyLines({ setUp, connection, target }: FirstScenario, parts: Parts): readonly string[] {
  return [
    `export default defineScenario(async ({ ${[...connection, "siege"].join(", ")} }) => {`,
    ...setUp.map((line) => `  ${line}`),
    "  return {",
    `    target: ${target},`,
    "    scenario: siege.scenario({",
    `      name: ${JSON.stringify(parts.name)},`,
    "      blocks: 10,",
    ...list("assets", "{}", parts.assets),
    ...parts.protocols.map((line) => `      ${line}`),
    ...parts.oracles.map((line) => `      ${line}`),
    ...inLines("agents: [", parts.agents, "],", INDENT).map((line) => `${INDENT}${line}`),
    ...inLines("conditions: [", parts.calls, "],", INDENT).map((line) => `${INDENT}${line}`),
    "    }),",
    "  };",
    "});",
    "",
  ];
}

/** Of what is within the scenario. */
const INDENT = "      ";

/** The widest line. */
const LINE = 120;

/** `[a, b]` on one line or, if that is too long, on a line each. @param indent - what will come before each line */
export function inLines(start: string, items: readonly string[], end: string, indent: string): readonly string[] {
  const one = `${start}${items.join(", ")}${end}`;
  if (indent.length + one.length <= LINE) return [one];
  return [start, ...items.map((item) => `  ${item},`), end];
}

interface Parts {
  readonly name: string;
  readonly assets: readonly string[];
  readonly protocols: readonly string[];
  readonly oracles: readonly string[];
  readonly agents: readonly string[];
  /** The agent that is an ordinary user: \`retail\` knows vaults, \`user\` calls whatever there is. */
  readonly user: "retail" | "user";
  /** What is imported, and how it is called. */
  readonly conditions: readonly string[];
  readonly calls: readonly string[];
  /** Where none of them fits. */
  readonly draft: ConditionToComplete | undefined;
  readonly hasFeed: boolean;
}

function partsOf({ name, abi, shape, hasInvariants, assets, address, target }: FirstScenario): Parts {
  const own = ownConditions(shape, assets);
  const checks = hasInvariants ? [{ name: "invariants", call: `invariants(${target})` }] : [];
  // where there is neither a token nor coin, nobody could ever gain any
  const gains = assets.length === 0 ? [] : [{ name: "unprofitableToAttack", call: "unprofitableToAttack()" }];
  const conditions = [...own, ...checks, ...gains];
  const draft =
    conditions.length === 0 ? conditionToComplete(legible(name, NAME_WIDTH).replaceAll("*/", ""), abi) : undefined;
  const capital = (dollars: number): string => {
    const amounts = assets
      .filter(({ token }) => token !== undefined)
      .map(
        ({ symbol, price = priceOf(symbol.toUpperCase()) }) =>
          `${key(symbol)}: ${grouped(Math.max(1, dollars / price))}`,
      );
    return amounts.length === 0 ? "{ native: 10 }" : `{ capital: { ${amounts.join(", ")} }, native: 10 }`;
  };
  const priced = assets.filter(({ feed }) => feed !== undefined);
  const oracles = priced.map(({ symbol, feed = "" }) => `chainlink(${feed}, { asset: ${JSON.stringify(symbol)} })`);
  const user = shape.kind === "vault" ? "retail" : "user";
  return {
    name: NAMES[shape.kind],
    assets: assets.map(assetLine),
    protocols: shape.kind === "vault" ? [`protocols: { vault: erc4626(${address}) },`] : [],
    oracles: oracles.length === 0 ? [] : [`oracles: [${oracles.join(", ")}],`],
    agents: [`${user}(${capital(10_000)})`, `attacker(${capital(100_000)})`],
    user,
    conditions: conditions.map(({ name }) => name),
    calls: draft === undefined ? conditions.map(({ call }) => call) : [DRAFTED],
    draft,
    hasFeed: priced.length > 0,
  };
}

const NAMES: Readonly<Record<Shape["kind"], string>> = {
  vault: "deposits, withdrawals and donations",
  lending: "loans while prices fall",
  other: "anybody calls anything",
};

function ownConditions(
  shape: Shape,
  assets: readonly FirstAsset[],
): readonly { readonly name: string; readonly call: string }[] {
  if (shape.kind === "vault") return [{ name: "sound", call: "sound()" }];
  if (shape.kind === "other") return [];
  const { collateral, debt } = shape;
  // collateral is what moves, debt what does not
  const volatile = assets.find(({ price = 0 }) => price !== 1) ?? assets[0];
  const stable = assets.find(({ price = 0 }) => price === 1) ?? assets.at(-1);
  if (collateral === undefined || debt === undefined || volatile === undefined || stable === undefined) return [];
  const of = (called: string, { symbol }: FirstAsset): string =>
    `{ function: ${JSON.stringify(called)}, asset: ${JSON.stringify(symbol)} }`;
  return [
    { name: "noBadDebt", call: `noBadDebt({ collateral: ${of(collateral, volatile)}, debt: ${of(debt, stable)} })` },
  ];
}

function assetLine({ symbol, token, price, feed }: FirstAsset): string {
  const parts = [
    ...(price === undefined ? [] : [`price: ${grouped(price)}`]),
    ...(token === undefined ? [] : [`token: ${token}`]),
    ...(feed === undefined ? [] : ["process: shock({ drop: 0.3, over: 3 })"]),
  ];
  return `${key(symbol)}: { ${parts.join(", ")} },${price === undefined ? "" : " // US dollars"}`;
}

function list(name: string, none: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [`      ${name}: ${none},`];
  return [`      ${name}: {`, ...lines.map((line) => `        ${line}`), "      },"];
}

function key(symbol: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(symbol) ? symbol : JSON.stringify(symbol);
}

/** `10_000` */
function grouped(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return rounded >= 10_000 ? String(Math.round(rounded)).replaceAll(/\B(?=(\d{3})+$)/g, "_") : String(rounded);
}
