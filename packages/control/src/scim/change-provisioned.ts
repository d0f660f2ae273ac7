import type { User } from "@tabard/core"
import { reassessOwned, switchOff } from "../access/people.ts"
import type { AuditEvent, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvents } from "../audit/event/record-event.ts"
import { callOffDeparture } from "../lifecycle/departure/start-departure.ts"
import type { Caller } from "../registry/caller.ts"
import { indexPeople } from "../search/index-things.ts"
import type { Transaction } from "../transaction.ts"
import { findKnown } from "./find-provisioned.ts"
import { placeUnder } from "./place-under.ts"
import { type ProvisionDeps, type ProvisionStores, told } from "./provision-person.ts"
import type { ProvisionedPerson } from "./provisioned-store.ts"
import { mergeWords, nameIn, type PersonSaid } from "./said-of-person.ts"
import { addressOf, takeNames, taken } from "./take-name.ts"

type Stores = Pick<Transaction, ProvisionStores>
type Told = readonly Pick<AuditEvent, "type" | "data">[]

/** A person, what was kept of them, and what is kept from now on. */
interface Change {
  readonly by: Caller
  readonly person: User
  readonly before: ProvisionedPerson | undefined
  readonly next: ProvisionedPerson
  /** Their address from now on. */
  readonly address: string
  readonly said: PersonSaid
}

/**
 * Takes what a provider says of a person who is here, all of it or none. Who is switched off by it is switched off as by an
 * administrator; it lets in again only whom it switched off itself. From the first word on, SCIM keeps them.
 *
 * @throws {Problem} person_not_found, body_invalid, person_exists, manager_invalid, last_administrator
 */
export async function changeProvisioned(
  deps: ProvisionDeps,
  by: Caller,
  id: string,
  said: PersonSaid,
): Promise<void> {
  const touched = await deps.transact(async (tx) => {
    const person = await findKnown(tx.users, id)
    const before = (await tx.provisioned.of([person.id])).get(person.id)
    const next = nextKept(deps, { person, before, said })
    const address = await nextAddress(tx, { person, next, said, provider: deps.provider })
    const change: Change = { by, person, before, next, address, said }
    const switched = await switchOver(deps, tx, change)
    const changes = [
      ...(await keep(tx, change)),
      ...(await rename(tx, change)),
      // Whoever leaves is not kept from leaving by whom they answer to.
      ...(said.active === false ? [] : await placeUnder(tx, person, said.manager)),
    ]
    await recordEvents(deps, tx.outbox, [...switched.told, ...changes].map(told(by)))
    if (switched.happened) await tx.organisation.bumpVersion()
    return switched.happened ? person.id : undefined
  })
  if (touched) await reassessOwned(deps, touched)
}

function nextKept(
  { clock }: RecordContext,
  { person, before, said }: Pick<Change, "person" | "before" | "said">,
): ProvisionedPerson {
  const { userName = before?.userName ?? person.email, externalId = before?.externalId ?? null } = said
  return {
    user: person.id,
    userName,
    externalId,
    words: mergeWords(before?.words ?? {}, said.words),
    switchedOff: isOffByProvider({ person, before, said }),
    changedAt: clock.now(),
  }
}

function isOffByProvider({ person, before, said }: Pick<Change, "person" | "before" | "said">): boolean {
  if (person.active) return said.active === false
  return before?.switchedOff === true && said.active !== true
}

/**
 * Whoever is more than a member keeps their address until they have signed in at the provider of now: until then, whoever
 * has the address there becomes them, and a directory's token gives no role. That they signed in at an earlier one is no help.
 */
async function nextAddress(
  { bindings }: Stores,
  {
    person,
    next,
    said,
    provider,
  }: Pick<Change, "person" | "next" | "said"> & Pick<ProvisionDeps, "provider">,
): Promise<string> {
  if (said.address === undefined) return person.email
  const address = addressOf(said.address, next.userName)
  if (person.role === "member") return address
  const isNow = (issuer: string): boolean => withoutSlash(issuer) === withoutSlash(provider ?? "")
  return (await bindings.issuersOf(person.id)).some(isNow) ? address : person.email
}

/** Some issuers call themselves by an address that ends in a slash, and are set without it. */
function withoutSlash(issuer: string): string {
  return issuer.replace(/\/$/, "")
}

async function switchOver(
  deps: RecordContext,
  tx: Stores,
  { by, person, before, said }: Change,
): Promise<{ readonly happened: boolean; readonly told: Told }> {
  if (said.active === false && person.active) {
    await switchOff(deps, tx, { by, person, reason: "switched off over SCIM" })
    return { happened: true, told: [] }
  }
  const back = said.active === true && before?.switchedOff === true && !person.active
  if (!back || !(await tx.users.setActive(person.id, true))) return { happened: false, told: [] }
  await callOffDeparture(deps, tx, person.id)
  return { happened: true, told: [{ type: "person.reactivated", data: { user: person.id } }] }
}

/** Keeps what the provider calls them, and their address, where anything of it is new. */
async function keep(tx: Stores, { person, before, next, address }: Change): Promise<Told> {
  const freed = await takeNames(tx, { user: person.id, userName: next.userName, address })
  const changed = differing(before, next)
  if (changed.length > 0 && !(await tx.provisioned.put(next))) throw taken(next.userName)
  const moved = address !== person.email
  if (moved && !(await tx.users.readdress(person.id, address))) throw taken(address)
  return [
    ...freed,
    ...(changed.length === 0
      ? []
      : [{ type: "person.kept", data: { user: person.id, said: changed } } as const]),
    ...(moved
      ? [
          {
            type: "person.address-changed",
            data: { user: person.id, address, before: person.email },
          } as const,
        ]
      : []),
  ]
}

/** Answers the names of what is kept otherwise from now on; nothing where it is all as it was. */
function differing(before: ProvisionedPerson | undefined, next: ProvisionedPerson): string[] {
  const [was, is] = [membersOf(before), membersOf(next)]
  return [...is.keys()].filter((name) => was.get(name) !== is.get(name))
}

const WORDS = [
  "displayName",
  "formatted",
  "givenName",
  "familyName",
  "title",
  "department",
  "employeeNumber",
] as const

function membersOf(kept: ProvisionedPerson | undefined): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ["userName", kept?.userName],
    ["externalId", kept?.externalId],
    ["switchedOff", kept?.switchedOff],
    ...WORDS.map((name) => [name, kept?.words[name]] as const),
  ])
}

async function rename(tx: Stores, { person, next, address: email, said }: Change): Promise<Told> {
  const name = said.words === undefined ? person.name : nameIn(next.words, person.name)
  const renamed = await tx.users.rename(person.id, name)
  if (renamed || email !== person.email) await indexPeople(tx, [{ ...person, name, email }])
  return renamed ? [{ type: "person.renamed", data: { user: person.id, name, before: person.name } }] : []
}
