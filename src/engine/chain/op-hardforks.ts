/** The hardforks of OP Stack chains, by Hardhat's names, and the one of Ethereum whose instructions each has. */
const ON_ETHEREUM: ReadonlyMap<string, string> = new Map([
  ["bedrock", "merge"],
  ["regolith", "merge"],
  ["canyon", "shanghai"],
  ["ecotone", "cancun"],
  ["fjord", "cancun"],
  ["granite", "cancun"],
  ["holocene", "cancun"],
  ["isthmus", "prague"],
  ["jovian", "prague"],
]);

/**
 * The type of the private networks on which a chain of these rules is played; no two types have a hardfork of the same name.
 * Networks of Hardhat's type `generic` follow the rules of `l1`: they differ in the transactions and blocks that they accept from
 * an endpoint, of which private networks read none.
 */
export function chainTypeOf(hardfork: string): "l1" | "op" {
  return ON_ETHEREUM.has(hardfork) ? "op" : "l1";
}

/** The hardfork of Ethereum that has the same instructions. */
export function ethereumHardfork(hardfork: string): string {
  return ON_ETHEREUM.get(hardfork) ?? hardfork;
}
