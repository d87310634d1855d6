export const scenario = "there is no default export";
