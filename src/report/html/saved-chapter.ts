import type { Reproduction } from "../../engine/reproduction/reproduction.js";
import type { Chapter } from "./chapter.js";

import { parameterLines } from "../parameters.js";

import { definitions } from "./campaign.js";
import { findingFacts } from "./facts.js";
import { section } from "./section.js";
import { storyOf } from "./story.js";

/**
 * A finding that was saved, as its file has it.
 *
 * @param prefix - of its anchors
 * @param file - where it is, relative to the project's root
 */
export function savedChapter(reproduction: Reproduction, prefix: string, file?: string): Chapter {
  const { target, scenario, seed, run, forkBlock, status, parameters } = reproduction;
  const subject = { target: target.name, scenario, seed, blocks: undefined };
  const finding = { ...reproduction.finding, reproduction: file };
  const lines = parameterLines(parameters);
  return {
    prefix,
    tone: "is-bad",
    badge: status === "minimal" ? "saved reproduction" : "saved, not minimal yet",
    headline: `${target.name} did not survive`,
    subject,
    story: storyOf(finding, subject),
    findings: [finding],
    facts: [
      ...findingFacts(finding, undefined),
      { name: "found with", value: `seed ${seed}`, more: `run ${run}, block ${forkBlock}` },
    ],
    links: undefined,
    rest:
      lines.length === 0
        ? undefined
        : section(
            `${prefix}parameters`,
            "Parameters",
            "What the campaign set, which is part of the saved state.",
            definitions(lines.map((line) => ({ label: "", text: line.trim() }))),
          ),
  };
}
