// The rooms of src/, from the ground up. A room may import those below it and, where a row has several, its neighbours in
// that row; never one above it. Types count as imports: a type that is borrowed from above is a room in the wrong place.
// The order is that of docs and of the folders themselves; `errors` and `options` stand below all of them.
const ROOMS = [
  ["quantity", "numeric"],
  ["protocols", "oracles"],
  ["view"],
  ["target", "market", "order-flow"],
  ["agents", "conditions"],
  ["scenario"],
  ["engine"],
  ["risk", "training", "distribute"],
  ["report"],
  ["plugin"],
  ["hooks", "tasks", "matchers"],
];

/** Packages that only the edge may load. */
const HARDHAT = "hardhat|chai|@nomicfoundation";

/** What may load Hardhat. */
const EDGE = "hooks|tasks|matchers|plugin";

/** What package.json exports, and what runs in a process or thread of its own. */
const ENTRIES =
  "^src/(index|types|type-extensions|plugin/play-child|distribute/lifeline-thread|(scenario|market|agents|protocols|conditions|oracles|order-flow|risk|training|report)/index)\\.ts$";

/** For each row: nothing in it imports a room of a row above it. */
const upwards = ROOMS.slice(0, -1).map((row, index) => ({
  name: `not-up-from-${row.join("-")}`,
  comment: `${row.join(", ")}: imports only its own row and the rows below it.`,
  severity: "error",
  from: { path: `^src/(${row.join("|")})/` },
  to: {
    path: `^src/(${ROOMS.slice(index + 1)
      .flat()
      .join("|")})/`,
  },
}));

module.exports = {
  forbidden: [
    {
      name: "no-circular",
      comment: "No circles, types included: two files that need each other are one file, or a third is missing.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-dead-files",
      comment: "Everything is reached from what package.json exports.",
      severity: "error",
      from: { path: ENTRIES },
      to: { path: "^src/", pathNot: ENTRIES, reachable: false },
    },
    ...upwards,
    {
      name: "not-up-to-the-index",
      comment:
        "What users import is made of the rooms; no room is made of it. `siege` is the interface that plugin implements.",
      severity: "error",
      from: { path: "^src/[^/]+/" },
      to: { path: "^src/(index|types|type-extensions)\\.ts$" },
    },
    {
      name: "not-siege-below-plugin",
      comment: "The interface of `connection.siege` is known to the edge alone.",
      severity: "error",
      from: { path: "^src/", pathNot: `^src/(${EDGE})/|^src/[^/]+\\.ts$` },
      to: { path: "^src/siege\\.ts$" },
    },
    {
      name: "errors-and-options-below-all",
      comment:
        "Every room throws errors and checks options, so these two know none of them; what makes a text printable is a plain " +
        "function of it.",
      severity: "error",
      from: { path: "^src/(errors|options)\\.ts$" },
      to: { path: "^src/", pathNot: "^src/(errors|quantity/legible)\\.ts$" },
    },
    {
      name: "quantity-imports-nothing",
      comment:
        "Amounts, shares and addresses are plain values: their functions know nothing of this project, errors included.",
      severity: "error",
      from: { path: "^src/quantity/" },
      to: { path: "^src/(?!quantity/)" },
    },
    {
      name: "agents-ask-for-roles",
      comment: "Agents, conditions and presets work with every protocol that plays a role, a user's own included.",
      severity: "error",
      from: { path: "^src/(agents|conditions|view|scenario)/", pathNot: "^src/scenario/presets/market\\.ts$" },
      to: { path: "^src/protocols/(?!roles/)[^/]+/" },
    },
    {
      name: "protocols-know-no-oracles",
      comment:
        "An oracle is a protocol that publishes, and not the other way round. Only the entry still exports chainlink and " +
        "sequencerUptime, for projects that import them from there.",
      severity: "error",
      from: { path: "^src/protocols/", pathNot: "^src/protocols/index\\.ts$" },
      to: { path: "^src/oracles/" },
    },
    {
      name: "not-hardhat-below-plugin",
      comment:
        "Only the edge (hooks, tasks, matchers, plugin, index.ts) loads Hardhat or chai. What lies below can be played by a " +
        "script, another runner or another process. Types are free.",
      severity: "error",
      from: { path: "^src/", pathNot: `^src/(${EDGE})/|^src/index\\.ts$` },
      to: {
        path: "node_modules/(hardhat|chai|@nomicfoundation)/|^(hardhat|chai|@nomicfoundation)(/|$)",
        dependencyTypesNot: ["type-only"],
      },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    includeOnly: `^src/|(^|node_modules/)(${HARDHAT})(/|$)`,
    doNotFollow: "node_modules",
    // Hardhat names its modules in the exports of its package.json
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
  },
};
