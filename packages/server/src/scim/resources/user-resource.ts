import type { KnownPerson, PersonWords } from "@tabard/control"
import type { JsonObject } from "@tabard/core"
import { ENTERPRISE_SCHEMA, USER_SCHEMA } from "../schemas.ts"

/** Shows a person as RFC 7643 §4.1 has one; of whom SCIM never said anything, what the directory calls them. */
export function userResource(person: KnownPerson, base: string): JsonObject {
  const { user, teams } = person
  const enterprise = enterpriseOf(person, base)
  return {
    schemas: enterprise ? [USER_SCHEMA, ENTERPRISE_SCHEMA] : [USER_SCHEMA],
    id: user.id,
    ...saidOf(person),
    active: user.active,
    emails: [{ value: user.email, type: "work", primary: true }],
    groups: teams.map(({ id, name }) => ({
      value: id,
      $ref: `${base}/Groups/${id}`,
      display: name,
      type: "direct",
    })),
    ...(enterprise && { [ENTERPRISE_SCHEMA]: enterprise }),
    meta: metaOf(person, base),
  }
}

/** What the provider calls them; of whom it never spoke, what they are called here. */
function saidOf({ user, kept }: KnownPerson): JsonObject {
  const { words = {}, userName = user.email, externalId } = kept ?? {}
  return {
    ...(externalId && { externalId }),
    userName,
    name: nameOf(words, user.name),
    displayName: words.displayName ?? user.name,
    ...(words.title !== undefined && { title: words.title }),
  }
}

function metaOf({ user, kept }: KnownPerson, base: string): JsonObject {
  return {
    resourceType: "User",
    created: user.createdAt.toISOString(),
    lastModified: (kept?.changedAt ?? user.createdAt).toISOString(),
    location: `${base}/Users/${user.id}`,
  }
}

/** Okta imports nobody without both parts of a name: where no directory told them, they are what the whole name is made of. */
function nameOf({ formatted, givenName, familyName }: PersonWords, whole: string): JsonObject {
  if (givenName === undefined && familyName === undefined) {
    const words = whole.split(" ")
    const given = words.slice(0, -1).join(" ") || whole
    return { formatted: formatted ?? whole, givenName: given, familyName: words.at(-1) ?? whole }
  }
  const parts = [givenName, familyName].filter((part) => part !== undefined).join(" ")
  return {
    formatted: formatted ?? parts,
    ...(givenName !== undefined && { givenName }),
    ...(familyName !== undefined && { familyName }),
  }
}

function enterpriseOf({ kept, manager }: KnownPerson, base: string): JsonObject | undefined {
  const { department, employeeNumber } = kept?.words ?? {}
  const all = {
    ...(department !== undefined && { department }),
    ...(employeeNumber !== undefined && { employeeNumber }),
    ...(manager && {
      manager: {
        value: manager.id,
        $ref: `${base}/Users/${manager.id}`,
        displayName: manager.name,
      },
    }),
  }
  return Object.keys(all).length > 0 ? all : undefined
}
