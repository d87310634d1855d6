import "../../whole.js";
import "../../../integration/scenario/presets/ready.test.js";
