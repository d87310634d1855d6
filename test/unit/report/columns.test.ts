import { expect } from "chai";

import { columnsOf, cut, padded } from "../../../src/report/columns.js";
import { renderFailure } from "../../../src/report/index.js";
import { finding, results } from "../../helpers/results.js";

describe("columns of a terminal", () => {
  it("are two for a wide character, and none for a mark", () => {
    expect(["WETH", "円", "🚨", "é", "e\u0301", "👩‍🚀"].map(columnsOf)).to.deep.equal([4, 2, 2, 1, 1, 2]);
  });

  it("are filled up and cut by what is seen", () => {
    expect(padded("円", 4)).to.equal("円  ");
    expect(cut("円円円", 6)).to.equal("円円円");
    expect(cut("円円円", 5)).to.equal("円円…");
    expect(cut("👩‍🚀👩‍🚀", 3)).to.equal("👩‍🚀…");
  });

  it("keep the consequences of steps below each other", () => {
    const [step] = finding.steps;
    const steps = [
      { ...step!, actor: "市場", action: "資産 falls 12.5 %", consequence: "(a)" },
      { ...step!, actor: "m", action: "x", consequence: "(b)" },
    ];
    const one = { ...finding, steps };
    const text = renderFailure({ ...results.violation, finding: one, findings: [one] });
    const [first, second] = text.split("\n").filter((line) => /\((a|b)\)$/.test(line));
    expect(columnsOf(first!.replace("(a)", ""))).to.equal(columnsOf(second!.replace("(b)", "")));
  });
});
