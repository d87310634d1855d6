import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { expect } from "chai";
import { parseAbi } from "viem";

import { attacker } from "../../../src/agents/index.js";
import { invariants } from "../../../src/conditions/index.js";
import { failsWith } from "../../helpers/errors.js";
import { shellEnvironment } from "../../helpers/shell-project.js";

const BEFORE_THE_MERGE = [
  "byzantium",
  "constantinople",
  "petersburg",
  "istanbul",
  "muirGlacier",
  "berlin",
  "london",
  "arrowGlacier",
  "grayGlacier",
];

const SINCE = ["merge", "shanghai", "cancun", "prague", "osaka"];

/** Remembers the block and returns 1, in the instructions of any hardfork. */
const YES = "0x43600055600160005260206000f3";

const target = {
  name: "Yes",
  address: "0x00000000000000000000000000000000000005e5",
  abi: parseAbi(["function poke()", "function invariant_yes() view returns (bool)"]),
} as const;

describe("the hardfork of a network", () => {
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    hre = await shellEnvironment();
  });

  async function run(hardfork: string) {
    const { provider, siege } = await hre.network.create({ override: { hardfork } });
    await provider.request({ method: "hardhat_setCode", params: [target.address, YES] });
    const scenario = siege.scenario({
      name: "any hardfork",
      blocks: 3,
      assets: {},
      agents: [attacker()],
      conditions: [invariants(target)],
    });
    return siege.run(target, scenario, { runs: 3 });
  }

  for (const hardfork of BEFORE_THE_MERGE) {
    it(`${hardfork} is refused by name`, async () => {
      const error = await failsWith("UNSUPPORTED_HARDFORK", () => run(hardfork));
      expect(error.summary).to.include(`"${hardfork}"`);
    });
  }

  for (const hardfork of SINCE) {
    it(`${hardfork} is played`, async () => {
      const result = await run(hardfork);
      expect(result.kind).to.equal("survived");
      expect(result.cost.actions).to.be.greaterThan(0);
    });
  }
});
