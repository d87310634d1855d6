/** What a variable of a scenario file cannot be called. */
const TAKEN = new Set([
  "siege",
  "viem",
  "ethers",
  ...[
    "attacker",
    "retail",
    "user",
    "sound",
    "noBadDebt",
    "invariants",
    "mustHold",
    "abi",
    "read",
    "constant",
    "defineCondition",
    "nothingToJudge",
    "defineScenario",
    "parseAbi",
    "getAddress",
    "unprofitableToAttack",
    "erc4626",
    "chainlink",
    "shock",
  ],
  ...["await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else"],
  ...["enum", "export", "extends", "false", "finally", "for", "function", "if", "implements", "import", "in"],
  ...["instanceof", "interface", "let", "new", "null", "package", "private", "protected", "public", "return", "static"],
  ...[
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "with",
    "yield",
  ],
]);

/** A variable for a contract: `MockUsdc` is `usdc`, and a second one `usdc2`. */
export function variableFor(contract: string, known: ReadonlySet<string>): string {
  const short = contract.replace(/^(Mock|Test|Fake)(?=[A-Z])/, "");
  // an acronym is lower-case as a whole: USDC is usdc, ETHFeed is ethFeed
  const camel = short.replace(/^[A-Z]+(?=[A-Z][a-z]|$|\d)|^[A-Z]/, (start) => start.toLowerCase());
  const base = TAKEN.has(camel) ? `${camel}Contract` : camel;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}${number}`;
    if (!known.has(name)) return name;
  }
}

/** The symbol of an asset, by the name of its token's contract: `MockUsdc` is `USDC`. */
export function symbolFor(contract: string, known: ReadonlySet<string>): string {
  const short = contract.replace(/^(Mock|Test|Fake)(?=[A-Z])/, "").replace(/(?<=.)(Token|Mock|ERC20)$/, "");
  for (let number = 1; ; number += 1) {
    const name = `${short.toUpperCase()}${number === 1 ? "" : number}`;
    if (!known.has(name)) return name;
  }
}
