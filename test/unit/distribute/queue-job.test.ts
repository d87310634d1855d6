import { expect } from "chai";

import { jobId, jobsOf, queueJobSchema } from "../../../src/distribute/queue-job.js";

const ORIGIN = { release: "0.1.0", commit: "a".repeat(40), network: "default", day: "2026-03-01", explain: true };
const SHARED = {
  version: 1,
  file: "siege/crash.scenario.ts",
  seed: 1,
  runs: 10_000,
  findings: 1,
  executor: "batched",
} as const;

describe("the jobs of a campaign in a queue", () => {
  it("are one for each strand, up to the most", () => {
    expect(jobsOf(ORIGIN, { ...SHARED, runs: 500 })).to.have.lengthOf(8);
    const jobs = jobsOf(ORIGIN, SHARED);
    expect(jobs.map(({ job }) => job.shard.index)).to.deep.equal(Array.from({ length: 64 }, (_, at) => at + 1));
    expect(jobs.every((job) => queueJobSchema.safeParse(job).success)).to.equal(true);
  });

  it("have ids that tell any two of them apart, and the same one the second time", () => {
    const jobs = [
      ...jobsOf(ORIGIN, SHARED),
      ...jobsOf({ ...ORIGIN, commit: "b".repeat(40) }, SHARED),
      ...jobsOf(ORIGIN, { ...SHARED, seed: 2 }),
    ];
    expect(new Set(jobs.map(jobId))).to.have.property("size", jobs.length);
    expect(jobsOf(ORIGIN, SHARED).map(jobId)).to.deep.equal(jobs.slice(0, 64).map(jobId));
  });

  const [job] = jobsOf(ORIGIN, SHARED);
  for (const [what, data] of [
    ["a field more", { ...job, command: "id" }],
    ["another version", { ...job, version: 2 }],
    ["no commit", { ...job, commit: "main" }],
    ["a snapshot that is a path", { ...job, snapshot: "../fork.json.gz" }],
    ["a shard that there is not", { ...job, job: { ...job!.job, shard: { index: 3, count: 2 } } }],
    ...["/etc/x.scenario.ts", "../x.scenario.ts", "a/../../x.scenario.ts", "hardhat.config.ts", "x.scenario.sh"].map(
      (file) => [`the file ${file}`, { ...job, job: { ...job!.job, file } }] as const,
    ),
  ] as const) {
    it(`are none with ${what}`, () => {
      expect(queueJobSchema.safeParse(data).success).to.equal(false);
    });
  }
});
