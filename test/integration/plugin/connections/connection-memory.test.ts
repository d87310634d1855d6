import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { expect } from "chai";

import { memoryOf } from "../../../../src/plugin/connections/connection-memory.js";
import { shellEnvironment } from "../../../helpers/shell-project.js";

const ALICE = "0x00000000000000000000000000000000000A11cE";

describe("what a connection remembers", () => {
  let hre: HardhatRuntimeEnvironment;

  before(async () => {
    hre = await shellEnvironment();
  });

  it("is nothing at first", async () => {
    const memory = memoryOf(await hre.network.create());
    expect(memory.impersonated).to.deep.equal(new Set());
    expect(memory.intervalMining).to.equal(undefined);
  });

  it("is who is impersonated, in whatever case the address was written", async () => {
    const connection = await hre.network.create();
    const { provider } = connection;
    const { impersonated } = memoryOf(connection);

    await provider.request({ method: "hardhat_impersonateAccount", params: [ALICE.toLowerCase()] });
    expect([...impersonated]).to.deep.equal([ALICE]);

    await provider.request({ method: "hardhat_impersonateAccount", params: [ALICE] });
    expect([...impersonated]).to.deep.equal([ALICE]);

    await provider.request({ method: "hardhat_stopImpersonatingAccount", params: [ALICE.toLowerCase()] });
    expect([...impersonated]).to.deep.equal([]);
  });

  it("outlives a revert, as the impersonation does", async () => {
    const connection = await hre.network.create();
    const { provider } = connection;
    const snapshot: unknown = await provider.request({ method: "evm_snapshot" });
    await provider.request({ method: "hardhat_impersonateAccount", params: [ALICE] });
    await provider.request({ method: "evm_revert", params: [snapshot] });

    expect([...memoryOf(connection).impersonated]).to.deep.equal([ALICE]);
    // the proof that EDR sees it the same way: Alice can still send, without a key
    await provider.request({ method: "hardhat_setBalance", params: [ALICE, "0xde0b6b3a7640000"] });
    await provider.request({ method: "eth_sendTransaction", params: [{ from: ALICE, to: ALICE }] });
  });

  it("leaves out what was refused", async () => {
    const connection = await hre.network.create();
    const request = connection.provider.request({ method: "hardhat_impersonateAccount", params: ["0x12"] });
    expect(await request.catch(() => "refused")).to.equal("refused");
    expect([...memoryOf(connection).impersonated]).to.deep.equal([]);
  });

  it("is how blocks are mined on a timer", async () => {
    const connection = await hre.network.create();
    const { provider } = connection;
    const memory = memoryOf(connection);
    await provider.request({ method: "evm_setIntervalMining", params: [60_000] });
    expect(memory.intervalMining).to.equal(60_000);
    await provider.request({ method: "evm_setIntervalMining", params: [[60_000, 90_000]] });
    expect(memory.intervalMining).to.deep.equal([60_000, 90_000]);
    await provider.request({ method: "evm_setIntervalMining", params: [0] });
    expect(memory.intervalMining).to.equal(0);
  });

  it("belongs to one connection", async () => {
    const first = await hre.network.create();
    await first.provider.request({ method: "hardhat_impersonateAccount", params: [ALICE] });
    expect([...memoryOf(await hre.network.create()).impersonated]).to.deep.equal([]);
  });
});
