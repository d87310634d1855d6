import "../whole.js";
import "../../campaigns/conditions/gifts.test.js";
import "../../campaigns/conditions/people.test.js";
import "../../campaigns/conditions/reserving-vault.test.js";
import "../../campaigns/conditions/waiting.test.js";
