import "../whole.js";
import "../../integration/conditions/gifts.test.js";
import "../../campaigns/conditions/people.test.js";
import "../../integration/conditions/reserving-vault.test.js";
import "../../integration/conditions/waiting.test.js";
