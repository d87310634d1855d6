import type { Reproduction } from "../../../../src/engine/reproduction/reproduction.js";
import type { Parameter, ScenarioDefinition } from "../../../../src/scenario/scenario.js";
import type { CampaignResult } from "../../../../src/types.js";

import { readFile } from "node:fs/promises";

import { expect } from "chai";
import { zeroAddress } from "viem";

import { defineCondition } from "../../../../src/conditions/index.js";
import { fromJson } from "../../../../src/engine/json.js";
import { call, map, read } from "../../../../src/protocols/index.js";
import { renderResult } from "../../../../src/report/terminal.js";
import { parameter } from "../../../../src/scenario/index.js";
import { fixtureArtifact } from "../../../fixtures/artifact.js";
import { borrowedToTheLimit, fallOf, loanLimit, loanLimitAbi, setLimit } from "../../../fixtures/loan-limit.js";
import { deployOwnedVault } from "../../../fixtures/owned-vault.js";
import { failsWith } from "../../../helpers/errors.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";
import { aaveDataProviderAbi, poolAddressesProviderAbi, poolConfiguratorAbi } from "../../../mini-mainnet/abis.js";

/** 8,000 basis points, as a slot has them. */
const LIMIT = `0x${(8_000).toString(16).padStart(64, "0")}`;

type Vault = Awaited<ReturnType<typeof deployOwnedVault>>;

