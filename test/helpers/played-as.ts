import type { PlayedRole, Role } from "../../src/protocols/roles/role.js";

/** What agents see of a protocol that plays a role. Throws if it does not. */
export function playedAs<T, View>(
  { roles = [] }: { readonly roles?: readonly PlayedRole<View>[] },
  role: Role<T>,
  view: View,
): T {
  const played = roles.find((one) => one.role === role);
  if (played === undefined) throw new Error(`it is no ${role.name}`);
  // made by `plays`, which compared the two
  return played.play(view) as T;
}
