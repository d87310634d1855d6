export { renderMap } from "./map.js";
export { renderSensitivity } from "./sensitivity.js";
export { renderReplay } from "./replay.js";
export { renderRuin } from "./ruin.js";
export { renderFailure, renderIncomplete, renderInconclusive, renderResult, renderSurvived } from "./terminal.js";
export { renderTestFile } from "./typescript-test.js";
export type { ProjectStyle, TestSubject } from "./typescript-test.js";
