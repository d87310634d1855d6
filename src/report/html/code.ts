import type { Finding } from "../../engine/campaign/finding.js";
import type { Content } from "./markup.js";

/** The lines of code that the failure goes through. */
export function codeOf(_finding: Finding, _id: string): Content {
  return undefined;
}
