import type { Protocol } from "../../protocols/protocol.js";
import type { Role } from "../../protocols/roles/role.js";

import { requireDistinctRoles } from "../../protocols/roles/role.js";

import { hasFunctions, isRecord, requireAddress, requireMade, requireValue } from "./check.js";
import { requireName, requireUnreserved } from "./names.js";

/** Checks the protocols that agents trade on. */
export function buildProtocols(protocols: unknown): ReadonlyMap<string, Protocol> {
  const built = new Map<string, Protocol>();
  const roles = new Map<string, Role<unknown>>();
  if (protocols === undefined) return built;
  requireValue(
    "protocols",
    protocols,
    isRecord(protocols),
    "List protocols by name: protocols: { pool: uniswapV2(pair) }.",
  );
  for (const [name, protocol] of Object.entries(protocols)) {
    requireName("protocols", name);
    requireUnreserved(`protocols.${name}`, name);
    const made = requireProtocol(`protocols.${name}`, protocol);
    requireDistinctRoles(`protocols.${name}`, made.definition.roles ?? [], roles);
    built.set(name, made);
  }
  return built;
}

/** Checks one protocol; an oracle is one, too. */
export function requireProtocol(path: string, protocol: unknown): Protocol {
  requireMade(path, protocol, isRecord(protocol) && hasFunctions(protocol.definition, "inspect", "observe"), {
    what: "a protocol",
    call: "Call it with an address: uniswapV2(pair).",
    use: "Use uniswapV2(pair), aaveV3(provider), … of hardhat-siege/protocols, or a factory from defineProtocol.",
  });
  requireAddress(`${path}.address`, protocol.address);
  // made by a factory of defineProtocol, or by something of the same shape
  return protocol as unknown as Protocol;
}
