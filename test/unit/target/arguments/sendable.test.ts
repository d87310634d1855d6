import { expect } from "chai";
import { parseEther } from "viem";

import { sendable } from "../../../../src/target/arguments/sendable.js";

describe("what an agent sends at most", () => {
  it("leaves half an ether and a tenth of the rest for gas", () => {
    expect(sendable(parseEther("10.5"))).to.equal(parseEther("8.9"));
    expect(sendable(parseEther("1"))).to.equal(parseEther("0.44"));
  });

  it("leaves half to whoever has less than an ether, and something to send", () => {
    expect(sendable(parseEther("0.1"))).to.equal(parseEther("0.044"));
    expect(sendable(0n)).to.equal(0n);
  });
});
