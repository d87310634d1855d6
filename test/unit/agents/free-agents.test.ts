import { expect } from "chai";

import { attacker, retail, user } from "../../../src/agents/index.js";
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

  it("are users of whatever a target is called by, who name nobody else and are not called back", async () => {
    const longForm = attacker({ name: "user", capital: { USDC: 1 }, actsFor: "itself", callbacks: false });
    // the same moves under the same name: what a run draws stays as it was
    expect(user({ name: "user", capital: { USDC: 1 } })).to.deep.equal({ ...longForm, role: "user" });
    expect(user().role).to.equal("user");
    expect(user({ only: ["target.*"], except: ["target.sweep"] }).moves).to.deep.equal({
      kind: "any",
      only: ["target.*"],
      except: ["target.sweep"],
      actsFor: "itself",
    });
    await failsWith("INVALID_OPTION", () => user({ actsFor: "anyone" } as never));
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
