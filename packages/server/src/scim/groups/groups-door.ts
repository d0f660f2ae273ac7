import {
  changeProvisionedTeam,
  findProvisionedTeam,
  provisionTeam,
  removeProvisionedTeam,
  type TeamSaid,
} from "@tabard/control"
import type { JsonObject } from "@tabard/core"
import { Hono } from "hono"
import type { ApiServices } from "../../api/services.ts"
import { assertRecorded } from "../assert-recorded.ts"
import { SOUGHT_GROUP } from "../filter/assert-filter.ts"
import { askedInBody, readListQuery } from "../list-query.ts"
import { groupResource } from "../resources/group-resource.ts"
import { isWanted, project, readProjection } from "../resources/project-resource.ts"
import { memberIn, neededTextIn } from "../said/said-values.ts"
import { teamSaid, teamSaidInPatch } from "../said/team-said.ts"
import { scimBody } from "../scim-body.ts"
import { type ScimRequest, scimRequest } from "../scim-deps.ts"
import { scimJson } from "../scim-json.ts"
import { listGroups, membersShown } from "./list-groups.ts"

/** Teams that SCIM keeps, as a directory sees and changes them. */
export function groupsDoor(services: ApiServices): Hono {
  const door = new Hono()
  reads(door, services)

  door.post("/", async ({ req }) => {
    const asked = await scimRequest(services, req.raw)
    const said = wholeSaid(await scimBody(req.raw))
    await assertRecorded(services.record)
    const id = await provisionTeam(asked.deps, asked.by, said)
    return scimJson(await shown(asked, id, req.query()), 201, { location: `${asked.base}/Groups/${id}` })
  })

  door.put("/:id", async ({ req }) => {
    const asked = await scimRequest(services, req.raw)
    const said = wholeSaid(await scimBody(req.raw))
    await assertRecorded(services.record)
    await changeProvisionedTeam(asked.deps, asked.by, req.param("id"), said)
    return scimJson(await shown(asked, req.param("id"), req.query()))
  })

  door.patch("/:id", async ({ req }) => {
    const asked = await scimRequest(services, req.raw)
    const said = teamSaidInPatch(await scimBody(req.raw))
    await assertRecorded(services.record)
    await changeProvisionedTeam(asked.deps, asked.by, req.param("id"), said)
    // Who adds one person does not want to hear of ten thousand: a body is answered to who asks for one (RFC 7644 §3.5.2).
    if (req.query("attributes") === undefined) return new Response(null, { status: 204 })
    return scimJson(await shown(asked, req.param("id"), req.query()))
  })

  door.delete("/:id", async ({ req }) => {
    const { deps, by } = await scimRequest(services, req.raw)
    await removeProvisionedTeam(deps, by, req.param("id"))
    return new Response(null, { status: 204 })
  })
  return door
}

function reads(door: Hono, services: ApiServices): void {
  door.get("/", async ({ req }) => {
    const { snapshot, base } = await scimRequest(services, req.raw)
    const query = readListQuery(req.query(), SOUGHT_GROUP)
    return scimJson(await snapshot((tx) => listGroups(tx, query, base)))
  })

  door.post("/.search", async ({ req }) => {
    const { snapshot, base } = await scimRequest(services, req.raw)
    const query = readListQuery(askedInBody(await scimBody(req.raw)), SOUGHT_GROUP)
    return scimJson(await snapshot((tx) => listGroups(tx, query, base)))
  })

  door.get("/:id", async ({ req }) => {
    const asked = await scimRequest(services, req.raw)
    return scimJson(await shown(asked, req.param("id"), req.query()))
  })
}

function shown(
  { snapshot, base }: ScimRequest,
  id: string,
  { attributes, excludedAttributes }: Readonly<Record<string, string>>,
): Promise<JsonObject> {
  const projection = readProjection(attributes, excludedAttributes)
  return snapshot(async (tx) => {
    const team = await findProvisionedTeam(tx.teams, id)
    const members = isWanted(projection, "members") ? await membersShown(tx, team) : undefined
    return project(groupResource(team, members, base), projection)
  })
}

/** A whole resource says at least what the group is called (RFC 7643 §4.2). */
function wholeSaid(resource: object): TeamSaid {
  neededTextIn("displayName", memberIn(resource, "displayName"))
  return teamSaid(resource)
}
