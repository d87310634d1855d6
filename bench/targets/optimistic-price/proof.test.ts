import { expect } from "chai";
import { network } from "hardhat";
import { parseEther, parseUnits } from "viem";

async function attack(contract: string): Promise<boolean> {
  const { viem } = await network.create();
  const gold = await viem.deployContract("AurumCreditGold");
  const usdc = await viem.deployContract("AurumCreditUsdc");
  const credit = await viem.deployContract(contract, [gold.address, usdc.address, parseUnits("2400", 6)]);
  const clock = await viem.getTestClient();
  const [owner, eve] = await viem.getWalletClients();
  for (const [client, usdcs] of [[owner, "5000000"], [eve, "100000"]] as const) {
    await gold.write.mint([client.account.address, parseEther("100")]);
    await usdc.write.mint([client.account.address, parseUnits(usdcs, 6)]);
    await gold.write.approve([credit.address, 2n ** 255n], { account: client.account });
    await usdc.write.approve([credit.address, 2n ** 255n], { account: client.account });
  }
  await credit.write.fund([parseUnits("4000000", 6)]);
  await credit.write.report([parseUnits("2404", 6), parseUnits("5000", 6)]);
  await clock.increaseTime({ seconds: 5_400 });

  const account = eve.account;
  await credit.write.report([parseUnits("24000", 6), parseUnits("5500", 6)], { account });
  await clock.increaseTime({ seconds: 1_800 });
  await credit.write.finalise([], { account }).catch(() => undefined);
  await credit.write.depositCollateral([parseEther("100")], { account });
  await credit.write.borrow([parseUnits("1600000", 6)], { account }).catch(() => undefined);

  const debt = (await credit.read.debtOf([account.address])) as bigint;
  const collateral = (await credit.read.collateralOf([account.address])) as bigint;
  return debt <= (collateral * 2_400n) / 10n ** 12n;
}

describe("AurumCredit", () => {
  it("is broken", async () => expect(await attack("AurumCredit")).to.equal(false));
  it("holds when fixed", async () => expect(await attack("AurumCreditFixed")).to.equal(true));
});
