import { expect } from "chai";
import { erc4626Abi, parseUnits } from "viem";

import { erc4626 } from "../../../../src/protocols/index.js";
import { give } from "../../../fixtures/give.js";
import { deployInflatableVault } from "../../../fixtures/inflatable-vault.js";
import { callByCall } from "../../../helpers/call-by-call.js";
import { failsWith } from "../../../helpers/errors.js";
import { forkForEach } from "../../../helpers/play-agents.js";

/** The adapter against the real contracts: each number is compared with the protocol's own. */
describe("erc4626", () => {
  const theFork = forkForEach();
  const { bind, send, balanceOf, approve, moveContext } = callByCall(theFork);
  let fork: ReturnType<typeof theFork>;
  beforeEach(() => {
    fork = theFork();
  });

  it("deposits, mints, withdraws, redeems and donates, and values shares as the vault does", async () => {
    const { usdc, users } = fork.addresses;
    const self = users.alice;
    const { address: vault } = await deployInflatableVault(fork, "fixed");
    await give(fork, "USDC", self, 100_000);
    const bound = await bind(erc4626(vault));
    await approve(self, bound.approvals);
    const move = async (name: string, share: number): Promise<void> => {
      const action = bound.actions.find((candidate) => candidate.name === name)!;
      await send(self, action.build([share], await moveContext(await bound.view(), self))!);
    };
    await move("deposit", 500_000);
    await move("mint", 100_000);
    await move("donate", 100_000);
    const view = await bound.view();
    const contract = { address: vault, abi: erc4626Abi };
    const shares = await fork.chain.read(contract, "balanceOf", [self]);
    expect(view.sharesOf(self)).to.equal(shares);
    expect(view.assetsOf(self)).to.equal(await fork.chain.read(contract, "convertToAssets", [shares]));
    expect(view.totalAssets).to.equal(await balanceOf(usdc, vault));
    expect(view.totalSupply).to.equal(shares);
    const ofOne = await fork.chain.read(contract, "convertToAssets", [parseUnits("1", 6)]);
    expect(view.sharePrice).to.equal(Number(ofOne) / 1e6);
    expect(bound.definition.value!(bound.facts)(view, self, () => 1)).to.be.closeTo(
      Number(view.assetsOf(self)) / 1e6,
      1e-6,
    );
    await move("withdraw", 300_000);
    await move("redeem", 1_000_000);
    expect((await bound.view()).sharesOf(self)).to.equal(0n);
    expect(bound.actions.filter(({ ordinary }) => ordinary).map(({ name }) => name)).to.deep.equal([
      "deposit",
      "mint",
      "withdraw",
      "redeem",
    ]);
  });

  it("refuses an address that is not a vault", async () => {
    await failsWith("UNSUPPORTED_PROTOCOL", () => bind(erc4626(fork.addresses.weth)));
  });
});
