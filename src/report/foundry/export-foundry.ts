import type { Reproduction } from "../../engine/reproduction/reproduction.js";
import type { Exportable } from "./refusal.js";

import { BLOCK_BUILDER } from "../../engine/chain/chain.js";
import { ethereumHardfork } from "../../engine/chain/op-hardforks.js";
import { codeAddress } from "../../engine/reproduction/code-address.js";
import { parameterText } from "../../engine/world/parameters/parameter-value.js";
import { SiegeError } from "../../errors.js";

import { HELPERS, STATEMENT_HELPERS, VM_INTERFACE } from "./frame.js";
import { Interfaces } from "./interfaces.js";
import { comment, textLiteral } from "./literals.js";
import { AddressNames, pascal, upper } from "./names.js";
import { exportable, requireExact } from "./refusal.js";
import { scripted, scriptLines } from "./script-lines.js";
import { stateLines } from "./state-lines.js";
import { statementHelpers, statementLines } from "./statement-lines.js";

/** The most steps that are told at the top; all of them are told where they are played. */
const STEPS = 60;

/** What Hardhat calls the rules of a chain, where forge has another word for them. */
const EVM_VERSIONS: Readonly<Record<string, string>> = {
  merge: "paris",
  grayGlacier: "london",
  arrowGlacier: "london",
  muirGlacier: "istanbul",
};

/**
 * A reproduction as a test for Foundry: one file of Solidity that needs no library and no RPC endpoint. It sets up the state that the
 * steps touch, plays the recorded transactions in their blocks, and fails for as long as the condition is violated after them. With
 * the code of a fix in the target's place, it passes if the fix holds.
 *
 * The file checks itself: with the recorded code, every transaction and every number that the condition is made of must be what was
 * recorded, or it fails with `INEXACT`; state that a fix reads and the file does not hold makes it fail with `MISSING STATE`.
 *
 * @param reproduction - of `readReproduction`
 * @returns the text of `<name>.t.sol`
 * @throws SiegeError `EXPORT_UNAVAILABLE` if it is not confirmed, if an earlier release saved it, or if its condition cannot be said in
 * numbers that a contract tells; `EXPORT_INEXACT` if forge would not do what was recorded: order flow, transactions that ran out of gas,
 * contracts that are created
 * @example
 * ```ts
 * const reproduction = await readReproduction("siege/reproductions/vault-7f3a.json");
 * await writeFile("test/Vault.t.sol", exportFoundry(reproduction));
 * ```
 */
export function exportFoundry(reproduction: Reproduction): string {
  try {
    return written(reproduction);
  } catch (cause) {
    if (SiegeError.isSiegeError(cause)) throw cause;
    // what the schema does not know: arguments that are not of their types
    throw new SiegeError("EXPORT_UNAVAILABLE", {
      message: `The reproduction of ${comment(reproduction.target.name)} cannot be written: ${comment(String(cause))}`,
      hint: "It was edited by hand; take the file from version control, or find it again with siege run.",
      cause,
    });
  }
}