describe("parameters of a scenario", () => {
  const theFork = siegeForkForSuite();
  let vault: Vault;

  beforeEach(async () => {
    vault = await deployOwnedVault(theFork(), "flawed");
  });

  const lay = async (
    parameters: Readonly<Record<string, number>>,
    described: Readonly<Record<string, Parameter>> = { ltv: loanLimit(vault) },
    { more = {}, runs = 3, target = vault }: { more?: Partial<ScenarioDefinition>; runs?: number; target?: Vault } = {},
  ): Promise<CampaignResult> => {
    const { siege } = theFork().connection;
    const scenario = siege.scenario({ ...borrowedToTheLimit(theFork(), target), ...more, parameters: described });
    return siege.run(target, scenario, { parameters, runs });
  };

  it("stay as they are unless they are given a value: the vault lends 80 %, and survives a fall of 20 %", async () => {
    const result = await lay({});
    expect(result.kind).to.equal("survived");
    expect(result).to.not.have.property("parameters");
    expect(renderResult(result)).to.not.include("parameter");
  });

  it("are set by a call as the owner, before the first block, and are in the report", async () => {
    const result = await lay({ ltv: 0.8001 });
    expect(result.kind).to.equal("violation");
    expect(result.parameters).to.deep.equal([{ name: "ltv", value: 0.8001, unit: "of the collateral", was: 0.8 }]);
    expect(renderResult(result)).to.include("  parameter  ltv 0.8001 of the collateral, 0.8 before\n");
    // and not a basis point less
    expect((await lay({ ltv: 0.8 })).kind).to.equal("survived");
  });

  it("leave the connection as it was", async () => {
    await lay({ ltv: 0.95 });
    const { chain } = theFork();
    expect(await chain.read({ address: vault.address, abi: loanLimitAbi }, "loanLimit", [])).to.equal(8_000n);
  });

  it("are the same for every executor, and on lanes", async () => {
    const kinds = [];
    for (const options of [{ executor: "faithful" }, { executor: "batched", lanes: 2 }] as const) {
      const { siege } = theFork().connection;
      const scenario = siege.scenario({
        ...borrowedToTheLimit(theFork(), vault),
        parameters: { ltv: loanLimit(vault) },
      });
      const result = await siege.run(vault, scenario, { ...options, runs: 3, parameters: { ltv: 0.81 } });
      await theFork().forget();
      kinds.push([result.kind, result.discarded, result.explored.because]);
    }
    expect(kinds).to.deep.equal([
      ["violation", 0, undefined],
      ["violation", 0, undefined],
    ]);
  });

  it("are part of the reproduction, which replays from its file alone", async () => {
    const result = await lay({ ltv: 0.9 });
    if (result.kind !== "violation") throw new Error(`expected a violation, got ${result.kind}`);
    const file = result.finding.reproduction ?? "";
    const saved = fromJson(await readFile(file, "utf8")) as Reproduction;
    expect(saved.parameters).to.deep.equal(result.parameters);
    expect(await readFile(file.replace(/\.json$/, ".test.ts"), "utf8")).to.include(
      'OwnedVault did not survive "a loan up to the limit, and a fall" with ltv 0.9 of the collateral:\n',
    );
    // another project, which knows no vault and no fork: only the file
    const elsewhere = await theFork().hre.network.create({ network: "default" });
    try {
      const outcome = await elsewhere.siege.replay(saved);
      expect(outcome.kind).to.equal("violation");
    } finally {
      await elsewhere.close();
    }
    // it broke another world than the one without parameters, or with others
    const without = await lay({});
    expect(without.kind).to.equal("survived");
    expect(without.replayed.skipped.map(({ because }) => because)).to.deep.equal([
      { kind: "other parameters", parameters: "ltv 0.9 of the collateral" },
    ]);
    expect(renderResult(without)).to.match(/not replayed: .* \(with ltv 0\.9 of the collateral\)/);
    const again = await lay({ ltv: 0.9 }, undefined, { runs: 1 });
    expect(again.kind === "violation" && again.finding.run).to.equal(0);
  });

  it("keep findings at different values apart", async () => {
    const files = new Set<string | undefined>();
    for (const ltv of [0.85, 0.9]) {
      const result = await lay({ ltv });
      files.add(result.kind === "violation" ? result.finding.reproduction : undefined);
    }
    expect(files).to.have.property("size", 2);
  });

  describe("are set in", () => {
    it("a storage slot, whose other bytes stay", async () => {
      const slot = await slotOf(vault);
      const ltv = parameter({
        range: [0.5, 1],
        set: { of: vault.address, slot, offset: 0, bytes: 2, word: (value) => BigInt(Math.round(value * 10_000)) },
        reads: loanLimit(vault).reads!,
      });
      const result = await lay({ ltv: 0.81 }, { ltv });
      expect(result.kind).to.equal("violation");
      expect(result.parameters).to.deep.equal([{ name: "ltv", value: 0.81, was: 0.8 }]);
    });

    it("a path of the scenario: blocks, capital of an agent, the latency of an oracle", async () => {
      const blocks = parameter({ range: [2, 10], step: 1, set: "blocks" });
      // the fall comes in block 3
      expect((await lay({ ltv: 0.9, blocks: 2 }, { ltv: loanLimit(vault), blocks })).kind).to.equal("survived");
      expect((await lay({ ltv: 0.9, blocks: 3 }, { ltv: loanLimit(vault), blocks })).kind).to.equal("violation");

      const capital = parameter({ range: [1, 50], unit: "ETH", set: "agents.borrower.capital.ETH" });
      const poorer = await lay({ ltv: 0.9, capital: 10 }, { ltv: loanLimit(vault), capital });
      if (poorer.kind !== "violation") throw new Error(`expected a violation, got ${poorer.kind}`);
      // 90 % of 10 ether at 2,000 dollars
      expect(poorer.finding.violation.evidence.summary).to.include("$18,000");

      const latency = parameter({ range: [0, 5], step: 1, unit: "blocks", set: "oracles.ETH.latencyBlocks" });
      expect((await lay({ latency: 5 }, { latency })).kind).to.equal("survived");
    });

    it("a function of it", async () => {
      const fall = parameter({
        range: [0, 0.5],
        set: (value, { assets }) => ({ assets: { ...assets, ETH: { ...assets.ETH, process: fallOf(value) } } }),
      });
      expect((await lay({ fall: 0.2 }, { fall })).kind).to.equal("survived");
      expect((await lay({ fall: 0.21 }, { fall })).kind).to.equal("violation");
    });
  });

  describe("of Aave V3", () => {
    const ltvOf = () => {
      const { aaveV3, weth, users } = theFork().addresses;
      const data = { address: aaveV3.dataProvider, abi: aaveDataProviderAbi, args: [weth] } as const;
      const configuration = read({ ...data, functionName: "getReserveConfigurationData" });
      const admin = async (): Promise<Parameter> => {
        const provider = { address: aaveV3.addressesProvider, abi: poolAddressesProviderAbi } as const;
        const address = await theFork().chain.read(provider, "getPoolConfigurator", []);
        return parameter({
          range: [0.1, 0.8],
          step: 0.0001,
          set: {
            calls: (ltv) => {
              const args = [weth, BigInt(Math.round(ltv * 10_000)), 8_250n, 10_500n] as const;
              return call({ address, abi: poolConfiguratorAbi, functionName: "configureReserveAsCollateral", args });
            },
            as: users.deployer,
          },
          reads: map(configuration, ([, ltv]) => Number(ltv) / 10_000),
        });
      };
      return { configuration, admin };
    };

    it("are set by its administrator, and are what conditions read from the first block on", async () => {
      const { configuration, admin } = ltvOf();
      const seen = new Set<bigint>();
      const sees = defineCondition({
        id: "sees",
        observe: () => configuration,
        judge: ({ reading: [, ltv] }) => void seen.add(ltv),
      });
      const result = await lay({ ltv: 0.4 }, { ltv: await admin() }, { more: { conditions: [sees] } });
      expect(result.kind, renderResult(result)).to.equal("survived");
      expect([...seen]).to.deep.equal([4_000n]);
      expect(result.parameters?.[0]?.was).to.be.above(0.4);
    });
  });

  describe("are refused", () => {
    it("with the reason, if the setter does not take the value", async () => {
      const target = await deployOwnedVault(theFork(), "fixed");
      const error = await failsWith("PARAMETER_REFUSED", () =>
        lay({ ltv: 0.9 }, { ltv: loanLimit(target) }, { target }),
      );
      expect(error.summary).to.match(
        /^The parameter ltv 0\.9 of the collateral cannot be set by setLoanLimit\(9,000\) of 0x\w{40} as 0x\w{40}: it reverts \(LimitTooHigh\(9,000\)\)\.$/,
      );
    });

    it("with the reason, if the account may not set it", async () => {
      const [, stranger] = (await theFork().connection.provider.request({ method: "eth_accounts" })) as `0x${string}`[];
      const error = await failsWith("PARAMETER_REFUSED", () =>
        lay({ ltv: 0.9 }, { ltv: loanLimit(vault, { set: { ...setLimit(vault), as: stranger! } }) }),
      );
      expect(error.summary).to.include("it reverts (NotOwner())");
    });

    it("if nobody can set it: there is no owner, or it is the zero address", async () => {
      const ownerless = loanLimit({ address: theFork().addresses.weth });
      const { reads: _reads, ...without } = ownerless;
      const error = await failsWith("PARAMETER_WITHOUT_OWNER", () => lay({ ltv: 0.9 }, { ltv: without }));
      expect(error.summary).to.include("which has no owner()");
      const renounced = await deployOwnedVault(theFork(), "flawed", { by: zeroAddress });
      const other = await failsWith("PARAMETER_WITHOUT_OWNER", () =>
        lay({ ltv: 0.9 }, { ltv: loanLimit(renounced) }, { target: renounced }),
      );
      expect(other.summary).to.include("whose owner is the zero address");
    });

    it("if the setter returns one of Compound's error codes", async () => {
      const { abi } = await fixtureArtifact("FailingMarket");
      const address = await theFork().deploy(await fixtureArtifact("FailingMarket"));
      const limit = parameter({
        range: [0, 100],
        set: {
          calls: () => call({ address, abi, functionName: "borrow", args: [10n ** 30n] }),
          as: theFork().account,
        },
      });
      const error = await failsWith("PARAMETER_REFUSED", () => lay({ limit: 7 }, { limit }));
      expect(error.summary).to.include("it returns the error code 3");
    });

    it("if it reads another value afterwards", async () => {
      const ltv = loanLimit(vault, {
        set: {
          calls: () => call({ address: vault.address, abi: loanLimitAbi, functionName: "setLoanLimit", args: [1n] }),
        },
      });
      const error = await failsWith("PARAMETER_REFUSED", () => lay({ ltv: 0.9 }, { ltv }));
      expect(error.summary).to.equal('The parameter "ltv" was set to 0.9, but reads 0.0001 afterwards.');
    });

    it("where there is no contract, or if its own function fails", async () => {
      const nowhere = { address: `0x${"9".repeat(40)}` } as const;
      const { reads: _reads, ...ltv } = loanLimit(nowhere);
      await failsWith("NO_CODE", () => lay({ ltv: 0.9 }, { ltv }));
      const broken = parameter({ range: [0, 1], set: { calls: () => undefined as never } });
      await failsWith("PARAMETER_FAILED", () => lay({ broken: 0.5 }, { broken }));
      const negative = parameter({ range: [0, 1], set: { of: vault.address, slot: 0n, word: () => -1n } });
      await failsWith("PARAMETER_FAILED", () => lay({ negative: 0.5 }, { negative }));
    });

    it("if no scenario's parameter has the name, or the value is out of range or between two steps", async () => {
      const unknown = await failsWith("UNKNOWN_PARAMETER", () => lay({ lvt: 0.9 }));
      expect(unknown.hint).to.equal("Use one of: ltv.");
      for (const ltv of [0.4, 1.1, 0.80005, NaN]) await failsWith("INVALID_OPTION", () => lay({ ltv }));
    });
  });

  /** Where the compiler put the limit. */
  async function slotOf({ address }: Vault): Promise<bigint> {
    const { provider } = theFork().connection;
    for (let slot = 0n; slot < 10n; slot++) {
      const word: unknown = await provider.request({
        method: "eth_getStorageAt",
        params: [address, `0x${slot.toString(16)}`],
      });
      if (word === LIMIT) return slot;
    }
    throw new Error("no slot holds the limit");
  }
});
