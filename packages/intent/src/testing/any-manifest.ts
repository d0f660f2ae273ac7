import {
  beyondTier,
  CATEGORIES,
  EFFECT_CLASSES,
  type Id,
  LIMIT_PERIODS,
  SHIPPED_TIERS,
  type TimeWindow,
  WEEKDAYS,
} from "@tabard/core"
import type { PinnedTool } from "@tabard/policy"
import {
  type Arbitrary,
  array,
  boolean,
  constant,
  constantFrom,
  dictionary,
  integer,
  oneof,
  option,
  record,
  string,
  subarray,
  tuple,
  uniqueArray,
} from "fast-check"
import {
  type ArgumentLimit,
  type Conditions,
  IDENTITY_KINDS,
  ISOLATIONS,
  type Manifest,
  type ManifestTool,
} from "../manifest.ts"
import { anyAsk } from "./any-ask.ts"
import { SERVERS, TOOLS } from "./manifest-tools.ts"

/** One argument of a tool with a limit, a value within it, and one just outside. */
interface Bounded {
  readonly limit: ArgumentLimit
  readonly within: unknown
  readonly outside: unknown
}

/** One entry of a manifest: the tool that it is about, a call of it that is within every limit, and others that leave one. */
export interface AnyCalls {
  readonly tool: PinnedTool
  readonly within: object
  readonly outside: readonly object[]
}

/** A manifest, whose it is, and what calls there are of each of its entries. */
export interface AnyManifest {
  readonly agent: Id<"agent">
  readonly manifest: Manifest
  readonly calls: readonly AnyCalls[]
}

/** Texts that quoting, escaping or YAML could lose. */
const awkward = oneof(
  string({ minLength: 1, maxLength: 20, unit: "grapheme" }),
  constantFrom(
    "yes",
    "~",
    "1e3",
    "- a",
    "a: b",
    '"',
    "\\",
    "#x",
    " x ",
    "{",
    "💶",
    "null",
    "0x1",
    "*a",
    "&a",
    "!t",
    "a\nb",
    "%",
  ),
).filter((text) => text.isWellFormed())

const cents = integer({ min: -1_000_000, max: 1_000_000 })
const money = (value: number): string => (value / 100).toFixed(2)

const ARGUMENTS: Readonly<Record<string, Arbitrary<Bounded>>> = {
  amount: oneof(
    cents.map((most) => ({ limit: { atMost: money(most) }, within: most / 100, outside: (most + 1) / 100 })),
    cents.map((least) => ({
      limit: { atLeast: money(least) },
      within: least / 100,
      outside: (least - 1) / 100,
    })),
    tuple(cents, integer({ min: 0, max: 500 })).map(([least, more]) => ({
      limit: { atMost: money(least + more), atLeast: money(least) },
      within: (least + more) / 100,
      outside: (least + more + 1) / 100,
    })),
    cents.map((value) => ({
      limit: { exactly: money(value) },
      within: value / 100,
      outside: (value + 1) / 100,
    })),
  ),
  kind: constantFrom({ limit: { oneOf: ["fast"] }, within: "fast", outside: "slow" }),
  to: oneof(
    uniqueArray(awkward, { minLength: 1, maxLength: 4 }).map((oneOf) => ({
      limit: { oneOf },
      within: oneOf.at(-1),
      outside: `${oneOf.join("")}x`,
    })),
    awkward.map((exactly) => ({ limit: { exactly }, within: exactly, outside: `${exactly} ` })),
    constantFrom<Bounded>(
      { limit: { inSet: "payees" }, within: "grocer", outside: "payees" },
      {
        limit: { recipient: "@example.com" },
        within: "a@example.com",
        outside: "a@example.com.evil.example",
      },
      {
        limit: { recipient: ["b@example.com", "@*.example.org"] },
        within: "c@d.example.org",
        outside: "c@example.org",
      },
      { limit: { matches: "[A-Z]{2}[0-9]+" }, within: "AB1", outside: "AB1 " },
      { limit: { given: true }, within: "", outside: undefined },
      { limit: { given: false }, within: undefined, outside: "" },
    ),
  ),
  url: constantFrom<Bounded>(
    {
      limit: { host: "api.example.com" },
      within: "https://api.example.com/x",
      outside: "https://api.example.com@evil.example/",
    },
    {
      limit: { host: ["*.example.com", "http://10.0.0.1:8080"] },
      within: "http://10.0.0.1:8080/",
      outside: "http://10.0.0.1/",
    },
  ),
  file: constantFrom<Bounded>(
    { limit: { under: "/srv/data" }, within: "/srv/data/x", outside: "/srv/data/../x" },
    { limit: { under: ["/a", "/b"] }, within: "/b", outside: "/bb" },
  ),
  urgent: boolean().map((exactly) => ({ limit: { exactly }, within: exactly, outside: !exactly })),
  tags: constantFrom<Bounded>(
    { limit: { oneOf: ["x", "y"] }, within: ["y", "x"], outside: ["x", "z"] },
    { limit: { matches: "[a-z]+" }, within: ["ab", "c"], outside: [] },
  ),
  "odd name.": awkward.map((exactly) => ({ limit: { exactly }, within: exactly, outside: "" })),
  "body.count": integer({ min: -9, max: 9 }).map((most) => ({
    limit: { atMost: String(most) },
    within: most,
    outside: most + 1,
  })),
  "body.subject": constantFrom({ limit: { matches: "Re: .*" }, within: "Re: x", outside: "re: x" }),
}

