import { AUTONOMY_LEVELS, CREDENTIAL_STORAGES, EFFECT_CLASSES, SEVERITIES } from "@tabard/core"
import type {
  Autonomy,
  AutonomySetting,
  Coverage,
  Evidence,
  Location,
  ScanReport,
  SeenAgent,
  SeenCredential,
  SeenFinding,
  SeenMcpServer,
  Unreadable,
} from "@tabard/scan"
import { z } from "zod"

/** The most things that one report may hold. */
const MOST = { agents: 20_000, servers: 40_000, credentials: 40_000, findings: 100_000, unreadable: 10_000 }

/**
 * The most servers and the most credentials of one agent. They are cut: a stranger's file in a folder that is scanned may
 * name more, and a report that is refused for it would hide the whole machine.
 */
const MOST_NAMED = 1_000

/** Whatever moves the cursor, hides or reorders what is shown; nothing that is kept needs it. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** A stranger's text: refused where it is huge, else without control characters and cut. */
const text = (max: number): z.ZodType<string> =>
  z
    .string()
    .max(65_536)
    .transform((said) => said.replaceAll(CONTROL, " ").slice(0, max).toWellFormed())

const list = <Item>(item: z.ZodType<Item>, max: number): z.ZodType<readonly Item[]> => z.array(item).max(max)

/** A list that an honest report may well have more of than anybody reads: it is cut, not refused. */
const some = <Item>(item: z.ZodType<Item>, max: number): z.ZodType<readonly Item[]> =>
  z
    .array(item)
    .max(100_000)
    .transform((items) => items.slice(0, max))

/** Every member of a type has a line here, or this does not compile; what has none is refused. */
const members = <Type>(shape: { readonly [Name in keyof Type]-?: z.ZodType<Type[Name]> }): z.ZodType<Type> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parameter's type says that each member is there
  z.strictObject(shape) as unknown as z.ZodType<Type>

const key = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+$/u, "without control characters")
const path = text(4096)
const line = z.number().int().min(0).max(100_000_000).nullable()
const count = z.number().int().min(0).max(1_000_000_000)
const time = z.iso.datetime()

const place = members<Location>({ path, line })
const evidence = members<Evidence>({ path, line, what: text(1000) })
const setting = members<AutonomySetting>({ setting: text(200), value: text(1000), source: text(4096) })
const autonomy = members<Autonomy>({ level: z.enum(AUTONOMY_LEVELS), effective: some(setting, 200) })

const agent = members<SeenAgent>({
  key,
  name: text(200).nullable(),
  category: z.enum(["chatbot", "local", "production"]),
  client: text(100).nullable(),
  framework: text(100).nullable(),
  locations: some(place, 500),
  autonomy,
  mcpServers: some(key, MOST_NAMED),
  credentials: some(key, MOST_NAMED),
  confidence: z.enum(["high", "medium", "low"]),
  evidence: some(evidence, 500),
})

const server = members<SeenMcpServer>({
  key,
  name: text(200),
  transport: z.enum(["stdio", "http", "sse", "ws"]),
  command: text(4096).nullable(),
  args: some(text(4096), 500),
  url: text(4096).nullable(),
  enabled: z.boolean(),
  catalogue: text(100).nullable(),
  system: text(100).nullable(),
  capabilities: list(z.enum(EFFECT_CLASSES), 20),
  flags: some(text(100), 50),
  locations: some(place, 500),
})

const credential = members<SeenCredential>({
  key,
  kind: text(100),
  provider: text(100).nullable(),
  storedAs: z.enum(CREDENTIAL_STORAGES),
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  locations: some(place, 500),
})

const finding = members<SeenFinding>({
  rule: text(100),
  severity: z.enum(SEVERITIES),
  subject: key,
  message: text(1000),
  remediation: text(1000),
  controls: some(text(100), 100),
  evidence: some(evidence, 500),
})

const coverage = members<Coverage>({
  clientsKnown: count,
  clientsChecked: count,
  filesRead: count,
  filesSkipped: count,
  knowledge: members<Coverage["knowledge"]>({ version: text(100), date: text(100) }),
})

/** A report as a machine pushes it: nothing but tabard.scan/1, every list and text bounded. It is not believed yet. */
export const PushedReport: z.ZodType<ScanReport> = members<ScanReport>({
  schema: z.literal("tabard.scan/1"),
  startedAt: time,
  finishedAt: time,
  host: text(255).nullable(),
  roots: list(path, 100),
  agents: list(agent, MOST.agents),
  mcpServers: list(server, MOST.servers),
  credentials: list(credential, MOST.credentials),
  findings: some(finding, MOST.findings),
  unreadable: some(members<Unreadable>({ path, reason: text(1000) }), MOST.unreadable),
  coverage,
})
