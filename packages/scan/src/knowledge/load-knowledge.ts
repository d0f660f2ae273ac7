import { readFileSync } from "node:fs"
import type {
  KnowledgePack,
  KnownClient,
  KnownFramework,
  KnownServer,
  Relocation,
  SecretShape,
} from "./knowledge-pack.ts"

interface ClientsFile {
  readonly version: string
  readonly date: string
  readonly relocations: readonly Relocation[]
  readonly clients: readonly KnownClient[]
}
interface ServersFile {
  readonly bridges: readonly string[]
  readonly publishers: readonly string[]
  readonly servers: readonly KnownServer[]
}
interface FrameworksFile {
  readonly frameworks: readonly KnownFramework[]
}
interface Pattern {
  readonly regex: string
  readonly flags?: string
}
type ShapeEntry = Pattern & Omit<SecretShape, "pattern" | "near"> & { readonly near?: readonly string[] }
interface SecretsFile {
  readonly linted: Readonly<Record<string, string>>
  readonly placeholders: readonly Pattern[]
  readonly notSecret: readonly Pattern[]
  readonly weakPasswords: readonly string[]
  readonly shapes: readonly ShapeEntry[]
}

let loaded: KnowledgePack | undefined

/** Answers the knowledge that ships with this package; a test holds its files to the shape they are read as. */
export function loadKnowledge(): KnowledgePack {
  loaded ??= readPack()
  return loaded
}

function readPack(): KnowledgePack {
  const clients: ClientsFile = JSON.parse(packText("clients"))
  const servers: ServersFile = JSON.parse(packText("mcp-servers"))
  const frameworks: FrameworksFile = JSON.parse(packText("frameworks"))
  const secrets: SecretsFile = JSON.parse(packText("secrets"))
  return {
    version: clients.version,
    date: clients.date,
    clients: clients.clients,
    relocations: clients.relocations,
    servers: servers.servers,
    bridges: servers.bridges,
    publishers: servers.publishers,
    frameworks: frameworks.frameworks,
    shapes: secrets.shapes.map(compileShape),
    linted: new Map(Object.entries(secrets.linted)),
    placeholders: secrets.placeholders.map(compile),
    notSecret: secrets.notSecret.map(compile),
    weakPasswords: new Set(secrets.weakPasswords),
  }
}

/** The pack is part of the program, so its shape is held by a test rather than at each start. */
function packText(name: string): string {
  return readFileSync(new URL(`../../knowledge/${name}.json`, import.meta.url), "utf8")
}

function compile({ regex, flags }: Pattern): RegExp {
  return new RegExp(regex, flags)
}

function compileShape(entry: ShapeEntry): SecretShape {
  const { regex, flags, near = [], ...shape } = entry
  return { ...shape, near, pattern: new RegExp(regex, `${flags ?? ""}dg`) }
}
