import { type JsonObject, Problem } from "@tabard/core"
import { compileApplication } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import type { Transact, Transaction } from "../transaction.ts"
import type { Application } from "./application-store.ts"

/** What changing applications needs. */
export interface ApplicationDeps extends RecordContext {
  readonly transact: Transact<"applications" | "organisation" | "outbox">
}

/** An application as it is to be; what is left out stays as it is. */
export interface ApplicationWish {
  readonly name: string
  readonly schema?: string | undefined
  readonly policies?: string | undefined
  readonly entities?: readonly JsonObject[] | undefined
  readonly recorded?: boolean | undefined
}

/** The name of the application that is built in: the decisions about agents. */
export const AGENTS_APPLICATION = "agents"

/** The most applications of one organisation. */
const MOST_APPLICATIONS = 100

/**
 * Puts an application in force, once schema, policies and entities hold together.
 *
 * @throws {Problem} not_allowed, application_invalid, policy_invalid
 */
export async function putApplication(
  deps: ApplicationDeps,
  by: Caller,
  wish: ApplicationWish,
): Promise<Application> {
  assertMayChange(by, wish.name)
  return deps.transact(async (tx) => {
    const before = await tx.applications.find(wish.name)
    const application = await following(deps, tx, by, { wish, before })
    compileApplication(application)
    if (!before) await assertRoom(tx)
    if (!(await tx.applications.put(application)))
      throw new Problem(
        "application_invalid",
        "somebody else has just changed this application: look, and put it again",
      )
    await tx.organisation.bumpVersion()
    const { name, version, recorded, entities } = application
    await recordEvent(deps, tx.outbox, {
      type: "application.put",
      actor: { kind: "user", id: by.id },
      data: {
        name,
        version,
        recorded,
        entities: entities.length,
        changed: changedIn(before, application),
      },
    })
    return application
  })
}

/**
 * Takes an application out of force: its addresses answer nobody from then on.
 *
 * @throws {Problem} not_allowed, application_not_found
 */
export async function removeApplication(
  deps: ApplicationDeps,
  by: Caller,
  { name, reason }: { readonly name: string; readonly reason: string },
): Promise<void> {
  assertMayChange(by, name)
  await deps.transact(async (tx) => {
    if (!(await tx.applications.remove(name))) throw noApplication(name)
    await tx.organisation.bumpVersion()
    await recordEvent(deps, tx.outbox, {
      type: "application.removed",
      actor: { kind: "user", id: by.id },
      data: { name, reason },
    })
  })
}

/**
 * Answers an application in force by its name.
 *
 * @throws {Problem} application_not_found
 */
export async function findApplication(
  { applications }: Pick<Transaction, "applications">,
  name: string,
): Promise<Application> {
  const found = await applications.find(name)
  if (!found) throw noApplication(name)
  return found
}

async function following(
  { clock }: ApplicationDeps,
  { applications }: Pick<Transaction, "applications">,
  by: Caller,
  { wish, before }: { readonly wish: ApplicationWish; readonly before: Application | undefined },
): Promise<Application> {
  const kept = before ?? (await newApplication(applications, wish))
  const { name, schema = kept.schema, policies = kept.policies } = wish
  const { entities = kept.entities, recorded = kept.recorded } = wish
  const next = { version: kept.version + 1, author: by.id, putAt: clock.now() }
  return { name, schema, policies, entities, recorded, ...next }
}

/** What an application begins with, besides what is sent of it; one that was removed goes on counting. */
async function newApplication(
  applications: Transaction["applications"],
  { name, schema, policies }: ApplicationWish,
): Promise<Pick<Application, "version" | "schema" | "policies" | "entities" | "recorded">> {
  if (schema === undefined || policies === undefined)
    throw new Problem("application_invalid", "a new application needs a schema and policies: send both")
  return { version: await applications.latest(name), schema, policies, entities: [], recorded: false }
}

function changedIn(before: Application | undefined, after: Application): readonly string[] {
  const members = ["schema", "policies", "entities", "recorded"] as const
  return members.filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after[name]))
}

async function assertRoom({ applications }: Pick<Transaction, "applications">): Promise<void> {
  if ((await applications.list({ limit: MOST_APPLICATIONS })).length < MOST_APPLICATIONS) return
  throw new Problem("application_invalid", `there are ${MOST_APPLICATIONS} applications: remove one first`)
}

function assertMayChange(by: Caller, name: string): void {
  if (!isSteward(by))
    throw new Problem("not_allowed", "only security and administrators may change applications")
  if (name === AGENTS_APPLICATION)
    throw new Problem(
      "not_allowed",
      "the application agents is built in: its policies are those of the agents",
    )
}

function noApplication(name: string): Problem {
  return new Problem("application_not_found", `there is no application ${name.slice(0, 80)} here`)
}
