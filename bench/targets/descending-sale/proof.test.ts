import { expect } from "chai";
import { network } from "hardhat";
import { parseEther } from "viem";

const usdc = (amount: number) => BigInt(amount) * 10n ** 6n;
const DAY = 86_400n;

async function attack(name: "DescendingSale" | "DescendingSaleFixed") {
  const { viem } = await network.create();
  const clock = await viem.getTestClient();
  const chain = await viem.getPublicClient();
  const [, alice, bob, mallory, accomplice] = await viem.getWalletClients();
  const token = await viem.deployContract("DescendingSaleToken", ["Harbour", "HRB", 18]);
  const money = await viem.deployContract("DescendingSaleToken", ["USD Coin", "USDC", 6]);
  const { timestamp } = await chain.getBlock();
  const terms = {
    supply: parseEther("1000000"),
    startPrice: 6_000_000n,
    floorPrice: 2_500_000n,
    accountCap: usdc(800_000),
    start: timestamp,
    end: timestamp + 5n * DAY,
  };
  const sale = await viem.deployContract(name, [token.address, money.address, terms]);
  await token.write.mint([sale.address, terms.supply]);
  await clock.increaseTime({ seconds: Number(2n * DAY) });
  for (const [{ account }, amount] of [
    [alice, usdc(640_000)],
    [bob, usdc(505_000)],
    [mallory, usdc(800_000)],
    [accomplice, usdc(800_000)],
  ] as const) {
    await money.write.mint([account.address, amount]);
    await money.write.approve([sale.address, amount], { account });
  }
  await sale.write.commit([usdc(640_000)], { account: alice.account });
  await sale.write.commit([usdc(505_000)], { account: bob.account });
  expect(await sale.read.invariant_claimsAreCovered()).to.equal(true);

  await sale.write.commit([usdc(800_000)], { account: mallory.account });
  await sale.write.commit([usdc(800_000)], { account: accomplice.account });
  await clock.increaseTime({ seconds: Number(3n * DAY) });
  await clock.mine({ blocks: 1 });
  const covered = await sale.read.invariant_claimsAreCovered();

  const claims: boolean[] = [];
  for (const { account } of [mallory, accomplice, alice, bob]) {
    claims.push(
      await sale.write.claim({ account }).then(
        () => true,
        () => false,
      ),
    );
  }
  return { covered, claims };
}

describe("DescendingSale", () => {
  it("breaks", async () => {
    expect(await attack("DescendingSale")).to.deep.equal({ covered: false, claims: [true, true, true, false] });
  });

  it("holds once fixed", async () => {
    expect(await attack("DescendingSaleFixed")).to.deep.equal({ covered: true, claims: [true, true, true, true] });
  });
});
