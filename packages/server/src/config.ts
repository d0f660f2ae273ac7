import { homedir } from "node:os"
import { join, resolve } from "node:path"
import { Problem, Secret } from "@tabard/core"
import { movingVariables, type Environment as ScanEnvironment } from "@tabard/scan"
import { z } from "zod"
import {
  KEY_ENCRYPTION_ENVIRONMENT,
  type KeyEncryptionConfig,
  type KeyEncryptionEnvironment,
  keyEncryptionIn,
  missingOfKeys,
} from "./keys/key-encryption-config.ts"
import {
  type MailConfig,
  mailIn,
  missingOfMail,
  NETWORKS,
  NOTIFICATION_ENVIRONMENT,
  type NotificationEnvironment,
  networksIn,
} from "./notifications/notification-config.ts"
import { DEFAULT_SLUG } from "./organisation/new-organisation.ts"
import {
  RECORD_ENVIRONMENT,
  type RecordConfig,
  type RecordEnvironment,
  recordIn,
} from "./record/record-config.ts"
import {
  LOG_STORE_ENVIRONMENT,
  type LogStoreEnvironment,
  logStoreIn,
  missingOfLogStore,
  type S3Place,
} from "./record/s3/s3-place.ts"
import {
  missingOfProvider,
  PROVIDER_ENVIRONMENT,
  type ProviderConfig,
  type ProviderEnvironment,
  providerIn,
} from "./sign-in/provider-config.ts"

/** The parts that a process plays; each key is read by one of them. */
export const ROLES = ["control", "issuer", "gateway", "publisher", "scanner"] as const

/** One part. */
export type ProcessRole = (typeof ROLES)[number]

/** What a person typed after `tabard up`. */
export interface UpOptions {
  readonly port: number
  readonly host: string
  readonly data: string
  readonly production: boolean
  readonly roles: readonly ProcessRole[]
  readonly scan:
    | { readonly kind: "none" }
    | { readonly kind: "here" }
    | { readonly kind: "paths"; readonly paths: readonly string[] }
  readonly tls: { readonly cert: string; readonly key: string } | null
  readonly publicUrl: string | null
  readonly proxies: readonly string[]
  readonly oracle: boolean
}

/** Where rows are kept. */
export type StoreConfig =
  | { readonly kind: "sqlite"; readonly path: string }
  | { readonly kind: "postgres"; readonly url: Secret }

/** Everything that the process is told, read once and frozen. No field switches a check off by being absent. */
export interface Config {
  readonly host: string
  readonly port: number
  readonly data: string
  readonly production: boolean
  readonly roles: readonly ProcessRole[]
  /** The slug of the one organisation that this process serves. */
  readonly organisation: string
  readonly store: StoreConfig
  /** Where the files of the log are; null means the data directory. */
  readonly logStore: S3Place | null
  readonly keyEncryption: KeyEncryptionConfig
  readonly record: RecordConfig
  readonly tls: { readonly cert: string; readonly key: string } | null
  /** The address that people and agents use, without a slash at its end; null means the address of the bind. */
  readonly publicUrl: string | null
  /** The addresses of the proxies that alone may connect; none means that nothing stands in front. */
  readonly proxies: readonly string[]
  /** From where agents come by the private endpoint. */
  readonly privateNetworks: readonly string[]
  readonly sandbox: "bubblewrap" | "none"
  /** The folders that no server behind the gateway may reach: what is kept here, and what commands keep for our user. */
  readonly ownFolders: readonly string[]
  /** Whether each decision is judged by Cedar itself as well; what the two differ on is denied. */
  readonly oracle: boolean
  /** How long an event waits for its checkpoint, at most, in milliseconds. */
  readonly logEveryMs: number
  /** The OpenID provider by which people sign in besides one-time links. */
  readonly provider: ProviderConfig | null
  /** The mail server by which people are told. */
  readonly mail: MailConfig | null
  /** Networks that channels of notifications may lead into although they are not open. */
  readonly channelNetworks: readonly string[]
  readonly scan: {
    readonly roots: readonly string[]
    readonly home: string | null
    /** The variables that move clients' folders, and no other. */
    readonly environment: ScanEnvironment
  } | null
}

/** The names that the environment may set; any other TABARD_ name is a misspelling, and refused. */
interface Environment
  extends KeyEncryptionEnvironment,
    LogStoreEnvironment,
    NotificationEnvironment,
    ProviderEnvironment,
    RecordEnvironment {
  readonly TABARD_STORE?: string | undefined
  readonly TABARD_ORGANISATION?: string | undefined
  readonly TABARD_PRIVATE_NETWORKS?: string | undefined
  readonly TABARD_SANDBOX?: "bubblewrap" | "none" | undefined
  readonly TABARD_LOG_EVERY_MS: number
  readonly TABARD_SHARED?: string | undefined
}

/** How long an event waits for its checkpoint where nothing else is said, at most. */
const LOG_EVERY_MS = 1_000

const LOOPBACK = ["127.0.0.1", "::1", "localhost"]

