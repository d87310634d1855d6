import "../whole.js";
import "../../integration/target/proxies.test.js";
import "../../integration/target/ways-in.test.js";
import "../../integration/target/ways-of-naming.test.js";
