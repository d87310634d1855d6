import { executorsAgree } from "../../../../helpers/executors-agree.js";

/** Genomes a fixture and variant; test/deep has more. */
const FEW = 2;

for (const executor of ["batched", "solidity"] as const) {
  describe(`the ${executor} executor agrees with the faithful one`, () => {
    executorsAgree(executor, FEW);
  });
}
