import type { ConfigHooks } from "hardhat/types/hooks";

import { validateUserConfigZodType } from "@nomicfoundation/hardhat-zod-utils";

import { resolveConfig, userConfigSchema } from "../plugin/config.js";
import { faultyNetworks, withSnapshots } from "../plugin/snapshots/snapshot-networks.js";

export default async (): Promise<Partial<ConfigHooks>> => {
  const handlers: Partial<ConfigHooks> = {
    async validateUserConfig(config) {
      return validateUserConfigZodType(config, userConfigSchema);
    },

    async resolveUserConfig(userConfig, resolveConfigurationVariable, next) {
      const resolved = await next(userConfig, resolveConfigurationVariable);
      const siege = resolveConfig(userConfig.siege);
      return withSnapshots({ ...resolved, siege }, siege);
    },

    async validateResolvedConfig(config) {
      return faultyNetworks(config).map(([name, message]) => ({ path: ["siege", "snapshots", name], message }));
    },
  };

  return handlers;
};
