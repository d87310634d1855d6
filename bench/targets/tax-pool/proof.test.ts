import { expect } from "chai";
import { network } from "hardhat";
import { deploy, type Name } from "./scenario.js";

async function attack(name: Name): Promise<boolean> {
  const { viem } = await network.create();
  const { usdc, harbour, pool } = await deploy(viem, name);
  const account = (await viem.getWalletClients())[5]!.account;
  await usdc.write.mint([account.address, 500_000n * 10n ** 6n]);
  await usdc.write.approve([pool.address, 2n ** 256n - 1n], { account });
  await harbour.write.approve([pool.address, 2n ** 256n - 1n], { account });
  expect(await pool.read.invariant_reservesAreHeld()).to.equal(true);

  await pool.write.swap([usdc.address, 100_000n * 10n ** 6n, 0n], { account });
  const held = await harbour.read.balanceOf([account.address]);
  await pool.write.swap([harbour.address, held, 0n], { account });
  return pool.read.invariant_reservesAreHeld();
}

describe("TaxPool", () => {
  it("is broken by two calls", async () => expect(await attack("TaxPool")).to.equal(false));
  it("is not broken once fixed", async () => expect(await attack("TaxPoolFixed")).to.equal(true));
});
