import type { Abi, AbiFunction, Address, Hex } from "viem";

import type { Proxy } from "../../engine/chain/proxies.js";
import type { Implementation, ProxySource, RecoveredFunctions, TargetSource } from "../../target/source.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { Artifacts } from "./project-artifacts.js";

import { Chain } from "../../engine/chain/chain.js";
import { delegateOf, delegatingAt, proxyAt } from "../../engine/chain/proxies.js";
import { SiegeError } from "../../errors.js";
import { selectorOf } from "../../protocols/call.js";
import { functionsOf, stateChanging } from "../../target/functions.js";
import { addressOnly, awaitTarget } from "../../target/target.js";

import { creatableBy } from "./creatable.js";
import { ProjectArtifacts } from "./project-artifacts.js";
import { knownFunctions, recoverFunctions } from "./recovered-abi.js";
import { artifactName, onlyName } from "./target-name.js";

/** What is needed of a provider. */
type Provider = ConstructorParameters<typeof Chain>[0];

/** While a target has no name of its own. */
const UNNAMED = "";

/** The functions by which proxies are administered. */
const ADMINISTRATION = new Set(["upgradeTo", "upgradeToAndCall", "changeAdmin", "setBeacon", "diamondCut"]);

/**
 * Resolves what a user passes as a target: finds its name, the implementation behind a proxy, and functions that the given
 * ABI does not have. They come from the project's artifact with the same code or, where nothing that can be called
 * would be known otherwise, from the bytecode. An ABI that has them already stays as it is, and so does an empty one:
 * such a target is only watched.
 *
 * @throws SiegeError `INVALID_TARGET`; `NO_CODE` if a proxy has no implementation; `RPC_FAILED`
 */
export async function resolveOnChain(
  target: unknown,
  artifacts: Artifacts,
  provider: Provider,
): Promise<ResolvedTarget> {
  const only = addressOnly(target);
  const given = only === undefined ? await awaitTarget(target, UNNAMED) : { name: UNNAMED, ...only, abi: [] as Abi };
  const chain = new Chain(provider);
  const project = new ProjectArtifacts(artifacts);
  const code = await chain.code(given.address);
  const errors = await project.errors();
  const isWatched = only === undefined && given.abi.length === 0;
  if (code === "0x" || isWatched) return { ...(await named(given, project, [code])), errors };

  const resolution = new Resolution(chain, project, given, code);
  const resolved = await resolution.resolve();
  if (resolved.abi.length > 0) {
    const creates = await creatableBy(resolved, chain, project);
    return { ...resolved, errors, ...(creates.length === 0 ? {} : { creates }) };
  }
  throw new SiegeError("INVALID_TARGET", {
    message: `The contract at ${given.address} is given without its ABI, its code is that of no artifact, and no function can be recovered from its bytecode.`,
    hint: "Pass { address, abi }, with the implementation's ABI if it is a proxy, or with those of all facets if it is a diamond without a loupe.",
  });
}

/** Functions that were found for a contract's code. */
interface Found {
  readonly address: Address;
  readonly abi: Abi;
  readonly code: Hex;
  /** `undefined`: no artifact has its code */
  readonly name: string | undefined;
  /** Set if no artifact has its code. */
  readonly recovered?: RecoveredFunctions;
}

class Resolution {
  readonly #chain: Chain;
  readonly #project: ProjectArtifacts;
  readonly #given: ResolvedTarget;
  readonly #code: Hex;

  constructor(chain: Chain, project: ProjectArtifacts, given: ResolvedTarget, code: Hex) {
    this.#chain = chain;
    this.#project = project;
    this.#given = given;
    this.#code = code;
  }

