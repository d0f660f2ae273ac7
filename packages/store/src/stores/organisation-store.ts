import type { OrganisationStore } from "@tabard/control"
import { DEFAULT_SETTINGS, DEFAULT_TOKEN_SETTINGS, type Organisation } from "@tabard/core"
import { fromJson, fromTimeOrNull, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { TokenSettingsRow } from "../tables/authority.ts"
import type { OrganisationRow } from "../tables/registry.ts"

/** Answers for one organisation: its row of the directory, and the version of its inputs to decisions. */
export function organisationStore(scope: Scope): OrganisationStore {
  const { db, organisation } = scope
  return {
    async current() {
      const row = await db
        .selectFrom("organisation")
        .selectAll()
        .where("id", "=", organisation)
        .executeTakeFirstOrThrow()
      return organisationFromRow(row)
    },

    async version() {
      const { version } = await db
        .selectFrom("decision_input")
        .select("version")
        .where("organisation", "=", organisation)
        .executeTakeFirstOrThrow()
      return version
    },

    async bumpVersion() {
      const { version } = await db
        .updateTable("decision_input")
        .set((eb) => ({ version: eb("version", "+", 1) }))
        .where("organisation", "=", organisation)
        .returning("version")
        .executeTakeFirstOrThrow()
      return version
    },

    async nameTiers(names) {
      if (names.length === 0) return
      await db
        .insertInto("tier")
        .values(names.map((name) => ({ organisation, name })))
        .onConflict((conflict) => conflict.columns(["organisation", "name"]).doNothing())
        .execute()
    },

    ...settings(scope),
    ...signInSettings(scope),
    ...tokenSettings(scope),
  }
}

function settings({ db, organisation }: Scope): Pick<OrganisationStore, "settings" | "putSettings"> {
  return {
    async settings() {
      const row = await db
        .selectFrom("settings")
        .selectAll()
        .where("organisation", "=", organisation)
        .executeTakeFirst()
      if (!row) return DEFAULT_SETTINGS
      return {
        graceDays: row.grace_days,
        warnDays: row.warn_days === null ? DEFAULT_SETTINGS.warnDays : fromJson(row.warn_days),
        idleDays: row.idle_days ?? DEFAULT_SETTINGS.idleDays,
        leaverGraceDays: row.leaver_grace_days ?? DEFAULT_SETTINGS.leaverGraceDays,
        delegationDepth: row.delegation_depth,
        widenedByAnother: row.widened_by_another === 1,
      }
    },

    async putSettings({ graceDays, warnDays, idleDays, leaverGraceDays, delegationDepth, widenedByAnother }) {
      const row = {
        grace_days: graceDays,
        warn_days: toJson(warnDays),
        idle_days: idleDays,
        leaver_grace_days: leaverGraceDays,
        delegation_depth: delegationDepth,
        widened_by_another: widenedByAnother ? 1 : 0,
      }
      await db
        .insertInto("settings")
        .values({ organisation, ...row })
        .onConflict((conflict) => conflict.column("organisation").doUpdateSet(row))
        .execute()
    },
  }
}

function tokenSettings({
  db,
  organisation,
}: Scope): Pick<
  OrganisationStore,
  "tokenSettings" | "putTokenSettings" | "askSigningKey" | "signingKeyAsked"
> {
  const find = () =>
    db.selectFrom("token_settings").selectAll().where("organisation", "=", organisation).executeTakeFirst()
  const put = async (row: Partial<Omit<TokenSettingsRow, "organisation">>): Promise<void> => {
    await db
      .insertInto("token_settings")
      .values({ organisation, settled: null, key_asked_at: null, ...row })
      .onConflict((conflict) => conflict.column("organisation").doUpdateSet(row))
      .execute()
  }
  return {
    async tokenSettings() {
      const row = await find()
      // What came later has its default where earlier programs settled the rest.
      return { ...DEFAULT_TOKEN_SETTINGS, ...(row?.settled && fromJson(row.settled)) }
    },
    putTokenSettings: (settled) => put({ settled: toJson(settled) }),
    askSigningKey: (at) => put({ key_asked_at: toTime(at) }),
    async signingKeyAsked() {
      return fromTimeOrNull((await find())?.key_asked_at ?? null)
    },
  }
}

function signInSettings({
  db,
  organisation,
}: Scope): Pick<OrganisationStore, "signInSettings" | "putSignInSettings"> {
  return {
    async signInSettings() {
      const row = await db
        .selectFrom("sign_in_settings")
        .select("domains")
        .where("organisation", "=", organisation)
        .executeTakeFirst()
      return { domains: row ? fromJson(row.domains) : [] }
    },

    async putSignInSettings({ domains }) {
      const row = { domains: toJson(domains) }
      await db
        .insertInto("sign_in_settings")
        .values({ organisation, ...row })
        .onConflict((conflict) => conflict.column("organisation").doUpdateSet(row))
        .execute()
    },
  }
}

/** Reads a row of the directory. */
export function organisationFromRow(row: OrganisationRow): Organisation {
  return { id: row.id, slug: row.slug, name: row.name, trustDomain: row.trust_domain }
}