function written(reproduction: Reproduction): string {
  const parts = exportable(reproduction);
  const { hermetic, onChain, statement } = parts;
  requireExact(parts, scripted(hermetic, reproduction.finding));
  const { target, finding } = reproduction;
  const names = new AddressNames(new Map(Object.entries(onChain.names)));
  const wording = { names, interfaces: new Interfaces(names) };
  names.of(target.address, "TARGET");
  const fixed = names.of(codeAddress(hermetic.state, target.address), "IMPLEMENTATION");
  const script = scriptLines(wording, { hermetic, finding });
  const judged = statementLines(wording, statement);
  // what is named from here on is only a part of the state
  const told = names.lines();
  const environment = environmentLines(parts, names);
  const state = stateLines(names, hermetic.state);
  const behind = names.lines().slice(told.length);
  const { violation } = finding;
  return `${[
    ...opening(reproduction),
    VM_INTERFACE,
    "",
    ...wording.interfaces.lines(),
    `contract ${contractName(reproduction)} {`,
    "    Vm constant VM = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);",
    "",
    ...told,
    "",
    ...fixLines(fixed, comment(target.name)),
    "",
    "    /// forge-config: default.isolate = true",
    `    function test_${identifierOf(violation.condition)}() public {`,
    "        bytes memory code = fix();",
    "        _isFixed = code.length > 0;",
    `        if (_isFixed) VM.etch(${fixed}, code);`,
    "        VM.startStateDiffRecording();",
    "",
    ...indented(script),
    `        // ${comment(violation.condition)}: ${comment(statement.says)}`,
    "        string memory failure = _failure();",
    "        _requireKnown(VM.stopAndReturnStateDiff());",
    "        if (bytes(failure).length == 0) return;",
    `        if (_isFixed) revert(string.concat(${textLiteral(`still violated with the fix: ${violation.condition}: `)}, failure));`,
    `        revert(${textLiteral(`${violation.condition}: ${violation.evidence.summary}`)});`,
    "    }",
    "",
    `    // Why "${comment(statement.says)}" is not so; empty if it is.`,
    "    function _failure() private returns (string memory) {",
    ...indented(judged),
    "    }",
    "",
    HELPERS,
    ...statementHelpers(statement).map((helper) => STATEMENT_HELPERS[helper].slice(1)),
    "    // ---- the state that the steps touch, and nothing else ----",
    "",
    ...behind,
    "",
    "    function setUp() public {",
    ...indented([...environment, ...state.calls]),
    "    }",
    "",
    ...state.functions.map((line) => (line === "" ? "" : `    ${line}`)),
  ].join("\n")}}\n`;
}

function contractName({ target }: Reproduction): string {
  return `${pascal(upper(target.name)) || "Target"}SiegeTest`;
}

function identifierOf(condition: string): string {
  return condition.replaceAll(/[^A-Za-z0-9]+/g, "_").slice(0, 60) || "survives";
}

function opening({ target, scenario, parameters = [], finding }: Reproduction): readonly string[] {
  const { violation, steps } = finding;
  const told = steps
    .slice(0, STEPS)
    .map(({ step, block, actor, action }) => `//   ${step + 1}  block ${block}  ${comment(`${actor}: ${action}`)}`);
  return [
    "// SPDX-License-Identifier: UNLICENSED",
    "pragma solidity ^0.8.20;",
    "",
    `// Written by hardhat-siege. ${comment(target.name)} did not survive "${comment(scenario)}"${parameters.length === 0 ? "" : ` with ${comment(parameters.map(parameterText).join(", "))}`}:`,
    `//   ${comment(`${violation.condition}: ${violation.evidence.summary}`)}`,
    "//",
    ...told,
    ...(steps.length > STEPS ? [`//   and ${steps.length - STEPS} more`] : []),
    "//",
    "// It fails while the flaw is there. It needs no library and no RPC endpoint.",
    "",
  ];
}

function fixLines(target: string, name: string): readonly string[] {
  return [
    `    // The runtime code of a fix, which stands at ${target} then. Empty: the code of ${name} that was recorded.`,
    "    // Override it, or run with SIEGE_FIX=0x… (forge inspect <contract> deployedBytecode).",
    "    function fix() internal virtual returns (bytes memory) {",
    '        return VM.envOr("SIEGE_FIX", bytes(""));',
    "    }",
  ];
}

function environmentLines({ hermetic }: Exportable, names: AddressNames): readonly string[] {
  const { state } = hermetic;
  const hardfork = ethereumHardfork(hermetic.hardfork);
  return [
    `VM.setEvmVersion(${textLiteral(EVM_VERSIONS[hardfork] ?? hardfork)});`,
    `VM.chainId(${state.chainId});`,
    `VM.coinbase(${names.of(BLOCK_BUILDER, "BLOCK_BUILDER")});`,
    ...(state.ancestors ?? []).map(({ number, hash }) => `VM.setBlockhash(${Number(number)}, ${String(hash)});`),
  ];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === "" ? "" : `        ${line}`));
}
