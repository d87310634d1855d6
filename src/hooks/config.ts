import type { ConfigHooks } from "hardhat/types/hooks";

import { validateUserConfigZodType } from "@nomicfoundation/hardhat-zod-utils";

import { resolveConfig, userConfigSchema } from "../plugin/config.js";

export default async (): Promise<Partial<ConfigHooks>> => {
  const handlers: Partial<ConfigHooks> = {
    async validateUserConfig(config) {
      return validateUserConfigZodType(config, userConfigSchema);
    },

    async resolveUserConfig(userConfig, resolveConfigurationVariable, next) {
      const resolved = await next(userConfig, resolveConfigurationVariable);
      return { ...resolved, siege: resolveConfig(userConfig.siege) };
    },
  };

  return handlers;
};
