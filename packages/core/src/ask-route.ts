/** Those who can be asked by what they are to a call, and how people call them. */
const PARTIES = {
  owner: "the owner",
  user: "the person served",
  manager: "the manager of the person served",
  maintainers: "who helps with the agent",
  security: "security",
  administrator: "an administrator",
} as const

/** The names of those parties. */
export const ASK_PARTIES: readonly AskParty[] = Object.keys(PARTIES).filter(isParty)

/** One of those parties. */
export type AskParty = keyof typeof PARTIES

/** Somebody who can be asked: a party, one of the organisation's teams, or one person. */
export type Asked =
  | { readonly kind: "party"; readonly party: AskParty }
  | { readonly kind: "team"; readonly team: string }
  | { readonly kind: "person"; readonly person: string }

/** How many different people of which have to agree: what `@ask("…")` says, and an approval discharges. */
export interface AskRoute {
  readonly needed: number
  /** None twice, and never empty. */
  readonly of: readonly Asked[]
}

/** The most people that one route can need, and the most that it can name. */
export const MOST_NEEDED = 9

/** How one of those who can be asked is spelt. */
export const ASKED_PATTERN: RegExp = new RegExp(
  `^(${Object.keys(PARTIES).join("|")}|team:[^|"\\\\\\p{C}]{1,200}|person:[^|"\\\\\\s\\p{C}]{1,320})$`,
  "u",
)

const OF_SEVERAL = /^([1-9]) of (.+)$/u

/**
 * Reads who is asked: `security`, `team:Payments`, `person:ann@example.org`, or so many different people of several:
 * `2 of owner | security`. Answers undefined for what says nothing of the kind.
 */
export function readAskRoute(text: string): AskRoute | undefined {
  const several = OF_SEVERAL.exec(text)
  if (!several) return routeOf(1, [text])
  const [, needed, names = ""] = several
  return routeOf(Number(needed), names.split(" | "))
}

/** Writes who is asked as it is read. */
export function writeAskRoute(needed: number, names: readonly string[]): string {
  const [only] = names
  return needed === 1 && names.length === 1 && only !== undefined ? only : `${needed} of ${names.join(" | ")}`
}

function routeOf(needed: number, names: readonly string[]): AskRoute | undefined {
  if (names.length > MOST_NEEDED || new Set(names).size < names.length) return undefined
  const of = names.flatMap((name) => askedNamed(name) ?? [])
  return of.length === names.length ? { needed, of } : undefined
}

function askedNamed(name: string): Asked | undefined {
  if (!ASKED_PATTERN.test(name)) return undefined
  if (isParty(name)) return { kind: "party", party: name }
  const [kind] = name.split(":")
  const named = name.slice(name.indexOf(":") + 1).trim()
  if (named === "") return undefined
  return kind === "team" ? { kind: "team", team: named } : { kind: "person", person: named }
}

function isParty(name: string): name is AskParty {
  return Object.hasOwn(PARTIES, name)
}

/** Says who is asked: "the owner", "2 people among security and the team Payments". What cannot be read is said as it stands. */
export function askWords(text: string): string {
  const route = readAskRoute(text)
  if (!route) return text
  const names = route.of.map(askedWords)
  if (route.needed === 1) return joined(names, "or")
  return names.length === 1
    ? `${route.needed} people of ${joined(names, "and")}`
    : `${route.needed} people among ${joined(names, "and")}`
}

function joined(names: readonly string[], word: "and" | "or"): string {
  const last = names.at(-1) ?? ""
  return names.length === 1 ? last : `${names.slice(0, -1).join(", ")} ${word} ${last}`
}

/** Says who has to agree where several policies ask: each of them. */
export function allAskWords(routes: readonly string[]): string {
  return [...new Set(routes)].map(askWords).join(" and ") || PARTIES.owner
}

function askedWords(asked: Asked): string {
  switch (asked.kind) {
    case "party":
      return PARTIES[asked.party]
    case "team":
      return `the team ${asked.team}`
    case "person":
      return asked.person
  }
}