const window: Arbitrary<TimeWindow> = plainRecord({
  days: subarray([...WEEKDAYS], { minLength: 1 }),
  from: constantFrom("00:00", "08:30"),
  to: constantFrom("24:00", "06:00"),
  zone: constantFrom("UTC", "Europe/Paris", "America/New_York"),
})

const ALWAYS: TimeWindow = { days: WEEKDAYS, from: "00:00", to: "24:00", zone: "UTC" }

/** Conditions that hold where the calls of the tests are made: on a Saturday. */
const conditions: Arbitrary<Conditions> = stated({
  networks: constantFrom(["10.0.0.0/8"], ["2001:db8::/32", "0.0.0.0/0"]),
  privateEndpoint: constant(true as const),
  hours: oneof(
    array(window, { maxLength: 2 }).map((others) => [...others, ALWAYS]),
    constant([{ ...ALWAYS, days: ["sat" as const] }]),
  ),
  posture: subarray(["managed", "key:tpm"], { minLength: 1 }),
})

const limits = stated({
  calls: uniqueArray(
    plainRecord({ atMost: integer({ min: 0, max: 1e9 }), per: constantFrom(...LIMIT_PERIODS) }),
    {
      selector: ({ per }) => per,
      maxLength: 3,
    },
  ),
  spend: constantFrom([{ atMost: "500.00", per: "day" as const, currency: "EUR" }], []),
})

interface AnyEntry {
  readonly entry: ManifestTool
  readonly about: PinnedTool
  readonly bounded: Readonly<Record<string, Bounded>>
}

const entry: Arbitrary<AnyEntry> = tuple(
  constantFrom(...TOOLS).chain((about) => named(about).map((spelt) => ({ about, spelt }))),
  someOf(ARGUMENTS),
  stated({ conditions, limits, ask: anyAsk }),
).map(([{ about, spelt }, bounded, rest]) => {
  const limited = Object.entries(bounded).map(([name, { limit }]) => [name, limit] as const)
  return { entry: { ...spelt, arguments: Object.fromEntries(limited), ...rest }, about, bounded }
})

/** By its server's id or name, and by its own name or by what it does alone. */
function named({ server, name, effects }: PinnedTool): Arbitrary<Pick<ManifestTool, "server" | "tool">> {
  const [only, ...others] = effects
  const spellings = Object.entries(SERVERS).filter(([, id]) => id === server)
  return plainRecord({
    server: constantFrom(server, ...spellings.map(([spelling]) => spelling)),
    tool: constantFrom(name, ...(only && others.length === 0 ? [`effect:${only}`] : [])),
  })
}