const Environment: z.ZodType<Environment> = z.strictObject({
  TABARD_STORE: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "a postgres:// address")
    .optional(),
  TABARD_ORGANISATION: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "1 to 40 small letters, digits and hyphens")
    .optional(),
  TABARD_PRIVATE_NETWORKS: NETWORKS,
  TABARD_SANDBOX: z.enum(["bubblewrap", "none"]).optional(),
  ...KEY_ENCRYPTION_ENVIRONMENT,
  ...LOG_STORE_ENVIRONMENT,
  ...NOTIFICATION_ENVIRONMENT,
  ...PROVIDER_ENVIRONMENT,
  TABARD_LOG_EVERY_MS: z.coerce
    .number()
    .int()
    .min(100, "100 to 60000 milliseconds")
    .max(60_000, "100 to 60000 milliseconds")
    .default(LOG_EVERY_MS),
  ...RECORD_ENVIRONMENT,
  // Where test corpora lie; the product does not read it.
  TABARD_SHARED: z.string().optional(),
})

/**
 * Answers the whole configuration, or refuses it whole with every mistake told at once. Production, or any bind that a
 * network can reach, demands a key of the operator's, TLS and the sandbox.
 *
 * @throws {Problem} body_invalid
 */
export function readConfig(options: UpOptions, env: NodeJS.ProcessEnv, cwd: string): Config {
  const named = Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith("TABARD_")))
  const parsed = Environment.safeParse(named)
  if (!parsed.success) throw refusal(z.prettifyError(parsed.error))
  const production = options.production || !LOOPBACK.includes(options.host)
  const mistakes = [
    ...(production ? missingInProduction(options, parsed.data) : []),
    ...missingOfKeys(parsed.data),
    ...missingOfProvider(parsed.data),
    ...missingOfMail(parsed.data),
    ...missingOfLogStore(parsed.data),
  ]
  if (mistakes.length > 0) throw refusal(mistakes.join("\n"))

  const data = resolve(cwd, options.data)
  return Object.freeze({
    host: options.host,
    port: options.port,
    data,
    production,
    roles: options.roles,
    organisation: parsed.data.TABARD_ORGANISATION ?? DEFAULT_SLUG,
    store: storeOf(parsed.data, data),
    logEveryMs: parsed.data.TABARD_LOG_EVERY_MS,
    logStore: logStoreIn(parsed.data),
    keyEncryption: keyEncryptionIn(parsed.data, { data, production, cwd, env }),
    record: recordIn(parsed.data),
    tls: options.tls,
    publicUrl: options.publicUrl?.replace(/\/+$/, "") ?? null,
    proxies: options.proxies,
    oracle: options.oracle,
    sandbox: production ? "bubblewrap" : (parsed.data.TABARD_SANDBOX ?? "none"),
    ownFolders: [data, settingsOf(env)],
    provider: providerIn(parsed.data, cwd),
    mail: mailIn(parsed.data, cwd),
    privateNetworks: networksIn(parsed.data.TABARD_PRIVATE_NETWORKS),
    channelNetworks: networksIn(parsed.data.TABARD_CHANNEL_NETWORKS),
    scan: scanOf(options, env, cwd),
  })
}

/** Where commands keep sessions and keys for the user that we run as. */
function settingsOf(env: NodeJS.ProcessEnv): string {
  return join(env["XDG_CONFIG_HOME"] || join(homedir(), ".config"), "tabard")
}

function missingInProduction(options: UpOptions, env: Environment): string[] {
  // A public https address alone says nothing of who connects: without TLS here, only the proxy that ends it may.
  const behindProxy = (options.publicUrl?.startsWith("https://") ?? false) && options.proxies.length > 0
  return [
    ...(env.TABARD_KEK || env.TABARD_KEK_FILE
      ? []
      : ["set TABARD_KEK_FILE (or TABARD_KEK) to a key-encryption key of 32 random bytes in base64"]),
    ...(options.tls || behindProxy
      ? []
      : [
          "give --tls-cert and --tls-key; or, where a proxy of yours ends TLS, --public-url https://… and --proxy",
        ]),
    ...(env.TABARD_SANDBOX === "none" ? ["TABARD_SANDBOX=none is not for production"] : []),
  ]
}

function storeOf(env: Environment, data: string): StoreConfig {
  if (env.TABARD_STORE) return { kind: "postgres", url: new Secret(env.TABARD_STORE) }
  return { kind: "sqlite", path: resolve(data, "tabard.db") }
}

function scanOf({ scan }: UpOptions, env: NodeJS.ProcessEnv, cwd: string): Config["scan"] {
  const environment = movingVariables(env)
  switch (scan.kind) {
    case "none":
      return null
    case "here":
      return { roots: [cwd], home: homedir(), environment }
    case "paths":
      return { roots: scan.paths.map((path) => resolve(cwd, path)), home: null, environment }
  }
}

function refusal(words: string): Problem {
  return new Problem("body_invalid", words)
}
