import { FIXTURE_NAMES } from "./measures.js";
import { forgeThroughput, forgeTimeToViolation, prepareForge } from "./forge.js";
await prepareForge();
for (const f of FIXTURE_NAMES) for (let s = 1; s <= 3; s++) console.log(f, s, JSON.stringify(await forgeTimeToViolation(f, s)));
for (const w of ["counter","swap","aave"] as const) for (const workers of [1,2]) console.log(w, workers, await forgeThroughput(w, { workers, samples: 2 }));
