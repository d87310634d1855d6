import { expect } from "chai";
import { HardhatPluginError } from "hardhat/plugins";

import { SiegeError } from "../../../src/errors.js";
import { toPluginError } from "../../../src/plugin/plugin-error.js";

describe("toPluginError", () => {
  const cause = new Error("socket closed");
  const error = new SiegeError("RPC_FAILED", { message: "The node is gone.", hint: "Start it again.", cause });

  it("makes an error that Hardhat prints as one of this plugin", () => {
    const shown = toPluginError(error);
    expect(HardhatPluginError.isHardhatPluginError(shown) && shown.pluginId).to.equal("hardhat-siege");
  });

  it("keeps everything that a user or a script looks at", () => {
    const shown = toPluginError(error);
    expect(SiegeError.isSiegeError(shown)).to.equal(true);
    const { message, name, stack } = error;
    expect(shown).to.include({ message, name, stack, cause });
    expect(shown).to.include({ code: "RPC_FAILED", policy: "infrastructure", hint: "Start it again." });
    expect(shown).to.include({ summary: "The node is gone." });
  });

  it("leaves alone what Hardhat knows, and what is not of this package", () => {
    const shown = toPluginError(error);
    expect(toPluginError(shown)).to.equal(shown);
    expect(toPluginError(cause)).to.equal(cause);
    expect(toPluginError(undefined)).to.equal(undefined);
  });
});
