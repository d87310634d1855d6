import js from "@eslint/js";
import perfectionist from "eslint-plugin-perfectionist";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  globalIgnores([
    "dist/",
    "api/",
    ".demo/",
    "siege/",
    "coverage/",
    "**/artifacts/",
    "**/cache/",
    "**/node_modules/",
    "src/**/*-bytecode.ts",
    // projects of their own, which their packages type; the deep tests check them where they are installed
    "examples/!(demo|post-mortems)/",
    // each target is as its author left it
    "bench/targets/*/",
    "bench/targets/hardhat.config.ts",
  ]),
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { perfectionist },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      // types first; then what comes from Node, from packages, from other rooms, from this one
      "perfectionist/sort-imports": [
        "error",
        {
          groups: [
            ["type-builtin", "type-external"],
            ["type-parent", "type-sibling", "type-index"],
            "value-builtin",
            "value-external",
            "value-parent",
            ["value-sibling", "value-index"],
            "side-effect",
            "unknown",
          ],
          newlinesBetween: 1,
        },
      ],
      "perfectionist/sort-named-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      // numbers and bigints in a message read as they are; anything else still has to be formatted by hand
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // `_block` says that a parameter exists and is not needed
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // an async function that awaits nothing yet still has to reject instead of throwing
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/engine/events/draw.ts"],
    rules: {
      "no-restricted-imports": ["error", { name: "fast-check", message: "Draw with src/engine/events/draw.ts." }],
    },
  },
  {
    files: ["test/**/*.ts", "examples/**/*.ts"],
    rules: {
      // chai's assertions are properties
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/explicit-module-boundary-types": "off",
      // a test says what must be there; if it is not, the test fails, as it should
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["**/*.js", "**/*.mjs", "**/*.cjs"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
);
