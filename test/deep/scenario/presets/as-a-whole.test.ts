import "../../whole.js";
import "../../../campaigns/scenario/presets/ready.test.js";
