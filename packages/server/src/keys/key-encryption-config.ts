import { resolve } from "node:path"
import { Secret } from "@tabard/core"
import { z } from "zod"

/** Where a key that seals others comes from; of a program's, the file holds what only that program can read. */
export type KeySource =
  | { readonly kind: "value"; readonly key: Secret }
  | { readonly kind: "file"; readonly path: string; readonly makeIfMissing: boolean }
  | ({ readonly kind: "command"; readonly path: string } & KekProgram)

/** A program of the operator's that wraps and unwraps the key-encryption key, and the environment that it runs in. */
export interface KekProgram {
  readonly command: string
  /** Nothing of ours is in it: the store's address is not for a program of somebody else's. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** The key that seals all other keys, and another that opens what it sealed, while one takes the other's place. */
export type KeyEncryptionConfig = KeySource & { readonly other?: KeySource }

/** What the environment says of it. */
export interface KeyEncryptionEnvironment {
  readonly TABARD_KEK?: string | undefined
  readonly TABARD_KEK_FILE?: string | undefined
  readonly TABARD_KEK_COMMAND?: string | undefined
  readonly TABARD_KEK_ALSO_FILE?: string | undefined
  readonly TABARD_KEK_ALSO_COMMAND?: string | undefined
}

export const KEY_ENCRYPTION_ENVIRONMENT: {
  readonly [Name in keyof KeyEncryptionEnvironment]-?: z.ZodType<KeyEncryptionEnvironment[Name]>
} = {
  TABARD_KEK: z.base64().length(44, "32 random bytes in base64").optional(),
  TABARD_KEK_FILE: z.string().min(1).optional(),
  TABARD_KEK_COMMAND: z.string().min(1).optional(),
  TABARD_KEK_ALSO_FILE: z.string().min(1).optional(),
  TABARD_KEK_ALSO_COMMAND: z.string().min(1).optional(),
}

/** Says what about the keys contradicts itself, or is missing beside what was set. */
export function missingOfKeys(env: KeyEncryptionEnvironment): string[] {
  return [
    ...(env.TABARD_KEK_COMMAND && !env.TABARD_KEK_FILE
      ? ["TABARD_KEK_COMMAND needs TABARD_KEK_FILE: where the key is kept as that program wrapped it"]
      : []),
    ...(env.TABARD_KEK_ALSO_COMMAND && !env.TABARD_KEK_ALSO_FILE
      ? ["TABARD_KEK_ALSO_COMMAND needs TABARD_KEK_ALSO_FILE"]
      : []),
    ...(env.TABARD_KEK && env.TABARD_KEK_FILE
      ? ["TABARD_KEK and TABARD_KEK_FILE are two keys: set one"]
      : []),
  ]
}

/** Where a configuration is read. */
interface Place {
  readonly data: string
  readonly production: boolean
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/** Answers where the key comes from that seals all others. */
export function keyEncryptionIn(env: KeyEncryptionEnvironment, place: Place): KeyEncryptionConfig {
  const { data, production } = place
  const other = sourceIn(place, env.TABARD_KEK_ALSO_FILE, env.TABARD_KEK_ALSO_COMMAND)
  const present: KeySource = env.TABARD_KEK
    ? { kind: "value", key: new Secret(env.TABARD_KEK) }
    : (sourceIn(place, env.TABARD_KEK_FILE, env.TABARD_KEK_COMMAND) ?? {
        kind: "file",
        path: resolve(data, "kek"),
        makeIfMissing: !production,
      })
  return other ? { ...present, other } : present
}

function sourceIn(
  { cwd, env }: Place,
  file: string | undefined,
  command: string | undefined,
): KeySource | undefined {
  if (file === undefined) return undefined
  const path = resolve(cwd, file)
  if (command === undefined) return { kind: "file", path, makeIfMissing: false }
  const environment = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("TABARD_")))
  return { kind: "command", command: resolve(cwd, command), environment, path }
}