  async resolve(): Promise<ResolvedTarget> {
    const { address, abi } = this.#given;
    const hasCalls = stateChanging(abi).some(({ name }) => !ADMINISTRATION.has(name));
    let proxy = await proxyAt(this.#chain, address, this.#code);
    if (proxy !== undefined) return this.#behind(proxy, hasCalls);
    const delegate = await delegateOf(this.#chain, address, this.#code);
    if (delegate !== undefined && (await this.#chain.code(delegate)) === "0x") throw isEmpty(address, delegate);
    if (hasCalls) return named({ ...this.#given, missing: await this.#missing() }, this.#project, [this.#code]);
    const own = await this.#find(address, this.#code);
    if (stateChanging(own.abi).length === 0) {
      const selectors = (await knownFunctions(this.#project)).keys();
      proxy = await delegatingAt(this.#chain, address, this.#code, { delegate, selectors });
      if (proxy !== undefined) return this.#behind(proxy, hasCalls);
    }
    return this.#completed([own], undefined);
  }

  async #behind(proxy: Proxy, hasCalls: boolean): Promise<ResolvedTarget> {
    const found: Found[] = [];
    for (const { address, selectors } of proxy.implementations) {
      found.push(await this.#find(address, await this.#chain.code(address), selectors));
    }
    const [first] = found;
    if (first !== undefined && found.every(({ code }) => code === "0x"))
      throw isEmpty(this.#given.address, first.address);
    // bytecode has no names: what a person wrote down is better, as far as it goes
    const better = hasCalls ? found.filter(({ recovered }) => recovered === undefined) : found;
    const known = selectorsOf(this.#given.abi);
    const isComplete = better.every(({ abi }) => [...selectorsOf(abi)].every((selector) => known.has(selector)));
    if (!isComplete) return this.#completed(better, proxy.kind, found);
    const codes = [...found.map(({ code }) => code), this.#code];
    return named({ ...this.#given, source: { kind: "given", proxy: proxySource(proxy, found) } }, this.#project, codes);
  }

  /** The given ABI with what was found, under the names of both. */
  async #completed(better: readonly Found[], kind: Proxy["kind"] | undefined, all = better): Promise<ResolvedTarget> {
    const known = selectorsOf(this.#given.abi);
    const more = better.flatMap(({ abi }) =>
      abi.filter((item) => item.type !== "constructor" && !(item.type === "function" && known.has(selectorOf(item)))),
    );
    const abi = withoutRepetition([...this.#given.abi, ...more]);
    const recovered = sum(better.flatMap((one) => one.recovered ?? []));
    const source: TargetSource = {
      kind: recovered === undefined ? "artifact" : "recovered",
      ...(kind === undefined ? {} : { proxy: { kind, implementations: all.map(implementationOf) } }),
      ...(recovered === undefined ? {} : { recovered }),
    };
    const target = { ...this.#given, abi, source };
    if (target.name !== UNNAMED) return target;
    const [implementation] = all;
    if (kind === undefined) return { ...target, name: implementation?.name ?? (await this.#nameByFunctions(abi)) };
    return { ...target, name: await this.#nameOfBoth(kind, all) };
  }

  /** What the code has, but the ABI that a person wrote down has not: that may be meant, so it is only reported. */
  async #missing(): Promise<readonly AbiFunction[]> {
    const known = selectorsOf(this.#given.abi);
    const [artifact] = await this.#project.withCode(this.#code);
    return stateChanging(artifact?.abi ?? []).filter((item) => !known.has(selectorOf(item)));
  }

  async #nameByFunctions(abi: Abi): Promise<string> {
    return (await artifactName(abi, [], this.#project)) ?? nameless(this.#given.address);
  }

  /** `Vault behind ERC1967Proxy`; a diamond by its own name, for it may have dozens of facets. */
  async #nameOfBoth(kind: Proxy["kind"], found: readonly Found[]): Promise<string> {
    const own = onlyName(await this.#project.withCode(this.#code));
    const outside = own ?? `a ${kind} ${kind === "minimal clone" || kind === "diamond" ? "" : "proxy"}`.trim();
    if (found.length > 1) return own ?? `${kind} ${shortened(this.#given.address)}`;
    const inside = found[0]?.name ?? nameless(found[0]?.address ?? this.#given.address);
    return `${inside} behind ${outside.replace(/^a ERC/, "an ERC")}`;
  }

  /** The functions of a contract, or only those with the selectors that a diamond takes from it. */
  async #find(address: Address, code: Hex, selectors?: readonly Hex[]): Promise<Found> {
    const candidates = await this.#project.withCode(code);
    const [known] = candidates;
    const isTaken = (selector: Hex): boolean => selectors?.includes(selector) ?? true;
    if (known !== undefined) {
      const abi = known.abi.filter((item) => item.type !== "function" || isTaken(selectorOf(item)));
      return { address, abi, code, name: onlyName(candidates) };
    }
    const functions = (await recoverFunctions(code, this.#project)).filter(({ selector }) => isTaken(selector));
    const recovered = { functions: functions.length, named: functions.filter(({ isNamed }) => isNamed).length };
    return { address, abi: functions.map(({ item }) => item), code, name: undefined, recovered };
  }
}

function isEmpty(proxy: Address, implementation: Address): SiegeError {
  return new SiegeError("NO_CODE", {
    message: `The target at ${proxy} passes its calls on to ${implementation}, where there is no code: they succeed and do nothing.`,
    hint: "Deploy the implementation on this connection first, and set the proxy up with its address.",
  });
}

async function named(
  target: ResolvedTarget,
  project: ProjectArtifacts,
  codes: readonly Hex[],
): Promise<ResolvedTarget> {
  if (target.name !== UNNAMED) return target;
  const name = await artifactName(target.abi, codes, project);
  return { ...target, name: name ?? nameless(target.address) };
}

function proxySource({ kind }: Proxy, found: readonly Found[]): ProxySource {
  return { kind, implementations: found.map(implementationOf) };
}

function implementationOf({ address, name }: Found): Implementation {
  return { address, name };
}

function sum(all: readonly RecoveredFunctions[]): RecoveredFunctions | undefined {
  if (all.length === 0) return undefined;
  return all.reduce((total, one) => ({
    functions: total.functions + one.functions,
    named: total.named + one.named,
  }));
}

function withoutRepetition(abi: Abi): Abi {
  const seen = new Set<string>();
  return abi.filter((item) => {
    if (item.type !== "function") return true;
    const selector = selectorOf(item);
    if (seen.has(selector)) return false;
    seen.add(selector);
    return true;
  });
}

function selectorsOf(abi: Abi): ReadonlySet<Hex> {
  return new Set(functionsOf(abi).map(selectorOf));
}

function nameless(address: Address): string {
  return `contract ${shortened(address)}`;
}

function shortened(address: Address): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`;
}
