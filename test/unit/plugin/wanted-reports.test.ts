import path from "node:path";

import { expect } from "chai";

import { faultOfReport, isPrintedAlone, readReports } from "../../../src/plugin/reports/wanted-reports.js";
import { failsWith } from "../../helpers/errors.js";

const FOLDER = path.resolve("/project");
const read = (...texts: string[]) => readReports(texts, "The flag --reporter", FOLDER);

describe("the reports that are asked for", () => {
  it("are a reporter each, with the file it writes", () => {
    expect(read("junit=reports/junit.xml", " json = all.json ")).to.deep.equal([
      { name: "junit", file: path.join(FOLDER, "reports/junit.xml") },
      { name: "json", file: path.join(FOLDER, "all.json") },
    ]);
  });

  it("keep what comes after the first =", () => {
    expect(read("json=a=b.json")[0]?.file).to.equal(path.join(FOLDER, "a=b.json"));
  });

  it("are printed in place of the terminal's without a file", () => {
    expect(read("json").map(isPrintedAlone)).to.deep.equal([true]);
    expect(read("json=a.json").map(isPrintedAlone)).to.deep.equal([false]);
  });

  const faults: [texts: string[], said: RegExp][] = [
    [["html5=a"], /there is no reporter "html5"\. Use any of: audit, github, html, json/],
    [[""], /there is no reporter ""/],
    [["junit="], /gives junit no file\. Write it like junit=FILE/],
    [["json", "junit"], /asks for json and junit without a file each/],
    [["json=a", "junit=./a"], /names the file .*a twice/],
    [["__proto__=a"], /there is no reporter/],
  ];
  for (const [texts, said] of faults) {
    it(`are refused if they are ${JSON.stringify(texts)}`, async () => {
      const { message } = await failsWith("INVALID_OPTION", () => read(...texts));
      expect(message).to.match(said);
    });
  }

  it("need a file in the config, where the terminal is that of the test runner", () => {
    expect(faultOfReport("junit=a.xml")).to.equal(undefined);
    expect(faultOfReport("junit")).to.equal('a file, too: "junit=FILE"');
    expect(faultOfReport("nothing=a")).to.match(/^one of the reporters audit, github, html, json/);
    expect(faultOfReport(7)).to.match(/^a reporter and its file/);
  });
});
