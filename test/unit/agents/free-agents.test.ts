import { expect } from "chai";

import { attacker, retail } from "../../../src/agents/index.js";
import { failsWith } from "../../helpers/errors.js";

describe("agents whose moves the search chooses", () => {
  it("are ordinary users, or do anything", () => {
    expect(retail().moves).to.deep.equal({ kind: "ordinary" });
    expect(attacker().moves).to.deep.equal({ kind: "any" });
    expect(attacker({ only: ["target.*"] }).moves).to.deep.equal({ kind: "any", only: ["target.*"] });
  });

  it("may act for themselves, whatever they do", async () => {
    expect(attacker({ actsFor: "itself" }).moves).to.deep.equal({ kind: "any", actsFor: "itself" });
    await failsWith("INVALID_OPTION", () => attacker({ actsFor: "nobody" as never }));
  });

  it("keep their name and capital, and have no policy", () => {
    const { role, name, capital, act } = retail({ name: "bob", capital: { ETH: 1 } });
    expect({ role, name, capital, act }).to.deep.equal({
      role: "retail",
      name: "bob",
      capital: { ETH: 1 },
      act: undefined,
    });
  });

  it("refuse options that do not exist", async () => {
    await failsWith("INVALID_OPTION", () => retail({ activity: 1 } as never));
    await failsWith("INVALID_OPTION", () => attacker({ capitals: {} } as never));
  });
});
