import type { KnowledgePack, KnownServer } from "../knowledge/knowledge-pack.ts"
import { type Launch, programName } from "./unwrap-launch.ts"

/** What of a server is compared with the catalogue. */
export interface Launched {
  readonly launch: Launch | null
  readonly url: string | null
}

/** Answers the known server that this is, by address, package, image or command; a server named alike is not one. */
export function matchCatalogue({ launch, url }: Launched, pack: KnowledgePack): KnownServer | null {
  const byAddress =
    url === null
      ? undefined
      : pack.servers.find((server) => server.match.some((known) => leadsTo(url, known)))
  if (byAddress) return byAddress
  const names = launch ? namesOf(launch) : []
  const plain = launch?.kind === "package" && launch.from === "pypi" ? plainName(launch.name) : undefined
  const isNamed = (known: string): boolean =>
    names.includes(known) || (plain !== undefined && plainName(known) === plain)
  return pack.servers.find((server) => server.match.some(isNamed)) ?? null
}

/** In Python's registry letters, `-`, `_` and `.` are the same in every spelling of a name. */
function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, "-")
}

/** A server that each organisation runs at a host of its own is known by its path: `*` stands for that host. */
function leadsTo(url: string, known: string): boolean {
  const address = url.replace(/[?#].*$/s, "").replace(/\/+$/, "")
  if (known.startsWith("*/")) return /^https?:\/\//i.test(address) && address.endsWith(known.slice(1))
  if (!known.includes("://")) return false
  const wanted = known.replace(/\/+$/, "")
  return address === wanted || address.startsWith(`${wanted}/`)
}

function namesOf(launch: Launch): readonly string[] {
  switch (launch.kind) {
    case "package":
      return [launch.name]
    case "image":
      return [launch.name, launch.name.replace(/^docker\.io\//, "")]
    case "source":
      return [launch.url, launch.url.replace(/(?:\.git)?(?:@[^/@]*)?$/, "")]
    case "gateway":
      return [launch.words.slice(0, 4).join(" ")]
    case "local":
      return localNames(launch.words)
  }
}

/** A program is known by its name, by its name and first words (`glab mcp serve`), or by the module it runs. */
function localNames([command = "", ...rest]: readonly string[]): readonly string[] {
  const program = programName(command)
  const lines = [1, 2, 3].map((count) => [program, ...rest.slice(0, count)].join(" "))
  const module = rest[0] === "-m" ? (rest[1] ?? "") : ""
  return [program, ...lines, module, module.split(".")[0] ?? ""].filter((name) => name !== "")
}
