import type { Abi, AbiFunction } from "viem";

import { functionsOf } from "../../target/functions.js";

/** Parts of a scenario file with a condition that its author has to complete. */
export interface ConditionToComplete {
  /** Of `hardhat-siege/protocols`. */
  readonly plan: "read" | "constant";
  /** Whether `parseAbi` of viem is used. */
  readonly hasAbi: boolean;
  /** Before the scenario. */
  readonly lines: readonly string[];
}

/** How the drafted condition is called, in the file and in reports. */
export const DRAFTED = "mustHold";

const PLAIN = /^(u?int\d*|bool|address|bytes\d+)$/;

/**
 * A condition for a contract of which nothing says what must hold: it reads a view and judges nothing, which a run says, too.
 *
 * @param name - of the contract, as one line of printable characters
 */
export function conditionToComplete(name: string, abi: Abi): ConditionToComplete {
  const view = viewOf(abi);
  const says = [
    "/**",
    ` * To be completed: what must hold of ${name} after every block, whoever has called what.`,
    " * Nothing is judged yet, which a run says as well.",
    " */",
    `const ${DRAFTED} = defineCondition({`,
    `  id: ${JSON.stringify(DRAFTED)},`,
  ];
  if (view === undefined) {
    return {
      plan: "constant",
      hasAbi: false,
      lines: [
        ...says,
        "  // what to read of the contract: read({ address: target.address, abi, functionName: … })",
        "  observe: () => constant(undefined),",
        "  // a sentence where it does not hold, and undefined where it does",
        `  judge: () => nothingToJudge(${JSON.stringify(`${DRAFTED} is still to be completed`)}),`,
        "});",
      ],
    };
  }
  const [type = ""] = view.outputs.map((output) => output.type);
  return {
    plan: "read",
    hasAbi: true,
    lines: [
      `const abi = parseAbi([${JSON.stringify(`function ${view.name}() view returns (${type})`)}]);`,
      "",
      ...says,
      "  observe: (_facts: undefined, { target }) =>",
      `    read({ address: target.address, abi, functionName: ${JSON.stringify(view.name)} }),`,
      "  // return a sentence where it does not hold, and undefined where it does, such as:",
      `  // judge: ({ reading }) => (${exampleOf(type)} ? \`${view.name} is \${reading}\` : undefined),`,
      `  judge: () => nothingToJudge(${JSON.stringify(`${DRAFTED} is still to be completed`)}),`,
      "});",
    ],
  };
}

/** A view to begin with: a number, if there is one. */
function viewOf(abi: Abi): AbiFunction | undefined {
  const plain = functionsOf(abi).filter(
    (item) =>
      item.stateMutability === "view" &&
      item.inputs.length === 0 &&
      item.outputs.length === 1 &&
      item.outputs.every(({ type }) => PLAIN.test(type)) &&
      // constants have such names, and roles
      !/^[A-Z0-9_]+$/.test(item.name),
  );
  return plain.find(({ outputs: [output] }) => /^u?int/.test(output?.type ?? "")) ?? plain[0];
}

function exampleOf(type: string): string {
  const bits = /^u?int(\d*)$/.exec(type)?.[1];
  // viem reads integers of up to 48 bits as numbers
  if (bits !== undefined) return `reading > 100${Number(bits === "" ? 256 : bits) <= 48 ? "" : "n"}`;
  return type === "bool" ? "!reading" : 'reading !== "0x…"';
}
