import { expect } from "chai";

import { renderFailure } from "../../../../src/report/terminal.js";
import { spiral } from "../../../helpers/report-campaigns.js";
import { siegeForkForSuite } from "../../../helpers/siege-fork.js";

describe("a cascade of liquidations", () => {
  const theFork = siegeForkForSuite();

  it("is a spiral: a price, a position below one, its liquidation, the sale, the next price", async () => {
    const result = await spiral(theFork());
    if (result.kind !== "violation") throw new Error(`expected a violation, not "${result.kind}"`);
    const { cascade = { nodes: [], edges: [] }, violation } = result.finding;
    const kinds = new Map(cascade.nodes.map(({ id, kind }) => [id, kind]));
    const steps = new Set(cascade.edges.map(({ from, to }) => `${kinds.get(from) ?? ""} -> ${kinds.get(to) ?? ""}`));
    expect([...steps]).to.include.members([
      "market -> call",
      "call -> impact",
      "impact -> health",
      "health -> call",
      "impact -> violation",
    ]);
    const label = (id: string): string => cascade.nodes.find((node) => node.id === id)?.label ?? "";
    const edges = cascade.edges.map(({ from, to, because }) => `${label(from)} -> ${label(to)}: ${because}`);
    expect(edges.some((edge) => /liquidationCall: liquidates alice in lending, at 0\.\d+$/.test(edge))).to.equal(true);
    expect(
      edges.some((edge) => /swapExactTokensForTokens: pays with the [\d.]+ WETH that it got$/.test(edge)),
    ).to.equal(true);
    // a cause never comes after what it caused
    const order = new Map(cascade.nodes.map(({ id }, index) => [id, index]));
    for (const { from, to } of cascade.edges) expect(order.get(from)).to.be.lessThan(order.get(to) ?? 0);
    expect(cascade.nodes.at(-1)?.label).to.equal(`covered: ${violation.evidence.summary}`);
    expect(renderFailure(result)).to.match(/^ {2}cascade {4}ETH falls .* -> .* -> covered$/m);
  });
});
