import type { Abi, AbiParameter } from "viem";

import type { KnownContract } from "../target/project-artifacts.js";

import { SiegeError } from "../../errors.js";
import { legible, NAME_WIDTH } from "../../quantity/legible.js";
import { functionsOf, stateChanging } from "../../target/functions.js";

import { isFeed, isToken, shapeOf } from "./shape.js";
import { valueFor } from "./value-for.js";
import { variableFor } from "./variable-for.js";

/** The deepest chain of contracts that are deployed for each other. */
const DEPTH = 3;

/** A contract that the scenario deploys, before those that need it. */
export interface Deployed {
  readonly variable: string;
  readonly contract: KnownContract;
  /** Expressions, one for each argument of the constructor. */
  readonly args: readonly string[];
  readonly role: "token" | "feed" | "other";
}

/** What a scenario deploys. */
export interface Deployment {
  /** In order; the target comes last. */
  readonly contracts: readonly Deployed[];
  /** The name of the variable of the target. */
  readonly target: string;
  /** Arguments that were guessed, for the author to look at: `cap (uint256)`. */
  readonly guessed: readonly string[];
}

/** How the address of a contract is written. @param variable - of the contract */
export type AddressOf = (variable: string) => string;

/**
 * Plans the deployment of a contract, with whatever its constructor asks for.
 *
 * @throws SiegeError `INVALID_TARGET` if it forwards calls to a contract that nothing tells
 */
export function deploymentOf(
  target: KnownContract,
  project: readonly KnownContract[],
  addressOf: AddressOf,
): Deployment {
  const planner = new Planner(target, project, addressOf);
  return planner.plan();
}

class Planner {
  readonly #target: KnownContract;
  readonly #project: readonly KnownContract[];
  readonly #addressOf: AddressOf;
  readonly #contracts: Deployed[] = [];
  readonly #guessed: string[] = [];
  readonly #variables = new Set<string>();

  constructor(target: KnownContract, project: readonly KnownContract[], addressOf: AddressOf) {
    this.#target = target;
    this.#project = project;
    this.#addressOf = addressOf;
  }

  plan(): Deployment {
    const target = this.#deploy(this.#target, [this.#target.name]);
    return { contracts: this.#contracts, target, guessed: this.#guessed };
  }

  /** @returns the variable */
  #deploy(contract: KnownContract, chain: readonly string[]): string {
    const inputs = constructorOf(contract.abi);
    const used = new Set<string>();
    const args = inputs.map((input) => this.#argument(input, contract, chain, used));
    const variable = variableFor(contract.name, this.#variables);
    this.#variables.add(variable);
    this.#contracts.push({ variable, contract, args, role: roleOf(contract.abi) });
    return variable;
  }

  #argument(input: AbiParameter, of: KnownContract, chain: readonly string[], used: Set<string>): string {
    if (input.type === "address") return this.#address(input, of, chain, used);
    const { text, isCertain } = valueFor(input);
    if (!isCertain) this.#guess(input, of);
    return text;
  }

  #address(input: AbiParameter, of: KnownContract, chain: readonly string[], used: Set<string>): string {
    const wanted = wantedBy(input, this.#project);
    if (wanted === undefined) {
      if (isForwardedTo(input, of)) throw withoutImplementation(input, of);
      if (!PEOPLE.test(input.name ?? "")) this.#guess(input, of);
      return accountFor(input);
    }
    const fitting = this.#project
      .filter((one) => isDeployable(one) && !chain.includes(one.name) && wanted(one.abi))
      .sort((one, other) => fit(other, input) - fit(one, input));
    // two tokens of a constructor are two tokens
    const candidate = fitting.find(({ name }) => !used.has(name)) ?? fitting[0];
    if (candidate === undefined || chain.length >= DEPTH) {
      this.#guess(input, of);
      return accountFor(input);
    }
    const known = this.#contracts.find(({ contract }) => contract === candidate);
    const variable =
      known !== undefined && !used.has(candidate.name)
        ? known.variable
        : this.#deploy(candidate, [...chain, candidate.name]);
    used.add(candidate.name);
    return this.#addressOf(variable);
  }

  #guess({ name = "", type }: AbiParameter, { name: contract }: KnownContract): void {
    this.#guessed.push(`${name === "" ? "an argument" : name} (${type}) of ${contract}`);
  }
}

