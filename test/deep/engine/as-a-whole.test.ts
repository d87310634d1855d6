import "../whole.js";
import "../../integration/engine/campaign/causes.test.js";
import "../../integration/engine/events/own-kind.test.js";
import "../../integration/engine/minimise/policies.test.js";
import "../../integration/engine/run/pauses.test.js";
import "../../integration/engine/search/agreement.test.js";
import "../../integration/engine/search/lanes/lanes.test.js";
import "../../integration/engine/world/executor/receivers.test.js";
