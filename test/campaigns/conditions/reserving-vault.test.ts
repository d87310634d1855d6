import type { Condition } from "../../../src/types.js";
import type { Fixture, Variant } from "../../fixtures/fixture.js";
import type { SiegeFork } from "../../helpers/siege-fork.js";
import type { MiniMainnetSource } from "../../mini-mainnet/fork-source.js";

import { expect } from "chai";
import { erc20Abi, parseUnits } from "viem";

import { attacker, retail } from "../../../src/agents/index.js";
import { invariants, sharePriceHolds, withdrawable } from "../../../src/conditions/index.js";
import { erc4626 } from "../../../src/protocols/index.js";
import { deployVariant } from "../../fixtures/fixture.js";
import { give, person } from "../../fixtures/give.js";
import { createSiegeFork } from "../../helpers/siege-fork.js";
import { runsOf } from "../../helpers/twin.js";
import { miniMainnetSource } from "../../mini-mainnet/fork-source.js";

/** Conditions that read by simulation, on a real vault: the five fixtures are judged by other conditions. */
describe("conditions on a vault that withholds a reserve", () => {
  let source: MiniMainnetSource;
  let fork: SiegeFork;

  before(async () => {
    source = await miniMainnetSource();
  });
  beforeEach(async () => {
    fork = await createSiegeFork(source);
  });
  afterEach(() => fork.close());
  after(() => source.close());

  /** A vault with a depositor of 1,000 USDC. */
  async function deploy(variant: Variant): Promise<Fixture> {
    const { usdc } = fork.addresses;
    const vault = await deployVariant(fork, "ReservingVault", variant, [usdc]);
    const alice = await person(fork, "alice");
    await give(fork, "USDC", alice, 1_000);
    const amount = parseUnits("1000", 6);
    await fork.chain.write(alice, { address: usdc, abi: erc20Abi }, "approve", [vault.address, amount]);
    await fork.chain.write(alice, vault, "deposit", [amount, alice]);
    return { ...vault, accounts: { alice } };
  }

  async function lay(vault: Fixture, condition: Condition, runs = 60): Promise<string> {
    const { siege } = fork.connection;
    const result = await siege.run(
      vault,
      siege.scenario({
        name: "a depositor who values reserves",
        blocks: 10,
        assets: { USDC: { price: 1, token: fork.addresses.usdc } },
        protocols: { vault: erc4626(vault.address) },
        agents: [attacker({ capital: { USDC: 10_000 } }), retail({ capital: { USDC: 10_000 } })],
        accounts: vault.accounts,
        conditions: [condition],
      }),
      { runs },
    );
    if (result.kind === "incomplete") throw result.error ?? new Error(result.reason);
    if (result.kind !== "violation") return result.kind;
    const { finding } = result;
    expect((await siege.replay(finding.reproduction ?? "")).kind).to.equal("violation");
    return `${String(finding.steps.length)} steps: ${finding.violation.evidence.summary}`;
  }

  it("withdrawable: every depositor really redeems, including the last one", async () => {
    expect(await lay(await deploy("flawed"), withdrawable())).to.match(
      /^[12] steps: (alice|retail|attacker) .*Reserved/,
    );
  });

  it("invariants: the project's own properties are judged after every block", async () => {
    const vault = await deploy("flawed");
    expect(await lay(vault, invariants(vault))).to.match(/^1 steps: .*invariant_theReserveIsThere/);
  });

  it("survive on the fixed twin", async () => {
    const vault = await deploy("fixed");
    for (const [condition, short] of [
      [withdrawable(), 20],
      [invariants(vault), 10],
    ] as const) {
      expect(await lay(vault, condition, runsOf(60, short))).to.equal("survived");
    }
  });

  it("are not violated by a flaw of another kind", async () => {
    expect(await lay(await deploy("flawed"), sharePriceHolds(), runsOf(60))).to.equal("survived");
  });
});
