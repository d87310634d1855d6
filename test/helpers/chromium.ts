import type { Browser, Page } from "playwright-core";

import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

/** The browser's executable, if this machine has one: Debian's package is called chromium. */
export function chromiumPath(): string | undefined {
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      // another name
    }
  }
  return undefined;
}

/** A page in a browser, with all that it should not do. */
export interface OpenedPage {
  readonly page: Page;
  /** Messages on the console, errors of scripts, and what the policy refused. */
  readonly complaints: readonly string[];
  /** What it asked for besides itself. */
  readonly requests: readonly string[];
}

export async function openBrowser(executablePath: string): Promise<Browser> {
  // a container's root has no sandbox
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

/** Opens a file as a reader would. @param width - of the window, pixels */
export async function openFile(
  browser: Browser,
  file: string,
  { width, colorScheme = "light" }: { readonly width: number; readonly colorScheme?: "light" | "dark" },
): Promise<OpenedPage> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const complaints: string[] = [];
  const requests: string[] = [];
  const url = pathToFileURL(file).href;
  page.on("console", (message) => void complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => void complaints.push(error.message));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== url) requests.push(request.url());
  });
  await page.goto(url);
  return { page, complaints, requests };
}
