import type { Entry } from "../../../../src/report/file-result.js";

import { expect } from "chai";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

import { audit } from "../../../../src/report/reporters/audit.js";
import { markdown } from "../../../../src/report/reporters/markdown.js";
import { finding, results } from "../../../helpers/results.js";

const about = { release: "1.2.3", root: process.cwd() };
const file = "siege/crash.scenario.ts";

/** As GitHub reads it, with HTML that it lets through. */
function html(text: string): string {
  return micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
}

const HOSTILE =
  "- <img src=x onerror=alert(1)>|*a*`b`[c](http://x.example)![d](//y)@team#1www.x.example $x$ ~~e~~ https://z.example " +
  "mailto:a@b.example </code></details>\n# f";

const hostile: Entry = {
  file: `siege/${HOSTILE.replaceAll("/", "")}`,
  result: {
    ...results.violation,
    target: HOSTILE,
    scenario: HOSTILE,
    findings: results.violation.findings.map((one) => ({
      ...one,
      violation: { ...one.violation, condition: HOSTILE, evidence: { summary: HOSTILE, quantities: [] } },
      steps: one.steps.map((step) => ({ ...step, actor: HOSTILE, action: HOSTILE, inner: [HOSTILE] })),
    })),
  },
};

describe("the reporter markdown", () => {
  it("begins with the verdicts, what broke first", () => {
    const text = markdown(
      [
        { file, result: results.survived },
        { file, result: results.violation },
        { file, result: results.inconclusive },
        { file, error: new TypeError("x is not a function") },
      ],
      about,
    );
    expect(text.split("\n")[0]).to.equal("## Siege: 1 broke, 1 undecided, 1 error, 1 survived");
    const rows = html(text).split("<tr>").slice(2);
    expect(rows).to.have.length(4);
    expect(rows[0]).to.include("✅ survived");
    expect(rows[2]).to.include("⚠️ undecided");
    expect(rows[3]).to.include("🚫 error").and.to.include("TypeError");
  });

  it("has the whole report of what did not pass, and how to replay it", () => {
    const text = markdown(
      [
        { file, result: results.survived },
        { file, result: results.violation },
      ],
      about,
    );
    expect(text.match(/<details/g)).to.have.length(1);
    expect(text).to.include('Vault did not survive "flash crash"');
    expect(text).to.include("\n```sh\nnpx hardhat siege replay siege/reproductions/vault-0000.json\n```");
  });

  it("fits into a comment, and says what does not", () => {
    const entries = Array.from({ length: 80 }, () => ({ file, result: results.violation }));
    const text = markdown(entries, about);
    expect(text.length).to.be.lessThan(65_536);
    expect(text).to.match(/\n\d+ more reports do not fit here/);
    expect(text.match(/❌ broke/g)).to.have.length(80);
  });
});

for (const [name, report] of [
  ["markdown", markdown],
  ["audit", audit],
] as const) {
  it(`the reporter ${name} shows hostile names as text`, () => {
    const page = html(report([hostile], about));
    // nothing but what the report itself writes
    const own = /^\/?(h[1-6]|p|table|thead|tbody|tr|t[hd]|code|pre|details|summary|ul|ol|li|em|strong|hr|br)\b/;
    const elements = [...page.matchAll(/<([^>]*)>/g)].map(([, element = ""]) => element);
    expect(elements.filter((element) => !own.test(element))).to.deep.equal([]);
    expect(page).not.to.match(/<a |<del>|<li>-|<em>a/);
    expect(page.match(/<h1/g) ?? []).to.have.length(name === "audit" ? 1 : 0);
    // a mention or an issue begins with a letter or a digit right after the sign
    const outside = page
      .replaceAll(/<pre>[^]*?<\/pre>/g, "")
      .replaceAll(/&#(\d+);/g, (_reference, number) => String.fromCodePoint(Number(number)));
    expect(outside).not.to.match(/@team|#1/);
    expect(page.match(/<details/g) ?? []).to.have.length(name === "audit" ? 0 : 1);
  });
}

describe("the reporter audit", () => {
  const entry: Entry = { file, result: results.violation };

  it("has the usual headings", () => {
    const headings = [...html(audit([entry], about)).matchAll(/<h2>(.*?)<\/h2>/g)].map(([, text]) => text);
    expect(headings).to.deep.equal([
      "Summary",
      "Root cause",
      "Internal pre-conditions",
      "External pre-conditions",
      "Attack path",
      "Impact",
      "Proof of concept",
      "Mitigation",
    ]);
  });

  it("says what the market has to do, what happened, and what was seen to prevent it", () => {
    const text = html(audit([entry], about)).replaceAll(/<\/?code>/g, "");
    expect(text).to.include("By block 2, market: ETH falls 12.5 % (12.4 % survives).");
    expect(text).to.include("assets 8 WETH &lt; liabilities 10 WETH");
    expect(text).to.include("without step 1 (ETH falls 12.5 %)");
    expect(text).to.include("npx hardhat siege replay siege/reproductions/vault-0000.json");
  });

  it("names the code that explains it", () => {
    const code = [
      { contract: "Engine", function: "_seize", file: "contracts/Engine.sol", line: 118, score: 1, excerpt: "burn();" },
    ];
    const found = { ...finding, code };
    const text = html(audit([{ file, result: { ...results.violation, finding: found, findings: [found] } }], about));
    expect(text).to.include("<code>Engine._seize</code> (<code>contracts/Engine.sol:118</code>)");
    expect(text).to.include("burn();");
  });

  it("lists what was not decided, so that nobody takes it for a pass", () => {
    const text = audit([{ file, result: results.inconclusive }], about);
    expect(text).to.match(/^# Not decided\n\n- Vault survives /);
    expect(audit([{ file, result: results.survived }], about)).to.equal("No finding.\n");
  });

  it("marks what is neither minimal nor confirmed", () => {
    const unfinished = { ...finding, certificate: undefined };
    const text = audit([{ file, result: { ...results.incomplete, finding: unfinished } }], about);
    expect(text).to.include("**Neither minimal nor confirmed");
    expect(text).to.include("# Not decided");
  });
});
