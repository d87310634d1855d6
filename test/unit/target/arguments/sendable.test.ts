import { expect } from "chai";
import { parseEther, zeroAddress } from "viem";

import { gasMoney, sendable } from "../../../../src/target/arguments/sendable.js";

describe("what an agent sends at most", () => {
  const sent = (balance: bigint, first: bigint): bigint =>
    sendable({ native: () => balance, gasMoney: () => gasMoney(first) }, zeroAddress);
  const most = (balance: string, first: string): bigint => sent(parseEther(balance), parseEther(first));

  it("leaves a tenth for gas, and five ether", () => {
    expect(most("100", "100")).to.equal(parseEther("89"));
    expect(most("10.5", "100")).to.equal(parseEther("5.5"));
  });

  it("leaves half of what it began with to whoever had less than ten ether", () => {
    expect(most("1", "1")).to.equal(parseEther("0.5"));
    expect(most("0.1", "0.1")).to.equal(parseEther("0.05"));
    expect(most("0", "0")).to.equal(0n);
  });

  it("never comes to what is kept, however often it sends", () => {
    let balance = parseEther("100");
    for (let time = 0; time < 50; time++) balance -= sent(balance, parseEther("100"));
    expect(balance >= parseEther("5")).to.equal(true);
    expect(most("5", "100")).to.equal(0n);
    expect(most("0.3", "100")).to.equal(0n);
  });
});
