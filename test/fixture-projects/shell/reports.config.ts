import config from "./hardhat.config.js";

/** The same project, whose tests leave the reports that REPORTS names. */
export default {
  ...config,
  test: { mocha: { parallel: process.env.PARALLEL === "true" } },
  siege: {
    runs: 5,
    reproductions: process.env.REPRODUCTIONS,
    reports: (process.env.REPORTS ?? "").split(",").filter((report) => report !== ""),
  },
};
