import "../whole.js";
import "../../integration/protocols/price-sources/price-sources.test.js";
