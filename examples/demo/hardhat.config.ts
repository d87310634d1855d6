import { defineConfig } from "hardhat/config";

// a project of your own imports it from "hardhat-siege"
import siege from "../../src/index.js";

/** The config that the replay runs with: no fork, no contracts, nothing of what the campaigns had. */
export default defineConfig({ plugins: [siege] });
