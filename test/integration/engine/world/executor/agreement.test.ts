import { executorsAgree } from "../../../../helpers/executors-agree.js";

/** Genomes a fixture and variant; test/deep has more. */
const FEW = 2;

describe("the batched executor agrees with the faithful one", () => {
  executorsAgree(FEW);
});
