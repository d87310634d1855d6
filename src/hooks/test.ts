import type { HookContext, TestHooks } from "hardhat/types/hooks";

/** What tests leave: the reports of the config. Other commands never load this file. */
export default async (): Promise<Partial<TestHooks>> => {
  const handlers: Partial<TestHooks> = {
    async onTestRunStart(context, id, next) {
      await next(context, id);
      const reporting = await reportingOf(context);
      if (reporting === undefined) return;
      const { openJournal } = await import("../plugin/reports/assertion-journal.js");
      await openJournal();
    },

    async onTestRunDone(context, id, next) {
      await next(context, id);
      const { readJournal } = await import("../plugin/reports/assertion-journal.js");
      const entries = await readJournal();
      // a runner without a survival test leaves the reports of another one alone
      if (entries.length === delivered) return;
      const reporting = await reportingOf(context);
      const fresh = entries.slice(delivered);
      delivered = entries.length;
      await reporting?.deliverOrThrow(entries, fresh);
    },
  };

  return handlers;
};

/** How many assertions the reports tell of. */
let delivered = 0;

async function reportingOf({ config }: HookContext) {
  const { TestReporting } = await import("../plugin/reports/test-reporting.js");
  return TestReporting.of(config);
}
