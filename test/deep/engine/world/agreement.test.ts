import { executorsAgree } from "../../../helpers/executors-agree.js";

/** Genomes a fixture and variant. */
const MANY = 20;

describe("the batched executor agrees with the faithful one", () => {
  executorsAgree(MANY);
});
