/** The targets that nothing was tuned to, see README.md. */
export const SET_ASIDE: readonly string[] = [
  "card-settlement",
  "collateral-auction",
  "deed-auction",
  "emission-gauges",
  "flash-liquidation",
  "grants-dao",
  "notice-vault",
  "option-desk",
  "safety-staking",
  "tax-pool",
  "term-deposits",
  "twap-credit",
];
