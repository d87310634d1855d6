import "../whole.js";
import "../../campaigns/target/proxies.test.js";
import "../../campaigns/target/ways-in.test.js";
import "../../integration/target/ways-of-naming.test.js";
