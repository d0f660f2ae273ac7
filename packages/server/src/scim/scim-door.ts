// SCIM 2.0 (RFC 7643, RFC 7644): how a directory says who is here.
import { Problem } from "@tabard/core"
import { Hono } from "hono"
import type { ApiServices } from "../api/services.ts"
import { discoveryDoor } from "./discovery/discovery-door.ts"
import { groupsDoor } from "./groups/groups-door.ts"
import { scimRequest } from "./scim-deps.ts"
import { scimError } from "./scim-json.ts"
import { refusalOf, ScimRefusal } from "./scim-refusal.ts"
import { usersDoor } from "./users/users-door.ts"

/** What the protocol names and is not spoken here (RFC 7644 §3.7, §3.11): it is said so, and not that it is nowhere. */
const NOT_SPOKEN = ["/Me", "/Bulk", "/.search"]

/** Where a directory provisions people and teams; every refusal is said as SCIM has it. */
export function scimDoor(services: ApiServices): Hono {
  const door = new Hono()
  door.route("/Users", usersDoor(services))
  door.route("/Groups", groupsDoor(services))
  door.route("/", discoveryDoor(services))
  door.all("*", async ({ req }) => {
    await scimRequest(services, req.raw)
    if (NOT_SPOKEN.some((path) => req.path.endsWith(path)))
      throw new ScimRefusal(501, undefined, "this is not spoken here; ServiceProviderConfig says what is")
    throw new ScimRefusal(404, undefined, "there is no such address in SCIM")
  })
  door.onError((error) => {
    if (!(error instanceof Problem || error instanceof ScimRefusal)) services.onFault(error)
    return scimError(refusalOf(error))
  })
  return door
}
