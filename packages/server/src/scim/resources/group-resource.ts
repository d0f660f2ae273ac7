import type { JsonObject, Team, User } from "@tabard/core"
import { GROUP_SCHEMA } from "../schemas.ts"

/** Shows a team that SCIM keeps as RFC 7643 §4.2 has a group; without its members where nobody asked for them. */
export function groupResource(
  { id, name, externalName, createdAt }: Team,
  members: readonly Pick<User, "id" | "name">[] | undefined,
  base: string,
): JsonObject {
  return {
    schemas: [GROUP_SCHEMA],
    id,
    ...(externalName !== null && { externalId: externalName }),
    displayName: name,
    ...(members && {
      members: members.map((member) => ({
        value: member.id,
        $ref: `${base}/Users/${member.id}`,
        display: member.name,
        type: "User",
      })),
    }),
    meta: {
      resourceType: "Group",
      created: createdAt.toISOString(),
      location: `${base}/Groups/${id}`,
    },
  }
}
