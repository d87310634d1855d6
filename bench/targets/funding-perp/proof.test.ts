import { expect } from "chai";
import { network } from "hardhat";
import { deploy, type Name } from "./scenario.js";

async function attack(name: Name): Promise<boolean> {
  const { viem } = await network.create();
  const { usdc, perp } = await deploy(viem, name);
  const account = (await viem.getWalletClients())[5]!.account;
  await usdc.write.mint([account.address, 1_000_000n * 10n ** 6n]);
  await usdc.write.approve([perp.address, 2n ** 256n - 1n], { account });
  expect(await perp.read.invariant_fundingIsCovered()).to.equal(true);

  await perp.write.increase([false, 10n ** 16n, 10n * 10n ** 6n], { account });
  await (await viem.getTestClient()).increaseTime({ seconds: 5 * 86_400 });
  await perp.write.increase([false, 400n * 10n ** 18n, 200_000n * 10n ** 6n], { account });
  await perp.write.decrease([10n ** 16n + 400n * 10n ** 18n], { account });
  return perp.read.invariant_fundingIsCovered();
}

describe("FundingPerp", () => {
  it("is broken by three calls", async () => expect(await attack("FundingPerp")).to.equal(false));
  it("is not broken once fixed", async () => expect(await attack("FundingPerpFixed")).to.equal(true));
});
