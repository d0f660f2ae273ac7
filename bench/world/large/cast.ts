import { generateKeyPairSync } from "node:crypto"
import type { Shelf } from "@tabard/control"
import { type Clock, type Id, newId, type Organisation, type Reporter, type User } from "@tabard/core"

/** How large an organisation is made. */
export interface LargeSize {
  /** Everything else follows from it: ten credentials, twenty findings and eighty events for each. */
  readonly agents: number
}

/** Whom everything in a large organisation is about: who is made first. */
export interface Cast {
  readonly administrator: User
  /** Owns the first twenty agents, helps with none. */
  readonly member: User
  readonly people: readonly User[]
  readonly reporters: readonly Reporter[]
}

/** Where and in which portions a large organisation is written. */
export interface Making {
  readonly shelf: Shelf
  readonly organisation: Organisation
  readonly size: LargeSize
}

/** When the organisation began to be watched. */
export const BEGAN = new Date("2026-08-01T08:00:00.000Z")

/** How long it has been watched: what happened is spread over it. */
export const WATCHED_MS: number = 100 * 86_400_000

/** How many there are of anything, however small the organisation. */
export const FEWEST = 3

/** Rows that are written in one transaction, which must be over within seconds. */
const PORTION = 1_000

/** A clock that stands at one place of the time in which the organisation was watched, 0 to 1. */
export function clockAt(share: number): Clock {
  const time = new Date(BEGAN.getTime() + Math.floor(share * WATCHED_MS))
  return { now: () => time }
}

/** Answers a member of a list that is not empty, whatever the number. */
export function pick<One>(from: readonly One[], number: number): One {
  const one = from[number % from.length]
  if (one === undefined) throw new RangeError("there is nothing to pick from")
  return one
}

/** Answers the numbers up to `count`, in portions that one transaction can write. */
export function* portions(count: number, portion: number = PORTION): Generator<readonly number[]> {
  for (let from = 0; from < count; from += portion)
    yield Array.from({ length: Math.min(portion, count - from) }, (_, place) => from + place)
}

/** Puts the people and the machines that report into the store: a person for five agents, a machine for twenty. */
export async function addCast({ shelf, size }: Making): Promise<Cast> {
  const administrator = personOf(0, { name: "Ada Admin", role: "administrator" })
  const member = personOf(1, { name: "Mel Member", role: "member" })
  const people = Array.from({ length: Math.ceil(size.agents / 5) }, (_, number) => personOf(number + 2))
  const all = [administrator, member, ...people]
  for (const numbers of portions(all.length))
    await shelf.transact(async ({ users }) => {
      for (const number of numbers) await users.insert(pick(all, number))
    })
  const reporters = Array.from({ length: Math.max(FEWEST, Math.ceil(size.agents / 20)) }, (_, number) =>
    reporterOf(number, administrator.id),
  )
  await shelf.transact(async (tx) => {
    for (const reporter of reporters) await tx.reporters.insert(reporter)
  })
  await addTeams(shelf, { size, people })
  return { administrator, member, people, reporters }
}

/** A team for a hundred agents, with twenty people each. */
async function addTeams(
  shelf: Shelf,
  { size, people }: Pick<Making, "size"> & Pick<Cast, "people">,
): Promise<void> {
  await shelf.transact(async ({ teams }) => {
    for (let number = 0; number < Math.max(FEWEST, size.agents / 100); number++) {
      const clock = clockAt(0.1)
      const team = newId("team", clock)
      const words = { name: `Team ${number}`, externalName: null, keptBy: "people", lead: null } as const
      await teams.add({ id: team, ...words, createdAt: clock.now() })
      for (let place = 0; place < 20; place++)
        await teams.join({ team, user: pick(people, number * 20 + place).id, joinedAt: clock.now() })
    }
  })
}

const GIVEN = "Amara Bruno Chloé Darius Emi Farid Grete Hana Ivo Jun Kaia Liam Mina Noor Otto Priya".split(
  " ",
)
const FAMILY =
  "Adeyemi Bauer Costa Dubois Eriksen Fontaine Garcia Haddad Ito Jansen Kowalski Lund Moreau".split(" ")

function personOf(number: number, differences: Partial<User> = {}): User {
  const clock = clockAt(0)
  return {
    id: newId("user", clock),
    name: `${pick(GIVEN, number)} ${pick(FAMILY, Math.floor(number / GIVEN.length))} ${number}`,
    email: `person-${number}@large.example`,
    role: number % 40 === 7 ? "security" : number % 40 === 9 ? "auditor" : "member",
    active: number % 20 !== 13,
    createdAt: clock.now(),
    ...differences,
  }
}

/** Nobody ever signs with these keys: one public key serves all, under thumbprints of their own. */
function reporterOf(number: number, enrolledBy: Id<"user">): Reporter {
  const clock = clockAt((number % 100) / 1_000)
  return {
    id: newId("reporter", clock),
    name: `machine-${number}`,
    jwk: PUBLIC_KEY,
    thumbprint: `${number}`.padStart(43, "0"),
    enrolledBy,
    enrolledAt: clock.now(),
    revoked: null,
  }
}

const { x = "", y = "" } = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({
  format: "jwk",
})
const PUBLIC_KEY = { kty: "EC", crv: "P-256", x, y } as const
