import { spawnSync } from "node:child_process";
import path from "node:path";

import { expect } from "chai";

import { ROOT } from "../../../helpers/documentation.js";

/** A process in which no package of figures is installed; it prints how a script ends. */
function withoutECharts(script: string): string {
  const hook = `import { registerHooks } from "node:module";
registerHooks({
  resolve(specifier, context, next) {
    if (!/^(echarts|zrender)(\\/|$)/.test(specifier)) return next(specifier, context);
    throw Object.assign(new Error("Cannot find package " + specifier), { code: "ERR_MODULE_NOT_FOUND" });
  },
});`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...["--import", "tsx/esm", "--import", `data:text/javascript,${encodeURIComponent(hook)}`],
      ...["--input-type=module", "--eval", script],
    ],
    { cwd: ROOT, encoding: "utf8" },
  );
  return `${stdout}${stderr}`;
}

describe("without echarts", () => {
  const report = JSON.stringify(path.join(ROOT, "src/report/index.ts"));

  it("reports work, and figures say what to install", () => {
    const map = {
      ...{ kind: "threshold map", along: [{ name: "ltv", range: [0, 1] }], target: "Vault", scenario: "crash" },
      ...{ seed: 1, runs: 5, points: [{ values: { ltv: 0 }, end: "broke", runs: 1 }], edges: [], outcome: "all broke" },
    };
    const script = `
const { mapFigures, renderMap } = await import(${report});
console.log(typeof renderMap);
await mapFigures(${JSON.stringify(map)}).catch((error) => console.log(error.code, error.hint));`;
    expect(withoutECharts(script)).to.equal(
      "function\nFIGURES_UNAVAILABLE Install it: npm install --save-dev echarts@6.\n",
    );
  });
});
