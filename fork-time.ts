import { createSiegeFork } from "./test/helpers/siege-fork.js";
import { miniMainnetSource } from "./test/mini-mainnet/fork-source.js";
import { fixtureArtifact } from "./test/fixtures/artifact.js";
import { probed } from "./test/helpers/probed.js";
import { attacker } from "./src/agents/index.js";
let t=performance.now(); const lap=(s:string)=>{const n=performance.now(); console.log(s,(n-t).toFixed(0)); t=n;};
const source=await miniMainnetSource(); lap("source");
for(let i=0;i<3;i++){const f=await createSiegeFork(source); lap("fork"); await f.close(); lap("close");}
await source.close(); lap("closed");
await fixtureArtifact("OpenTill"); lap("artifact");
await fixtureArtifact("OpenTillFixed"); lap("artifact");
for(let i=0;i<2;i++){ const on=await probed("Babel",[attacker()]); lap("probed"); await on.close(); lap("close");}
