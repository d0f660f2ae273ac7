import { type Id, type Organisation, TIERS } from "@tabard/core"
import type { Kysely } from "kysely"
import { organisationFromRow } from "./stores/organisation-store.ts"
import type { Tables } from "./tables/tables.ts"

/** Answers the organisation of this slug. */
export async function organisationBySlug(
  db: Kysely<Tables>,
  slug: string,
): Promise<Organisation | undefined> {
  const row = await db.selectFrom("organisation").selectAll().where("slug", "=", slug).executeTakeFirst()
  return row && organisationFromRow(row)
}

/** Answers every organisation, in the order of ids. */
export async function allOrganisations(db: Kysely<Tables>): Promise<readonly Organisation[]> {
  const rows = await db.selectFrom("organisation").selectAll().orderBy("id").execute()
  return rows.map(organisationFromRow)
}

/**
 * Answers the organisation of this slug, or makes it. `enter` is told which organisation the transaction is of
 * before its first row is written.
 */
export async function madeOrFound(
  db: Kysely<Tables>,
  slug: string,
  create: () => Organisation,
  enter: (organisation: Id<"organisation">) => Promise<void>,
): Promise<Organisation> {
  const known = await organisationBySlug(db, slug)
  if (known) return known
  const created = create()
  if (created.slug !== slug)
    throw new TypeError(`the organisation made for ${slug} calls itself ${created.slug}`)
  await enter(created.id)
  await insertOrganisation(db, created)
  return created
}

/** Makes an organisation, with what each has from its first day. Rejects where the slug is taken meanwhile. */
async function insertOrganisation(db: Kysely<Tables>, created: Organisation): Promise<void> {
  const { id: organisation, slug, name, trustDomain } = created
  await db
    .insertInto("organisation")
    .values({ id: organisation, slug, name, trust_domain: trustDomain })
    .execute()
  await db.insertInto("decision_input").values({ organisation, version: 0 }).execute()
  await db
    .insertInto("tier")
    .values(TIERS.map((tier) => ({ organisation, name: tier })))
    .execute()
}
