import {
  changeProvisionedTeam,
  findProvisionedTeam,
  provisionTeam,
  removeProvisionedTeam,
  type TeamSaid,
} from "@tabard/control"
import type { Hono } from "hono"
import type { ApiServices } from "../../api/services.ts"
import { assertRecorded } from "../assert-recorded.ts"
import { SOUGHT_GROUP } from "../filter/assert-filter.ts"
import { type ResourceKind, resourceDoor, shownResource } from "../resource-door.ts"
import { groupResource } from "../resources/group-resource.ts"
import { isWanted, project } from "../resources/project-resource.ts"
import { memberIn, neededTextIn } from "../said/said-values.ts"
import { teamSaid, teamSaidInPatch } from "../said/team-said.ts"
import { scimBody } from "../scim-body.ts"
import { scimRequest } from "../scim-deps.ts"
import { scimJson } from "../scim-json.ts"
import { listGroups, membersShown } from "./list-groups.ts"

const GROUPS: ResourceKind<TeamSaid> = {
  endpoint: "Groups",
  sought: SOUGHT_GROUP,
  list: listGroups,
  async show(tx, id, { base, projection }) {
    const team = await findProvisionedTeam(tx.teams, id)
    const members = isWanted(projection, "members") ? await membersShown(tx, team) : undefined
    return project(groupResource(team, members, base), projection)
  },
  /** A whole resource says at least what the group is called (RFC 7643 §4.2). */
  read(body) {
    neededTextIn("displayName", memberIn(body, "displayName"))
    return teamSaid(body)
  },
  provision: ({ deps, by }, said) => provisionTeam(deps, by, said),
  remove: ({ deps, by }, id) => removeProvisionedTeam(deps, by, id),
}

/** Teams that SCIM keeps, as a directory sees and changes them. */
export function groupsDoor(services: ApiServices): Hono {
  const door = resourceDoor(services, GROUPS)
  door.put("/:id", async ({ req }) => {
    const asked = await scimRequest(services, req.raw)
    const said = GROUPS.read(await scimBody(req.raw))
    await assertRecorded(services.record)
    await changeProvisionedTeam(asked.deps, asked.by, req.param("id"), said)
    return scimJson(await shownResource(GROUPS, asked, req.param("id"), req.query()))
  })

  door.patch("/:id", async ({ req }) => {
    const asked = await scimRequest(services, req.raw)
    const said = teamSaidInPatch(await scimBody(req.raw))
    await assertRecorded(services.record)
    await changeProvisionedTeam(asked.deps, asked.by, req.param("id"), said)
    // Who adds one person does not want to hear of ten thousand: a body is answered to who asks for one (RFC 7644 §3.5.2).
    if (req.query("attributes") === undefined) return new Response(null, { status: 204 })
    return scimJson(await shownResource(GROUPS, asked, req.param("id"), req.query()))
  })
  return door
}
