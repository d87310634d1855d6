import { expect } from "chai";

import { ERROR_POLICIES, oneOf, SiegeError } from "../../src/errors.js";

describe("SiegeError", () => {
  const details = { message: 'There is no asset "EHT".', hint: "Use one of: ETH." };

  it("says what is wrong, what to do, and its code", () => {
    const error = new SiegeError("UNKNOWN_ASSET", details);
    expect(error.message).to.equal('There is no asset "EHT". Use one of: ETH. [UNKNOWN_ASSET]');
    expect(error).to.include({ code: "UNKNOWN_ASSET", summary: details.message, hint: details.hint, policy: "user" });
  });

  it("keeps its cause, and makes an error of one that is none", () => {
    const cause = new Error("socket closed");
    expect(new SiegeError("RPC_FAILED", { ...details, cause }).cause).to.equal(cause);
    expect(new SiegeError("RPC_FAILED", { ...details, cause: "socket closed" }).cause).to.include({
      message: "socket closed",
    });
    expect(new SiegeError("RPC_FAILED", details).cause).to.equal(undefined);
  });

  it("is recognised by what it carries, not by its class", () => {
    const error = new SiegeError("INTERNAL", details);
    // as a second copy of the package makes it
    const { code, summary, hint } = error;
    const foreign = Object.assign(new Error(error.message), { name: "SiegeError", code, summary, hint });
    expect(SiegeError.isSiegeError(error)).to.equal(true);
    expect(SiegeError.isSiegeError(foreign)).to.equal(true);
    expect(SiegeError.isSiegeError(Object.assign(new Error("gone"), { code: "ENOENT" }))).to.equal(false);
    expect(SiegeError.isSiegeError({ name: "SiegeError", code, summary, hint })).to.equal(false);
    expect(SiegeError.isSiegeError(undefined)).to.equal(false);
  });

  it("has a policy for every code", () => {
    expect(new Set(Object.values(ERROR_POLICIES))).to.deep.equal(new Set(["user", "infrastructure", "internal"]));
  });
});

describe("oneOf", () => {
  it("lists what is valid, or says what to do if nothing is", () => {
    expect(oneOf(["ETH", "USDC"], "Add an asset.")).to.equal("Use one of: ETH, USDC.");
    expect(oneOf([], "Add an asset.")).to.equal("Add an asset.");
  });
});
