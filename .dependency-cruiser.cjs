module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "agents-ask-for-roles",
      comment: "Agents, conditions and presets work with every protocol that plays a role, a user's own included.",
      severity: "error",
      from: { path: "^src/(agents|conditions|view|scenario)/", pathNot: "^src/scenario/presets/market\\.ts$" },
      to: { path: "^src/protocols/(?!roles/)[^/]+/" },
    },
    {
      name: "protocols-know-no-oracles",
      comment: "An oracle is a protocol that publishes, and not the other way round.",
      severity: "error",
      from: { path: "^src/protocols/" },
      to: { path: "^src/oracles/" },
    },
  ],
  options: { tsPreCompilationDeps: true, tsConfig: { fileName: "tsconfig.json" }, includeOnly: "^src" },
};
