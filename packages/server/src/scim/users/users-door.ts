import {
  changeProvisioned,
  findKnown,
  knownPeople,
  provisionPerson,
  removeProvisioned,
} from "@tabard/control"
import type { Hono } from "hono"
import type { ApiServices } from "../../api/services.ts"
import { assertRecorded } from "../assert-recorded.ts"
import { SOUGHT_USER } from "../filter/assert-filter.ts"
import { type ResourceKind, resourceDoor, shownResource } from "../resource-door.ts"
import { project } from "../resources/project-resource.ts"
import { userResource } from "../resources/user-resource.ts"
import { personSaidInPatch } from "../said/person-patch.ts"
import { type DraftPerson, sayOfPerson } from "../said/person-said.ts"
import { memberIn, neededTextIn } from "../said/said-values.ts"
import { scimBody } from "../scim-body.ts"
import { type ScimRequest, scimRequest } from "../scim-deps.ts"
import { scimJson } from "../scim-json.ts"
import { listUsers } from "./list-users.ts"

const USERS: ResourceKind<DraftPerson> = {
  endpoint: "Users",
  sought: SOUGHT_USER,
  list: listUsers,
  async show(tx, id, { base, projection }) {
    const [person] = await knownPeople(tx, [await findKnown(tx.users, id)])
    if (!person) throw new Error("a person who was found is known")
    return project(userResource(person, base), projection)
  },
  /** A whole resource says at least what the person is called where they sign in (RFC 7643 §4.1.1). */
  read(body) {
    const draft: DraftPerson = { userName: neededTextIn("userName", memberIn(body, "userName")) }
    sayOfPerson(draft, body)
    return draft
  },
  provision: ({ deps, by }, said) => provisionPerson(deps, by, said),
  remove: ({ deps, by }, id) => removeProvisioned(deps, by, id),
}

/** People as a directory sees and changes them. */
export function usersDoor(services: ApiServices): Hono {
  const door = resourceDoor(services, USERS)
  door.put("/:id", async ({ req }) => {
    const asked = await scimRequest(services, req.raw)
    const said = USERS.read(await scimBody(req.raw))
    return change(services, asked, { id: req.param("id"), query: req.query(), said })
  })

  door.patch("/:id", async ({ req }) => {
    const asked = await scimRequest(services, req.raw)
    const said = personSaidInPatch(await scimBody(req.raw))
    return change(services, asked, { id: req.param("id"), query: req.query(), said })
  })
  return door
}

interface Change {
  readonly id: string
  readonly query: Readonly<Record<string, string>>
  readonly said: DraftPerson
}

/** Whoever is switched off is so also while the record cannot be kept; whatever gives somebody more waits for it. */
async function change(
  services: ApiServices,
  asked: ScimRequest,
  { id, query, said }: Change,
): Promise<Response> {
  if (said.active !== false) await assertRecorded(services.record)
  await changeProvisioned(asked.deps, asked.by, id, said)
  return scimJson(await shownResource(USERS, asked, id, query))
}