/** Whom contracts know by their addresses. */
const PEOPLE = /owner|admin|govern|treasury|keeper|operator|manager|guardian|recipient|fee/i;

/** What contracts call the code that they forward calls to, or make copies of. */
const IMPLEMENTATION = /impl|logic|singleton|master_?copy|beacon|template/i;

/** Whether calls of the contract run the code at that address: without any, each would do nothing and succeed. */
function isForwardedTo({ name = "" }: AbiParameter, { abi }: KnownContract): boolean {
  if (IMPLEMENTATION.test(name)) return true;
  const forwards = abi.some(({ type }) => type === "fallback") && stateChanging(abi).length === 0;
  return forwards && !PEOPLE.test(name);
}

function withoutImplementation({ name = "" }: AbiParameter, { name: contract }: KnownContract): SiegeError {
  return new SiegeError("INVALID_TARGET", {
    message: `"${legible(contract, NAME_WIDTH)}" forwards calls to the contract that its constructor is given${name === "" ? "" : ` as "${legible(name, NAME_WIDTH)}"`}, and nothing tells which that is.`,
    hint: "Give siege init the implementation, or write a scenario that deploys both, and whose target has the address of the proxy and the ABI of the implementation.",
  });
}

/** The address of whoever would be called so: nobody acts for it until an agent has the name. */
function accountFor({ name = "" }: AbiParameter): string {
  const called = name.replaceAll(/^_+|_+$/g, "");
  return `siege.addressOf(${JSON.stringify(called === "" ? "owner" : called)})`;
}

/** What is asked for by an argument of type `address`; `undefined` if it may be an account. */
function wantedBy(input: AbiParameter, project: readonly KnownContract[]): ((abi: Abi) => boolean) | undefined {
  const name = input.name ?? "";
  const [, type = ""] = /^contract (\w+)$/.exec(input.internalType ?? "") ?? [];
  if (/^I?ERC20|Token$/i.test(type) || (type === "" && /token|asset|underlying|collateral|usd|weth|dai/i.test(name)))
    return isPlainToken;
  if (/Aggregator|Feed|Oracle/i.test(type) || (type === "" && /feed|oracle|aggregator/i.test(name))) return isFeed;
  if (type === "") return undefined;
  const declared = project.find((one) => one.name === type);
  if (declared === undefined) return undefined;
  const needed = functionsOf(declared.abi).map(signature);
  return (abi) => {
    const has = new Set(functionsOf(abi).map(signature));
    return needed.length > 0 && needed.every((one) => has.has(one));
  };
}

/** A token that is nothing else: shares of a vault are tokens, too. */
function isPlainToken(abi: Abi): boolean {
  return isToken(abi) && shapeOf(abi).kind === "other";
}

/** How well a contract fits an argument: by its name, and as a stand-in that anybody may use. */
function fit({ name, abi }: KnownContract, input: AbiParameter): number {
  const words = (input.name ?? "").toLowerCase().replaceAll(/[^a-z]|token|asset|feed|oracle/g, "");
  const isNamed = words.length > 2 && name.toLowerCase().includes(words);
  const isMock = /mock|test|fake/i.test(name);
  const canBeSet = functionsOf(abi).some((item) => /^(mint|faucet|setAnswer|updateAnswer|setPrice)$/.test(item.name));
  // one that asks for nothing is the token itself, and no base of others
  const isComplete = constructorOf(abi).length === 0;
  return (isNamed ? 8 : 0) + (isComplete ? 4 : 0) + (canBeSet ? 2 : 0) + (isMock ? 1 : 0);
}

function roleOf(abi: Abi): Deployed["role"] {
  if (isFeed(abi)) return "feed";
  return isPlainToken(abi) ? "token" : "other";
}

function isDeployable({ artifact }: KnownContract): boolean {
  return artifact.bytecode !== "0x";
}

function constructorOf(abi: Abi): readonly AbiParameter[] {
  return abi.find((item) => item.type === "constructor")?.inputs ?? [];
}

function signature({ name, inputs }: { readonly name: string; readonly inputs: readonly AbiParameter[] }): string {
  return `${name}(${inputs.map(({ type }) => type).join(",")})`;
}
