import { expect } from "chai";

import { boxScenario } from "../../fixture-projects/shell/siege/box-scenario.js";
import { failsWith } from "../../helpers/errors.js";
import { shellEnvironment } from "../../helpers/shell-project.js";

describe("an option progress that throws", () => {
  it("is an error with a code, of campaigns and estimates, and leaves the connection as it was", async () => {
    const connection = await (await shellEnvironment()).network.create();
    const { target, scenario } = await boxScenario("CappedBox")(connection);
    const latest = (): Promise<unknown> =>
      connection.provider.request({ method: "eth_getBlockByNumber", params: ["latest", false] });
    const before = await latest();
    const progress = (): never => {
      throw new TypeError("no such bar");
    };
    const { siege } = connection;
    for (const play of [
      () => siege.run(target, scenario, { runs: 3, progress }),
      () => siege.ruin(target, scenario, { paths: 3, progress }),
    ]) {
      const { summary, cause } = await failsWith("PROGRESS_FAILED", play);
      expect(summary).to.include("no such bar");
      expect(cause).to.be.instanceOf(TypeError);
      expect(await latest()).to.deep.equal(before);
    }
    await connection.close();
  });
});
