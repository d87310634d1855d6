import type { Protocol } from "../../protocols/protocol.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { ResolvedTarget } from "../../target/target.js";
import type { Artifacts } from "./project-artifacts.js";

import { Chain } from "../../engine/chain/chain.js";
import { SiegeError } from "../../errors.js";
import { contract } from "../../protocols/contract.js";
import { isSameAddress } from "../../quantity/address.js";

import { resolveOnChain } from "./resolve-on-chain.js";

/** What a campaign is run with. */
interface Besieged {
  readonly target: ResolvedTarget;
  readonly scenario: Scenario;
}

/**
 * The scenario with its further targets as protocols, each resolved like the target itself. One that is the target is left out:
 * its functions are moves already. What they can create counts as created by the target.
 *
 * @throws SiegeError `INVALID_TARGET`, `NO_CODE`; `RPC_FAILED`
 */
export async function withTargets(
  scenario: Scenario,
  target: ResolvedTarget,
  artifacts: Artifacts,
  provider: ConstructorParameters<typeof Chain>[0],
): Promise<Besieged> {
  if (scenario.targets.length === 0) return { target, scenario };
  const chain = new Chain(provider);
  const protocols = new Map<string, Protocol>(scenario.protocols);
  const given = scenario.targets.flatMap(({ name }) => name ?? []);
  const taken = new Set([...scenario.agents.keys(), ...scenario.accounts.keys(), ...protocols.keys(), ...given]);
  const creates = new Map((target.creates ?? []).map((one) => [one.name, one]));
  for (const [index, { name, contract: one }] of scenario.targets.entries()) {
    const resolved = await resolvedAs(name ?? `number ${index + 1}`, resolveOnChain(one, artifacts, provider));
    const { address, abi } = resolved;
    if (isSameAddress(address, target.address)) continue;
    const called = name ?? free(shortName(resolved), taken);
    taken.add(called);
    if ((await chain.code(address)) === "0x") {
      throw new SiegeError("NO_CODE", {
        message: `There is no contract at ${address}, the address of "${called}" among the scenario's targets.`,
        hint: "Deploy it on this connection first, or fork a block at which it exists.",
      });
    }
    for (const created of resolved.creates ?? []) creates.set(created.name, created);
    protocols.set(called, contract(address, abi));
  }
  return {
    target: creates.size === 0 ? target : { ...target, creates: [...creates.values()] },
    scenario: Object.freeze({ ...scenario, protocols, targets: [] }),
  };
}

/** Says which of the targets is none. */
async function resolvedAs(name: string, resolving: Promise<ResolvedTarget>): Promise<ResolvedTarget> {
  try {
    return await resolving;
  } catch (error) {
    if (!SiegeError.isSiegeError(error) || error.code !== "INVALID_TARGET") throw error;
    const { summary, hint, cause } = error;
    throw new SiegeError("INVALID_TARGET", { message: `Of the scenario's targets, ${name}: ${summary}`, hint, cause });
  }
}

/** The implementation's name: `Router.swap` is easier to write than `Router behind ERC1967Proxy.swap`. */
function shortName({ name, source }: ResolvedTarget): string {
  const [implementation, ...others] = source?.proxy?.implementations ?? [];
  return others.length === 0 ? (implementation?.name ?? name) : name;
}

/** `Router`, or `Router 2` if there is one already, as agents are numbered. */
function free(name: string, taken: ReadonlySet<string>): string {
  let called = name;
  for (let number = 2; taken.has(called); number++) called = `${name} ${number}`;
  return called;
}
