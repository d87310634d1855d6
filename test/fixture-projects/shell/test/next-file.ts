import { expect } from "chai";
import { network } from "hardhat";

/** Has nothing to do with what other files leave behind. */
describe("next file", function () {
  for (const value of [1n, 2n]) {
    it(`reads what it wrote, and restores its snapshot: ${value}`, async () => {
      const { provider, viem } = await network.getOrCreate();
      const snapshot: unknown = await provider.request({ method: "evm_snapshot" });
      const box = await viem.deployContract("CappedBox", [value]);
      expect(await box.read.cap()).to.equal(value);
      expect(await provider.request({ method: "evm_revert", params: [snapshot] })).to.equal(true);
    });
  }
});
