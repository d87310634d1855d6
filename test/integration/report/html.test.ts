import type { CampaignResult, Finding, Reproduction } from "../../../src/types.js";
import type { PageParts } from "../../helpers/html-page.js";

import { createHash } from "node:crypto";
import path from "node:path";

import { expect } from "chai";

import { readReproduction } from "../../../src/engine/reproduction/store.js";
import { renderHtml } from "../../../src/report/index.js";
import { deployCoupledVault } from "../../fixtures/coupled-vault.js";
import { fallInSilence } from "../../fixtures/scenarios.js";
import { HOSTILE, partsOf, withHostileTexts } from "../../helpers/html-page.js";
import { results } from "../../helpers/results.js";
import { siegeForkForSuite } from "../../helpers/siege-fork.js";

describe("the report as a page", () => {
  const theFork = siegeForkForSuite();
  let result: CampaignResult & { readonly kind: "violation" };
  let saved: Reproduction;
  let parts: PageParts;

  before(async () => {
    const fork = theFork();
    const { siege } = fork.connection;
    const found = await siege.run(await deployCoupledVault(fork, "flawed"), siege.scenario(fallInSilence(fork)));
    if (found.kind !== "violation") throw new Error(`expected a violation, not "${found.kind}"`);
    result = found;
    parts = partsOf(renderHtml(result));
    // the next test begins with an empty folder
    saved = await readReproduction(path.join(fork.reproductions, path.basename(found.finding.reproduction ?? "")));
  });

  it("tells what broke, the steps, their worst case, the proof and how to replay it", () => {
    const { text } = parts;
    const { violation, worst, steps, reproduction } = result.finding;
    expect(text).to.include(
      `“noBadDebt” no longer holds for CoupledVault: ${violation.evidence.summary}`.replaceAll(/[“”]/g, ""),
    );
    for (const { action } of steps) expect(text).to.include(action);
    expect(text).to.include("(34.7 % survives)");
    expect(text).to.include(worst?.violation.evidence.summary);
    expect(text).to.include("All 4 steps are needed: without any one of them, it survives.");
    expect(text).to.include(`npx hardhat siege replay ${reproduction ?? ""}`);
    expect(text).to.include("Healthy() (2)");
  });

  it("draws prices, profits and causes, and holds the run for the player", () => {
    const { elements, attributes, text, data } = parts;
    const charts = attributes.filter(({ name }) => name === "data-chart");
    expect(charts.length).to.be.at.least(2);
    expect(text).to.include("Price of ETH");
    expect(text).to.include("$2,000 → $1,304");
    expect(elements.get("rect class height rx width x y")).to.be.at.least(5);
    const [run] = data as readonly { readonly frames: readonly { readonly t: string; readonly n: number }[] }[];
    const { timeline } = result.finding;
    expect(run?.frames).to.have.length(timeline?.frames.length ?? 0);
    expect(run?.frames.at(-1)?.t).to.equal("attacker CoupledVault.borrow(5.5 USDC)");
    expect(run?.frames.at(-1)?.n).to.equal(4);
  });

  it("loads nothing, and its policy allows its own style and script alone", () => {
    const page = renderHtml(result);
    const { attributes } = parts;
    const policy = attributes.find(({ value }) => value.startsWith("default-src"))?.value ?? "";
    const hashOf = (element: string): string => {
      const [, text = ""] = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page) ?? [];
      return createHash("sha256").update(text).digest("base64");
    };
    expect(policy).to.equal(
      `default-src 'none'; style-src 'sha256-${hashOf("style")}'; script-src 'sha256-${hashOf("script")}'; base-uri 'none'; form-action 'none'`,
    );
    for (const { name, value } of attributes) {
      expect(name).not.to.match(/^on|^style$|^src$/);
      if (name === "href") expect(value).to.match(/^#/);
    }
    expect(page).not.to.match(/url\(|@import|https?:/);
  });

  it("is the same text each time", () => {
    expect(renderHtml(result)).to.equal(renderHtml(result));
  });

  it("shows names, symbols, reasons and files as text, whatever they are", () => {
    const hostile = partsOf(renderHtml(withHostileTexts(result) as CampaignResult));
    // as many lines as it takes, but nothing that is not there otherwise
    const known = new Set([...parts.elements.keys()]);
    expect([...hostile.elements.keys()].filter((element) => !known.has(element))).to.deep.equal([]);
    expect(hostile.text).to.include(HOSTILE.slice(0, 100));
    expect(hostile.text).not.to.match(/[\u202e\u2028]/);
    expect(JSON.stringify(hostile.data)).to.include("evil.test");
    expect(JSON.stringify(hostile.data)).not.to.match(/[\u202e\u2028]/);
    for (const one of Object.values(results)) {
      const page = partsOf(renderHtml(withHostileTexts(one) as CampaignResult));
      const plain = partsOf(renderHtml(one));
      expect([...page.elements.keys()]).to.have.members([...plain.elements.keys()]);
    }
  });

  it("tells a saved reproduction the same, without the search", () => {
    const page = partsOf(renderHtml(saved));
    expect(page.text).to.include(result.finding.violation.evidence.summary);
    for (const title of ["What breaks it", "Who caused what", "What moved", "Step by step", "Replay it"]) {
      expect(page.text).to.include(title);
    }
    expect(page.text).not.to.include("What the search did");
    expect(page.data).to.deep.equal(parts.data);
  });

  it("does without what a finding does not have, and tells several campaigns one after the other", () => {
    const { cascade: _cascade, timeline: _timeline, ...bare } = result.finding;
    const findings: readonly Finding[] = [bare];
    const page = partsOf(renderHtml({ ...result, finding: bare, findings }));
    expect(page.text).not.to.include("Step by step");
    expect(page.text).to.include("Why all of it is needed");
    const all = partsOf(renderHtml([...Object.values(results), result]));
    const ids = all.attributes.flatMap(({ name, value }) => (name === "id" ? [value] : []));
    expect(new Set(ids).size).to.equal(ids.length);
    for (const { name, value } of all.attributes) if (name === "href") expect(ids).to.include(value.slice(1));
    for (const word of ["survived", "did not survive", "inconclusive", "incomplete"]) expect(all.text).to.include(word);
  });
});
