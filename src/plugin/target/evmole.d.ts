// The package's own types are not among its exports for Node.
declare module "evmole" {
  export { contractInfo } from "evmole/dist/evmole.js";
}
