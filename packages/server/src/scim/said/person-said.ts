import type { PersonSaid, PersonWords } from "@tabard/control"
import { readAttributePath } from "../filter/attribute-path.ts"
import { addressIn } from "./address-said.ts"
import { listIn, memberIn, membersIn, neededTextIn, textIn, truthIn } from "./said-values.ts"

/** What is said of a person, as it is gathered from one request. */
export type DraftPerson = { -readonly [Member in keyof PersonSaid]: PersonSaid[Member] }

type Says = (draft: DraftPerson, value: unknown) => void

/** How each attribute is taken, by its path in small letters; what stands in no line is passed over. */
const PERSON: Readonly<Record<string, Says>> = {
  username: (draft, value) => void (draft.userName = neededTextIn("userName", value)),
  externalid: (draft, value) => void (draft.externalId = textIn("externalId", value)),
  active: (draft, value) => void (draft.active = truthIn("active", value)),
  emails: (draft, value) => {
    const address = addressIn(value)
    if (address !== undefined) draft.address = address
  },
  displayname: word("displayName"),
  title: word("title"),
  name: (draft, value) => sayAll(draft, value, (key) => `name.${key}`),
  "name.formatted": word("formatted"),
  "name.familyname": word("familyName"),
  "name.givenname": word("givenName"),
  "enterprise:": (draft, value) => sayAll(draft, value, (key) => `enterprise:${key}`),
  "enterprise:department": word("department"),
  "enterprise:employeenumber": word("employeeNumber"),
  "enterprise:manager": (draft, value) => void (draft.manager = managerIn(value)),
  "enterprise:manager.value": (draft, value) => void (draft.manager = managerIn(value)),
}

/**
 * Takes what a resource says of a person; attributes that are not kept here are passed over, and so are those that only we say.
 *
 * @throws {ScimRefusal} invalidValue
 */
export function sayOfPerson(draft: DraftPerson, resource: object): void {
  for (const [name, value] of Object.entries(resource)) sayAttribute(draft, name, value)
}

/**
 * Takes what is said under one path: `name.givenName`, or `urn:…:User:department` as Entra has it, flat.
 *
 * @throws {ScimRefusal} invalidValue
 */
export function sayAttribute(draft: DraftPerson, name: string, value: unknown): void {
  const path = readAttributePath(name)
  if (!path) return
  const sub = path.sub === undefined ? "" : `.${path.sub}`
  const key = `${path.enterprise ? "enterprise:" : ""}${path.name}${sub}`
  if (Object.hasOwn(PERSON, key)) PERSON[key]?.(draft, value)
}

function sayAll(draft: DraftPerson, value: unknown, key: (name: string) => string): void {
  // The whole taken away is each part taken away.
  const parts = value === null ? partsUnder(key("")).map((part) => [part, null] as const) : undefined
  for (const [name, part] of parts ?? membersIn(value) ?? []) {
    const says = PERSON[key(name.toLowerCase())]
    if (name !== "" && says) says(draft, part)
  }
}

function partsUnder(prefix: string): readonly string[] {
  return Object.keys(PERSON)
    .filter((key) => key.startsWith(prefix) && key !== prefix && !key.slice(prefix.length).includes("."))
    .map((key) => key.slice(prefix.length))
}

function word(name: keyof PersonWords): Says {
  return (draft, value) => void (draft.words = { ...draft.words, [name]: textIn(name, value) })
}

/** A manager is an id, or a thing with a value; Entra sends it as a list of one as well. */
function managerIn(value: unknown): string | null {
  const [first] = listIn(value)
  return textIn("manager", membersIn(first) ? (memberIn(first, "value") ?? null) : (first ?? null))
}
