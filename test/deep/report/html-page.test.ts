import type { Browser } from "playwright-core";

import type { CampaignResult } from "../../../src/types.js";

import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";
import { stringToHex } from "viem";

import { renderHtml } from "../../../src/report/index.js";
import { deployInflatableVault } from "../../fixtures/inflatable-vault.js";
import { firstDeposit } from "../../fixtures/scenarios.js";
import { chromiumPath, openBrowser, openFile } from "../../helpers/chromium.js";
import { withHostileTexts } from "../../helpers/html-page.js";
import { contagion, passing, spiral } from "../../helpers/report-campaigns.js";
import { siegeForkForEach } from "../../helpers/siege-fork.js";

/** Of a desktop and of a phone, pixels. */
const WIDTHS = [1_280, 390];

/** A symbol as its author might choose it; 28 bytes, which one slot holds. */
const SYMBOL = "<img src=x onerror=alert(1)>";

/** Where OpenZeppelin's ERC-20 keeps it. */
const SYMBOL_SLOT = "0x4";

/** Pictures are kept where `SHOTS` says, to be looked at. */
describe("the report in a browser", function () {
  const executable = chromiumPath();
  if (executable === undefined) {
    it.skip("needs Chromium, which this machine does not have (apt-get install chromium)");
    return;
  }
  const theFork = siegeForkForEach();
  let browser: Browser;
  let folder: string;

  before(async () => {
    browser = await openBrowser(executable);
    folder = process.env.SHOTS ?? (await mkdtemp(path.join(tmpdir(), "siege-pages-")));
    await mkdir(folder, { recursive: true });
  });
  after(async () => {
    await browser.close();
    if (process.env.SHOTS === undefined) await rm(folder, { recursive: true, force: true });
  });

  async function written(name: string, result: CampaignResult): Promise<string> {
    const file = path.join(folder, `${name}.html`);
    await writeFile(file, renderHtml(result));
    return file;
  }

  /** Opens it in each width, in light and dark, and takes pictures. */
  async function isFine(name: string, file: string): Promise<void> {
    for (const width of WIDTHS) {
      for (const colorScheme of ["light", "dark"] as const) {
        const { page, complaints, requests } = await openFile(browser, file, { width, colorScheme });
        expect(complaints).to.deep.equal([]);
        expect(requests).to.deep.equal([]);
        // nothing is wider than the window
        expect(await page.evaluate("document.documentElement.scrollWidth")).to.equal(width);
        const shot = path.join(folder, `${name}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: shot, fullPage: true });
        expect((await stat(shot)).size).to.be.greaterThan(20_000);
        await page.close();
      }
    }
  }

  it("shows a cascade, and steps through its run", async () => {
    const result = await spiral(theFork());
    const file = await written("cascade", result);
    await isFine("cascade", file);
    const { page, complaints } = await openFile(browser, file, { width: 1_280 });
    if (result.kind !== "violation") throw new Error(`expected a violation, not "${result.kind}"`);
    const frames = result.finding.timeline?.frames ?? [];
    const player = page.locator("[data-player]");
    const title = player.locator('[data-part="title"]');
    const where = player.locator('[data-part="where"]');
    const cursor = page.locator("svg[data-chart] .cursor").first();
    // it begins where it broke
    expect(await where.textContent()).to.equal(`block 7 · ${frames.length} of ${frames.length}`);
    expect(await title.textContent()).to.include("swapExactTokensForTokens");
    const atEnd = Number(await cursor.getAttribute("x1"));
    await player.locator('[data-go="back"]').click();
    expect(await where.textContent()).to.equal(`block 6 · ${frames.length - 1} of ${frames.length}`);
    expect(await title.textContent()).to.match(/^11 {2}liquidator Aave\.liquidationCall/);
    expect(Number(await cursor.getAttribute("x1"))).to.be.lessThan(atEnd);
    expect(await player.locator(".calls li").first().textContent()).to.match(
      /^Aave\.liquidationCall\(WETH, USDC, alice/,
    );
    // who had what then, and what the call changed
    expect(await player.locator('[data-part="values"] tr.changed').count()).to.be.greaterThan(2);
    await player.locator('[data-go="block-back"]').click();
    expect(await where.textContent()).to.match(/^block 5 /);
    await page.keyboard.press("ArrowLeft");
    expect(await title.textContent()).to.match(/^9 {2}liquidator/);
    await player.locator("input").fill("0");
    expect(await title.textContent()).to.equal("The start");
    expect(await player.locator('[data-go="back"]').isDisabled()).to.equal(true);
    // a chart leads to its moment
    await page
      .locator("svg[data-chart]")
      .first()
      .click({ position: { x: 200, y: 60 } });
    expect(await where.textContent()).not.to.match(/ · 1 of /);
    expect(complaints).to.deep.equal([]);
    await page.close();
  });

  it("shows how losses spread", async () => {
    const file = await written("contagion", await contagion(theFork()));
    await isFine("contagion", file);
    const { page } = await openFile(browser, file, { width: 390 });
    expect(await page.locator(".path li").allTextContents()).to.have.length(2);
    await page.close();
  });

  it("shows a pass", async () => {
    const file = await written("passing", await passing(theFork()));
    await isFine("passing", file);
    const { page } = await openFile(browser, file, { width: 1_280 });
    expect(await page.locator("h1").textContent()).to.equal("CoupledVaultFixed survived");
    expect(await page.locator("table").first().textContent()).to.include("Healthy()");
    await page.close();
  });

  it("prints, and tells the story without scripts", async () => {
    const file = await written("printed", await contagion(theFork()));
    const { page } = await openFile(browser, file, { width: 1_280 });
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).to.equal("%PDF-");
    if (process.env.SHOTS !== undefined) await writeFile(path.join(folder, "printed.pdf"), pdf);
    await page.close();
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(`file://${file}`);
    expect(await plain.locator("h1").textContent()).to.equal("Compound did not survive");
    expect(await plain.locator("svg[data-chart]").count()).to.be.greaterThan(1);
    await context.close();
  });

  it("shows the symbol of a token as text, whatever it is", async () => {
    const fork = theFork();
    const { siege, provider } = fork.connection;
    const vault = await deployInflatableVault(fork, "flawed");
    const short = `${stringToHex(SYMBOL, { size: 31 })}${(2 * SYMBOL.length).toString(16)}` as const;
    await provider.request({ method: "hardhat_setStorageAt", params: [vault.address, SYMBOL_SLOT, short] });
    const result = await siege.run(vault, siege.scenario(firstDeposit(fork, vault)));
    const file = await written("symbol", result);
    await isFine("symbol", file);
    const { page } = await openFile(browser, file, { width: 1_280 });
    expect(await page.locator("body").textContent()).to.include(SYMBOL);
    expect(await page.locator("img").count()).to.equal(0);
    await page.close();
    // and every other text, of which some come from files
    const all = await written("hostile", withHostileTexts(result) as CampaignResult);
    await isFine("hostile", all);
    const hostile = await openFile(browser, all, { width: 1_280 });
    expect(await hostile.page.title()).not.to.equal("hacked");
    expect(await hostile.page.locator("img, iframe, object, embed, form, a[href^=javascript]").count()).to.equal(0);
    await hostile.page.locator('[data-go="back"]').click();
    expect(hostile.complaints).to.deep.equal([]);
    await hostile.page.close();
  });
});
