import path from "node:path";

/** Where the mini mainnet keeps reproducible files, in the project's ignored cache. */
export const CACHE: string = path.resolve(import.meta.dirname, "../../cache/mini-mainnet");
