import type { Reporter } from "./reporter.js";

/**
 * Where a report goes that is given no file: printed in place of the reports of the terminal; printed beside them; or to a file of
 * its own, relative to the working directory or, in a config, to the project's root.
 */
type Place = "printed" | "beside" | { readonly file: string };

/** The name of a reporter: what comes before `=` in `--reporter`. */
export type ReporterName = "audit" | "github" | "html" | "json" | "junit" | "markdown" | "sarif";

interface Known {
  readonly place: Place;
  readonly load: () => Promise<Reporter>;
}

/** Every reporter by its name; each is loaded when it is used. */
const REPORTERS: Readonly<Record<ReporterName, Known>> = {
  audit: { place: "printed", load: async () => (await import("./audit.js")).audit },
  github: { place: "beside", load: async () => (await import("./github.js")).github },
  html: { place: { file: "siege.html" }, load: async () => (await import("./html.js")).html },
  json: { place: "printed", load: async () => (await import("./json.js")).json },
  junit: { place: "printed", load: async () => (await import("./junit.js")).junit },
  markdown: { place: "printed", load: async () => (await import("./markdown.js")).markdown },
  sarif: { place: "printed", load: async () => (await import("./sarif.js")).sarif },
};

/** All names, as hints list them. */
// the keys of a record are its keys
export const REPORTER_NAMES: readonly ReporterName[] = Object.keys(REPORTERS) as ReporterName[];

/** The reporter of a name. */
export function reporterOf(name: ReporterName): Promise<Reporter> {
  return REPORTERS[name].load();
}

/** Where it goes without a file. */
export function placeOf(name: ReporterName): Place {
  return REPORTERS[name].place;
}

/** Whether there is a reporter of that name. */
export function isReporterName(name: string): name is ReporterName {
  return Object.hasOwn(REPORTERS, name);
}
