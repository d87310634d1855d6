import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { ERROR_POLICIES } from "../../../src/errors.js";
import { codeBlocks, examplePages, pages, ROOT, sectionOf, textOf } from "../../helpers/documentation.js";
import { typeErrorsOf } from "../../helpers/type-check.js";

describe("the documentation", () => {
  it("has a README of at most 800 words", () => {
    // as wc -w counts them
    expect(textOf("README.md").split(/\s+/).filter(Boolean)).to.have.lengthOf.at.most(800);
  });

  describe("in TypeScript", () => {
    const wrong = new Map([
      ["unknown option", 'import { shock } from "hardhat-siege/market";\nshock({ depth: 1 });'],
      ["unknown export", 'import { nothing } from "hardhat-siege/agents";\nnothing();'],
    ]);
    const examples = new Map(
      pages().flatMap((page) =>
        codeBlocks(textOf(page))
          .filter(({ language }) => language === "ts")
          .map(({ line, text }) => [`${page} line ${line}`, text] as const),
      ),
    );
    /** Scenario files of a page, where its tests import them from. */
    const scenarioFiles = new Map(
      [...examples.values()].flatMap((text) => {
        const [, file] = /^\/\/ (siege\/\S+)\.ts\n/.exec(text) ?? [];
        return file === undefined ? [] : [[file, text] as const];
      }),
    );
    let errors: readonly string[];

    before(() => {
      // one program for all of them: most of the time goes into the sources that they import
      errors = typeErrorsOf(new Map([...examples, ...scenarioFiles, ...wrong]));
    }).timeout(300_000);

    const isOfWrong = (error: string): boolean => [...wrong.keys()].some((name) => error.startsWith(name));

    it("compiles", () => {
      expect(examples).to.have.property("size").that.is.at.least(20);
      expect(errors.filter((error) => !isOfWrong(error))).to.deep.equal([]);
    });

    it("would not compile with an option or an export that does not exist", () => {
      const text = errors.filter(isOfWrong).join("\n");
      expect(text).to.match(/unknown option:2: .*depth/);
      expect(text).to.match(/unknown export:1: .*nothing/);
    });
  });

  it("has links that lead somewhere, also in the package", () => {
    const { files } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { files: string[] };
    const isShipped = (file: string): boolean =>
      files.some((shipped) => (shipped.endsWith("/") ? file.startsWith(shipped) : file === shipped));
    const dead = [...pages(), ...examplePages(), "CHANGELOG.md"].flatMap((page) =>
      linksOf(page)
        .filter(({ file, anchor }) => {
          // a page that stays in the repository may lead to what does
          const leadsSomewhere = existsSync(path.join(ROOT, file)) && (isShipped(file) || !isShipped(page));
          return !leadsSomewhere || (anchor !== undefined && !anchorsOf(file).includes(anchor));
        })
        .map(({ link }) => `${page}: ${link}`),
    );
    expect(dead).to.deep.equal([]);
  });

  it("says of every error code what to do", () => {
    const documented = [...sectionOf("docs/command-line.md", "Errors").matchAll(/^\| `(\w+)`/gm)].map(
      ([, code]) => code,
    );
    expect(documented).to.have.members(Object.keys(ERROR_POLICIES));
  });
});

interface Link {
  readonly link: string;
  /** Relative to the root. */
  readonly file: string;
  readonly anchor: string | undefined;
}

/** The links of a page to others, or within itself. */
function linksOf(page: string): readonly Link[] {
  return [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link!)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [target = "", anchor] = link.split("#");
      return { link, file: target === "" ? page : path.posix.join(path.posix.dirname(page), target), anchor };
    });
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): readonly string[] {
  if (!page.endsWith(".md")) return [];
  return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}