/** Any manifest of one to three tools, with everything that one can say. */
export const anyManifest: Arbitrary<AnyManifest> = tuple(
  uniqueArray(entry, { minLength: 1, maxLength: 3, selector: ({ about }) => about.digest }),
  awkward,
  stated({
    version: constant(1 as const),
    owner: constantFrom("ann@example.org", "usr_1"),
    maintainers: uniqueArray(constantFrom("bob@example.org", "team:Payments"), { maxLength: 2 }),
    category: constantFrom(...CATEGORIES),
    environment: constantFrom("production", "staging"),
    expires: constantFrom("2030-02-28", "2028-02-29", "2030-01-31T12:00:00Z"),
    identity: subarray([...IDENTITY_KINDS], { minLength: 1 }).map((kinds) => [
      ...new Set([...kinds, "hardware-key" as const]),
    ]),
    isolation: constantFrom(...ISOLATIONS),
    standing: constant(true),
    conditions,
    limits,
    ask: dictionary(constantFrom(...EFFECT_CLASSES), anyAsk, { noNullPrototype: true }),
  }),
  integer({ min: 0, max: 9 }),
  tuple(constantFrom<Id<"agent">>("agt_1", "agt_0196-b"), boolean()),
).map(([entries, purpose, rest, pick, [agent, isNamed]]) => ({
  agent,
  manifest: {
    purpose,
    tier: tierFor(entries, pick),
    tools: entries.map((each) => each.entry),
    ...(isNamed && { agent }),
    ...rest,
  },
  calls: entries.map(({ about, bounded }) => ({ tool: about, ...callsOf(bounded) })),
}))

/** One of the tiers that reach all that the tools do. */
function tierFor(entries: readonly AnyEntry[], pick: number): string {
  const effects = entries.flatMap(({ about }) => about.effects)
  const high = [...SHIPPED_TIERS.values()].filter(
    (tier) => !beyondTier(tier).some((effect) => effects.includes(effect)),
  )
  return high[pick % high.length]?.name ?? "operator"
}

function callsOf(bounded: Readonly<Record<string, Bounded>>): Omit<AnyCalls, "tool"> {
  const names = Object.keys(bounded)
  const call = (leaving?: string): object => {
    const values = names.map(
      (name) => [name, name === leaving ? bounded[name]?.outside : bounded[name]?.within] as const,
    )
    return nested(values.filter(([, value]) => value !== undefined))
  }
  return { within: call(), outside: names.map(call) }
}

/** `body.count` stands in `body`. */
function nested(values: readonly (readonly [string, unknown])[]): object {
  const within = values
    .filter(([name]) => name.startsWith("body."))
    .map(([name, value]) => [name.slice(5), value])
  const direct = values.filter(([name]) => !name.startsWith("body."))
  return { ...Object.fromEntries(direct), ...(within.length > 0 && { body: Object.fromEntries(within) }) }
}

function plainRecord<T extends object>(members: { [K in keyof T]: Arbitrary<T[K]> }): Arbitrary<T> {
  return record(members, { noNullPrototype: true }) as Arbitrary<T>
}

/** Answers members that are each stated or left out. */
function stated<T extends object>(members: { [K in keyof T]: Arbitrary<T[K]> }): Arbitrary<Partial<T>> {
  return record(members, { requiredKeys: [], noNullPrototype: true }) as Arbitrary<Partial<T>>
}

function someOf(members: Readonly<Record<string, Arbitrary<Bounded>>>): Arbitrary<Record<string, Bounded>> {
  return record(
    Object.fromEntries(
      Object.entries(members).map(([name, each]) => [name, option(each, { nil: undefined, freq: 2 })]),
    ),
  ).map((all) =>
    Object.fromEntries(Object.entries(all).flatMap(([name, each]) => (each ? [[name, each]] : []))),
  )
}
