import { type Organisation, TIERS } from "@tabard/core"
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

/** Makes an organisation, with what each has from its first day; answers false where the slug is taken meanwhile. */
export async function insertOrganisation(db: Kysely<Tables>, created: Organisation): Promise<boolean> {
  const { id: organisation, slug, name, trustDomain } = created
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("organisation")
    .values({ id: organisation, slug, name, trust_domain: trustDomain })
    .onConflict((conflict) => conflict.column("slug").doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) return false
  await db.insertInto("decision_input").values({ organisation, version: 0 }).execute()
  await db
    .insertInto("tier")
    .values(TIERS.map((tier) => ({ organisation, name: tier })))
    .execute()
  return true
}
