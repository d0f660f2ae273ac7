import {
  changeProvisioned,
  findKnown,
  knownPeople,
  provisionPerson,
  removeProvisioned,
} from "@tabard/control"
import type { JsonObject } from "@tabard/core"
import { Hono } from "hono"
import type { ApiServices } from "../../api/services.ts"
import { assertRecorded } from "../assert-recorded.ts"
import { SOUGHT_USER } from "../filter/assert-filter.ts"
import { askedInBody, readListQuery } from "../list-query.ts"
import { project, readProjection } from "../resources/project-resource.ts"
import { userResource } from "../resources/user-resource.ts"
import { personSaidInPatch } from "../said/person-patch.ts"
import { type DraftPerson, sayOfPerson } from "../said/person-said.ts"
import { memberIn, neededTextIn } from "../said/said-values.ts"
import { scimBody } from "../scim-body.ts"
import { type ScimRequest, scimRequest } from "../scim-deps.ts"
import { scimJson } from "../scim-json.ts"
import { listUsers } from "./list-users.ts"

/** People as a directory sees and changes them. */
export function usersDoor(services: ApiServices): Hono {
  const door = new Hono()
  reads(door, services)

  door.post("/", async ({ req }) => {
    const asked = await scimRequest(services, req.raw)
    const said = saidIn(await scimBody(req.raw))
    await assertRecorded(services.record)
    const id = await provisionPerson(asked.deps, asked.by, said)
    return scimJson(await shown(asked, id, req.query()), 201, { location: `${asked.base}/Users/${id}` })
  })

  door.put("/:id", async ({ req }) => {
    const asked = await scimRequest(services, req.raw)
    const said = saidIn(await scimBody(req.raw))
    return change(services, asked, { id: req.param("id"), query: req.query(), said })
  })

  door.patch("/:id", async ({ req }) => {
    const asked = await scimRequest(services, req.raw)
    const said = personSaidInPatch(await scimBody(req.raw))
    return change(services, asked, { id: req.param("id"), query: req.query(), said })
  })

  door.delete("/:id", async ({ req }) => {
    const { deps, by } = await scimRequest(services, req.raw)
    await removeProvisioned(deps, by, req.param("id"))
    return new Response(null, { status: 204 })
  })
  return door
}

function reads(door: Hono, services: ApiServices): void {
  door.get("/", async ({ req }) => {
    const { snapshot, base } = await scimRequest(services, req.raw)
    const query = readListQuery(req.query(), SOUGHT_USER)
    return scimJson(await snapshot((tx) => listUsers(tx, query, base)))
  })

  door.post("/.search", async ({ req }) => {
    const { snapshot, base } = await scimRequest(services, req.raw)
    const query = readListQuery(askedInBody(await scimBody(req.raw)), SOUGHT_USER)
    return scimJson(await snapshot((tx) => listUsers(tx, query, base)))
  })

  door.get("/:id", async ({ req }) => {
    const asked = await scimRequest(services, req.raw)
    return scimJson(await shown(asked, req.param("id"), req.query()))
  })
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
  return scimJson(await shown(asked, id, query))
}

function shown(
  { snapshot, base }: ScimRequest,
  id: string,
  { attributes, excludedAttributes }: Readonly<Record<string, string>>,
): Promise<JsonObject> {
  const projection = readProjection(attributes, excludedAttributes)
  return snapshot(async (tx) => {
    const [person] = await knownPeople(tx, [await findKnown(tx.users, id)])
    if (!person) throw new Error("a person who was found is known")
    return project(userResource(person, base), projection)
  })
}

/** A whole resource says at least what the person is called where they sign in (RFC 7643 §4.1.1). */
function saidIn(resource: object): DraftPerson {
  const draft: DraftPerson = { userName: neededTextIn("userName", memberIn(resource, "userName")) }
  sayOfPerson(draft, resource)
  return draft
}
