import { findingRule } from "@tabard/control"
import { isId } from "@tabard/core"
import { knownSystem } from "@tabard/scan"
import { placesOf } from "../seen-places.ts"
import { agentsNamed } from "./agent-hits.ts"
import { type HitReads, oneLine, type Shown } from "./shown.ts"
import { those } from "./those.ts"

/** Shows servers behind the gateway by how they are reached. */
export async function upstreamHits(
  { servers }: HitReads,
  found: readonly string[],
): Promise<readonly Shown[]> {
  const known = await those(found, "server", (id) => servers.find(id))
  return known.map(({ id, name, launch }) => {
    const context = oneLine("behind the gateway", launch.transport)
    return { id, title: name, context, leadsTo: gatewayServer(id) }
  })
}

function gatewayServer(id: string): string {
  return `/servers?list=gateway&server=${id}`
}

/** Shows reviewed tools by their servers and effects. */
export async function toolHits({ servers }: HitReads, found: readonly string[]): Promise<readonly Shown[]> {
  const known = await those(found, "toolVersion", (id) => servers.findVersion(id))
  const names = new Map((await servers.list()).map(({ id, name }) => [id, name]))
  return known.map(({ id, name, server, effects }) => {
    const context = oneLine(names.get(server), effects.join(", "))
    return { id, title: name, context, leadsTo: gatewayServer(server) }
  })
}

/** Shows seen servers by system, an agent that uses them, and place. */
export async function serverHits(tx: HitReads, found: readonly string[]): Promise<readonly Shown[]> {
  const ids = found.filter((id) => isId("server", id))
  const servers = await tx.observations.findServers(ids)
  const told = await surroundings(tx, ids)
  return servers.map(({ id, name, system }) => ({
    id,
    title: name,
    context: oneLine(system === name ? null : system, told(id)),
    leadsTo: `/servers?server=${id}`,
  }))
}

/** Shows seen credentials by what they open, an agent that holds them, and place. */
export async function credentialHits(tx: HitReads, found: readonly string[]): Promise<readonly Shown[]> {
  const ids = found.filter((id) => isId("credential", id))
  const credentials = await tx.observations.findCredentials(ids)
  const told = await surroundings(tx, ids)
  return credentials.map(({ id, kind, provider }) => ({
    id,
    title: provider ? `${kind} (${provider})` : kind,
    context: told(id),
    leadsTo: `/credentials?credential=${id}`,
  }))
}

/** Shows systems by what would be lost with them. */
export async function systemHits(_: HitReads, found: readonly string[]): Promise<readonly Shown[]> {
  return found.map((system) => ({
    id: system,
    title: system,
    context: knownSystem(system)?.sensitivity ?? "",
    leadsTo: "/systems",
  }))
}

/** Shows machines that report. */
export async function reporterHits(
  { reporters }: HitReads,
  found: readonly string[],
): Promise<readonly Shown[]> {
  const known = await reporters.of(found.filter((id) => isId("reporter", id)))
  return known.map(({ id, name, revoked }) => ({
    id,
    title: name,
    context: revoked ? "revoked" : "reports",
    leadsTo: "/sources",
  }))
}

/** Shows rules by how grave they are. */
export async function ruleHits(_: HitReads, found: readonly string[]): Promise<readonly Shown[]> {
  return found.map((rule) => ({
    id: rule,
    title: ruleTitle(rule),
    context: findingRule(rule)?.severity ?? "",
    leadsTo: `/findings?rule=${rule}`,
  }))
}

/** Answers what a rule is called; one that another program had is called by its id. */
export function ruleTitle(rule: string): string {
  return findingRule(rule)?.title ?? rule
}

type Uses = Parameters<HitReads["observations"]["usersOf"]>[0]

/** Reads where things were seen and who uses them, as one line each. */
async function surroundings(tx: HitReads, ids: Uses): Promise<(id: string) => string> {
  const users = await tx.observations.usersOf(ids)
  const first = new Map([...users].map(([id, agents]) => [id, agents[0]]))
  const names = await agentsNamed(
    tx,
    [...first.values()].flatMap((agent) => agent ?? []),
  )
  const seen = Map.groupBy(await tx.observations.of(ids), ({ subject }) => subject)
  return (id) => {
    const [agent, others] = [first.get(id), (users.get(id)?.length ?? 1) - 1]
    const used =
      agent && `used by ${names.get(agent) ?? "an agent"}${others > 0 ? ` and ${others} more` : ""}`
    const place = (seen.get(id) ?? []).flatMap(placesOf)[0]?.path
    return oneLine(used, place)
  }
}
